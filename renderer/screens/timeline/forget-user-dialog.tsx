/** Forgets one user for good: says what will happen, asks for the user id, shows how it goes and what came of it. */
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { RemovalReceipt } from '../../../shared/contract';
import { Button, Callout, CopyButton, Dialog, ErrorPanel, formatCount, LogText, ProgressBar, Skeleton, TextField } from '../../components';
import { useOperation } from '../../hooks/use-operation';
import { keys } from '../../query-keys';
import { eventsWords } from './count-words';
import styles from './forget-user-dialog.module.css';
import { useTotal } from './use-timeline-rows';

export type ForgettableUser = { readonly id: string; readonly name: string | null };

export type ForgetUserDialogProps = {
  readonly tenant: string;
  readonly user: ForgettableUser;
  /** The user's events are gone, and what showed them should go too. */
  readonly onForgotten: () => void;
  /** Nothing was forgotten, as far as is known. */
  readonly onClose: () => void;
};

const counted = (count: number, one: string, many: string): string => `${formatCount(count)} ${count === 1 ? one : many}`;

/** `12 events, 1 other version of one and nothing set aside`, as the archive counts them. */
export function removalWords({ events, versions, setAside }: Pick<RemovalReceipt, 'events' | 'versions' | 'setAside'>): string {
  const more = [versions === 0 ? null : counted(versions, 'other version of them', 'other versions of them'), setAside === 0 ? null : counted(setAside, 'line that had been set aside', 'lines that had been set aside')].filter(part => part !== null);
  return `${[eventsWords(events), ...more].join(', ')} erased.`;
}

/** What a stop came to is not told: it may have come before the erasing was decided, or after, and then something else failed. */
export const stoppedWords: readonly string[] = [
  'Where it had not been decided yet: Nothing was erased.',
  'Where it had been: the user is forgotten all the same, and the next sync or import ends the erasing.',
];

function Consequences({ tenant, user }: Pick<ForgetUserDialogProps, 'tenant' | 'user'>) {
  const total = useTotal(tenant, { user: [user.id] });
  return (
    <>
      <dl className={styles.user}>
        {user.name !== null && <><dt>User</dt><dd><LogText text={user.name} max={200} /></dd></>}
        <dt>User id</dt><dd className={styles.id}><LogText text={user.id} max={300} face="mono" /><CopyButton text={user.id} what="user id" /></dd>
        <dt>Stored</dt><dd>{total.data === undefined ? <Skeleton width="96px" /> : eventsWords(total.data)}</dd>
      </dl>
      <ul className={styles.list}>
        <li>Every event under this user id is taken out of the archive, its other versions too. No copy is kept.</li>
        <li>A mark that does not hold the id stays, so that no later sync or import brings them back.</li>
        <li>Events that only name the user elsewhere, such as a change by an administrator, stay.</li>
        <li>Backups and exports made before are yours to erase.</li>
      </ul>
    </>
  );
}

function Result({ receipt }: { readonly receipt: RemovalReceipt }) {
  return (
    <>
      <Callout tone="success" title="The user is forgotten"><p>{removalWords(receipt)} None of it will come back.</p></Callout>
      {receipt.damaged.length > 0 && (
        <Callout tone="warning" title="Damaged bytes were erased too">
          <p>Nobody could read {counted(receipt.damaged.length, 'place', 'places')} of the archive, which may have held events of this user. The next sync fetches what Auth0 still has of others.</p>
        </Callout>
      )}
    </>
  );
}

/** Forgets what the page itself still holds of the events, and reads the rest again. */
function useClean(tenant: string): () => void {
  const cache = useQueryClient();
  return () => {
    cache.removeQueries({ queryKey: keys.events(tenant) });
    cache.removeQueries({ queryKey: keys.tenant(tenant), type: 'inactive' });
    void cache.invalidateQueries({ queryKey: keys.tenant(tenant) });
  };
}

function useForgetting(tenant: string, userId: string) {
  const [stopping, setStopping] = useState<'no' | 'asked'>('no');
  const { run, start, cancel } = useOperation('user.forget');
  const forget = (): void => {
    setStopping('no');
    void start({ tenant, userId });
  };
  const stop = (): void => {
    setStopping('asked');
    cancel();
  };
  return { run, stopping, forget, stop };
}

type Forgetting = Pick<ReturnType<typeof useForgetting>, 'run' | 'stopping'>;

function Progress({ run, stopping }: Forgetting) {
  if (run.kind === 'running') return <ProgressBar label={stopping === 'asked' ? 'Stopping, unless erasing has begun' : 'Rewriting the archive without this user'} labelPlace="above" value={null} />;
  if (run.kind === 'failed') return <ErrorPanel failure={run.failure} form="inline" />;
  return stopping === 'asked' ? <Callout title="Stopped">{stoppedWords.map(words => <p key={words}>{words}</p>)}</Callout> : null;
}

export function ForgetUserDialog({ tenant, user, onForgotten, onClose }: ForgetUserDialogProps) {
  const [typed, setTyped] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const { run, stopping, forget, stop } = useForgetting(tenant, user.id);
  const clean = useClean(tenant);
  const isRunning = run.kind === 'running';
  const close = (): void => {
    // Only its own button stops what is under way: a slip of the hand should not.
    if (isRunning) return;
    if (run.kind !== 'done') return onClose();
    onForgotten();
    clean();
  };
  if (run.kind === 'done') return <Dialog open onClose={close} title="Forgotten" footer={<Button variant="primary" onClick={close}>Done</Button>}><Result receipt={run.value} /></Dialog>;
  const footer = (
    <>
      {isRunning ? <Button disabled={stopping === 'asked'} onClick={stop}>Stop</Button> : <Button onClick={close}>Cancel</Button>}
      <Button variant="danger" isBusy={isRunning} disabled={typed.trim() !== user.id.trim()} onClick={forget}>Forget for good</Button>
    </>
  );
  return (
    <Dialog open onClose={close} title="Forget this user?" footer={footer} initialFocus={field} description={<>Nothing brings back what is erased from <LogText text={tenant} max={253} />.</>}>
      <Consequences tenant={tenant} user={user} />
      <TextField label="Type the user id to confirm" value={typed} onChange={setTyped} inputRef={field} face="mono" autoComplete="off" spellCheck={false} disabled={isRunning} />
      <Progress run={run} stopping={stopping} />
    </Dialog>
  );
}
