/** Chooses what protects a new data folder, and makes its keys. */
import { useQueryClient } from '@tanstack/react-query';
import { KeyRound, Monitor } from 'lucide-react';
import type { FormEvent, ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import type { VaultState } from '../../../shared/contract';
import type { Failure } from '../../../shared/errors';
import { Button, Callout, ErrorPanel, RadioCards } from '../../components';
import type { Operation } from '../../hooks/use-operation';
import { useOperation } from '../../hooks/use-operation';
import { keys } from '../../query-keys';
import { HoldInMemory } from './hold-in-memory';
import { NewPassphrase } from './new-passphrase';
import type { NewPassphraseValue } from './new-passphrase';
import { passphraseProblems } from './passphrase';
import type { Problems } from './passphrase';
import styles from './protect.module.css';

export type Protection = 'keychain' | 'passphrase';

/** Said only where it is known: a fault may have come behind the keeping, and another page may have kept them. */
const safetyOf = (vault: VaultState, { code }: Failure): { readonly safety?: string } =>
  (vault.state === 'memory' && code !== 'internal' && code !== 'vault.exists' ? { safety: 'Nothing was lost: the tenants are in memory as before.' } : {});

const empty: NewPassphraseValue = { passphrase: '', repeated: '' };

/** Why a passphrase is asked, in the system's words where it gives a reason. */
function NoKeychain({ vault: { state, keychainProblem: problem } }: { readonly vault: VaultState }) {
  if (state === 'memory') return <Callout title="A passphrase keeps it"><p>Everything there is now is stored, encrypted; nothing is read from Auth0 again. The passphrase opens the archive each time Tenantscope starts.</p></Callout>;
  return (
    <Callout title="A passphrase is needed here">
      <p>Everything is stored encrypted. No system keychain can keep the key on this machine{problem === null ? '' : `: ${problem}`}. Your passphrase opens the archive each time Tenantscope starts.</p>
    </Callout>
  );
}

function Choice({ keychain, value, onChange }: { readonly keychain: string; readonly value: Protection; readonly onChange: (value: Protection) => void }) {
  return (
    <RadioCards label="What opens the archive" value={value} onChange={onChange} options={[
      { value: 'keychain', label: `${keychain} keeps the key`, hint: 'Nothing to type: the archive opens while you are signed in to this machine.', icon: Monitor },
      { value: 'passphrase', label: `${keychain} and a passphrase`, hint: 'The passphrase opens it elsewhere too: on the command line, or when the keychain does not.', icon: KeyRound },
    ]} />
  );
}

export type SetUpVaultProps = {
  readonly vault: VaultState;
  /** The keys are made; the recovery key is shown once, by the caller. */
  readonly onMade: (recoveryKey: string) => void;
  /** The words on the main button. Default: Protect the archive. */
  readonly action?: string;
  /** For whoever must know how it goes. Default: one of its own. */
  readonly operation?: Operation<'vault.setUp'>;
  /** Beside the main button. */
  readonly secondary?: ReactNode;
  /** Somebody chose to store nothing, which is offered where no keychain protects. Default: it is not offered. */
  readonly onHeld?: () => void;
};

type Form = {
  readonly protection: Protection;
  readonly setProtection: (value: Protection) => void;
  readonly value: NewPassphraseValue;
  readonly setValue: (value: NewPassphraseValue) => void;
  readonly problems: Problems | null;
  readonly operation: Operation<'vault.setUp'>;
  readonly submit: (event: FormEvent) => void;
};

function useForm({ vault, onMade, operation: given }: SetUpVaultProps): Form {
  const [protection, setProtection] = useState<Protection>(vault.keychain === null ? 'passphrase' : 'keychain');
  const [value, setValue] = useState(empty);
  const [tried, setTried] = useState<'no' | 'yes'>('no');
  const own = useOperation('vault.setUp');
  const operation = given ?? own;
  const cache = useQueryClient();
  const problems = passphraseProblems(value.passphrase, value.repeated);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried('yes');
    if (operation.run.kind === 'running') return;
    if (protection === 'passphrase' && (problems.passphrase ?? problems.repeated) !== null) return;
    void operation.start(protection === 'passphrase' ? { passphrase: value.passphrase } : {}).then(made => {
      if (made === null) return;
      setValue(empty);
      // First the key: what is read again may take this form away.
      onMade(made.recoveryKey);
      for (const queryKey of [keys.vault, keys.tenants, keys.syncStates]) void cache.invalidateQueries({ queryKey });
    });
  };
  return { protection, setProtection, value, setValue, problems: tried === 'yes' ? problems : null, operation, submit };
}

const failureOf = ({ run }: Operation<'vault.setUp'>): Failure | null => (run.kind === 'failed' ? run.failure : null);

export function SetUpVault(props: SetUpVaultProps) {
  const { vault, action = 'Protect the archive', secondary, onHeld } = props;
  const form = useForm(props);
  const failure = failureOf(form.operation);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => { first.current?.focus(); }, [form.protection]);
  return (
    <form className={styles.form} onSubmit={form.submit} noValidate>
      {vault.keychain === null
        ? <NoKeychain vault={vault} />
        : <Choice keychain={vault.keychain} value={form.protection} onChange={form.setProtection} />}
      {form.protection === 'passphrase' && <div className={styles.fields}><NewPassphrase value={form.value} onChange={form.setValue} problems={form.problems} firstRef={first} /></div>}
      {failure !== null && <ErrorPanel failure={failure} form="inline" {...safetyOf(vault, failure)} />}
      <div className={styles.actions}>
        <Button type="submit" variant="primary" isBusy={form.operation.run.kind === 'running'}>{action}</Button>
        {secondary}
      </div>
      {onHeld !== undefined && vault.keychain === null && vault.state === 'none' && <HoldInMemory onHeld={onHeld} />}
    </form>
  );
}
