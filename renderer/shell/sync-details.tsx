/** What is known about a tenant's sync: its progress while it runs, else when it last ran and how that ended. */
import type { ReactNode } from 'react';
import type { SyncState } from '../../shared/contract';
import { Button, Callout, Count, formatCount, ProgressBar, Time } from '../components';
import type { Sync, SyncProgress } from '../hooks/use-sync';
import styles from './sync-control.module.css';

type Fact = readonly [label: string, value: ReactNode];

function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return <dl className={styles.facts}>{facts.map(([label, value]) => [<dt key={label}>{label}</dt>, <dd key={`${label} value`}>{value}</dd>])}</dl>;
}

/** `about 2 min`; coarse, as an estimate is. */
export function etaWords(etaMs: number): string {
  const seconds = Math.max(1, Math.round(etaMs / 1000));
  if (seconds < 60) return `about ${formatCount(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `about ${formatCount(minutes)} min` : `about ${formatCount(Math.round(minutes / 60))} h`;
}

const stateTitles: Readonly<Record<SyncProgress['state'], string>> = {
  starting: 'Starting', reading: 'Reading the log', waiting: 'Waiting, to spare Auth0', following: 'Up to date, following', done: 'Finishing',
};

/** How much of the time is behind, as far as that can be told from the rate. */
const share = ({ read, rate, etaMs }: SyncProgress): number | null => (etaMs === null || rate <= 0 ? null : read / (read + (rate * etaMs) / 1000));

function progressFacts({ read, stored, duplicates, rate, etaMs, readUpTo, budget }: SyncProgress): readonly Fact[] {
  return [
    ['Read', <Count key="read" value={read} />], ['New', <Count key="new" value={stored} />], ['Known already', <Count key="known" value={duplicates} />],
    ['Rate', `${formatCount(Math.round(rate))} a second`],
    ['Time left', etaMs === null ? 'not known yet' : etaWords(etaMs)],
    ['Read up to', <Time key="up-to" at={readUpTo} />],
    ['Auth0 requests left', budget === null ? '–' : `${formatCount(budget.remaining)} of ${formatCount(budget.limit)}`],
  ];
}

function Running({ sync }: { readonly sync: Sync }) {
  const { progress, waitingUntil } = sync;
  const state = waitingUntil === null ? progress?.state ?? 'starting' : 'waiting';
  return (
    <>
      <h2>{stateTitles[state]}</h2>
      {waitingUntil !== null && <p>Waiting for Auth0 until <Time at={waitingUntil} /></p>}
      <ProgressBar label="Sync" value={progress === null ? null : share(progress)} />
      {progress !== null && <Facts facts={progressFacts(progress)} />}
      {sync.canCancel && <div className={styles.actions}><Button onClick={sync.cancel}>Stop</Button></div>}
    </>
  );
}

function restFacts(state: SyncState | null): readonly Fact[] {
  return [
    ['Last sync', state?.lastFinishedAt == null ? 'none since the start' : <Time key="last" at={state.lastFinishedAt} form="relative" />],
    ['Next sync', state?.nextAt == null ? 'not scheduled' : <Time key="next" at={state.nextAt} />],
    ...(state?.receipt == null ? [] : [['New then', <Count key="new" value={state.receipt.stored} />], ['Set aside', <Count key="aside" value={state.receipt.setAside} />]] as const),
  ];
}

export function SyncDetails({ sync, onStart }: { readonly sync: Sync; readonly onStart: () => void }) {
  if (sync.isRunning) return <Running sync={sync} />;
  const error = sync.state?.error ?? null;
  return (
    <>
      <h2>{error === null ? 'Sync' : 'The last sync failed'}</h2>
      {error !== null && <Callout tone="danger" title={error.title}><p>{error.hint}</p><p><code>{error.code}</code></p></Callout>}
      <Facts facts={restFacts(sync.state)} />
      <div className={styles.actions}><Button variant="primary" onClick={onStart}>{error === null ? 'Sync now' : 'Try again'}</Button></div>
    </>
  );
}
