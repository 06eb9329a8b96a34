/** Settings of the archive's keys: what opens it, a new passphrase, a new recovery key, the keychain's part, and the lock. */
import { CircleCheck, CircleDashed, Lock } from 'lucide-react';
import { useState } from 'react';
import type { VaultState } from '../../../shared/contract';
import { formatAddress, toScreen } from '../../address';
import { Button, ErrorPanel, Section, SkeletonLines } from '../../components';
import { useVault } from '../../hooks/use-vault';
import { OpenToOthers } from '../protect/open-to-others';
import { RecoveryKey } from '../protect/recovery-key';
import { SetUpVault } from '../protect/set-up-vault';
import { ChangePassphrase } from './change-passphrase';
import { KeychainSwitch } from './keychain-switch';
import { NewRecoveryKey } from './new-recovery-key';
import styles from './settings.module.css';
import { useLock } from './use-lock';

function ways({ openedBy, keychain, keychainProblem }: VaultState) {
  return [
    { label: keychain ?? 'System keychain', has: openedBy.includes('keychain'), words: openedBy.includes('keychain') ? 'Opens the archive by itself while you are signed in.' : keychainProblem === null ? 'Does not keep the key of this folder.' : `Not used: ${keychainProblem}.` },
    { label: 'Passphrase', has: openedBy.includes('passphrase'), words: openedBy.includes('passphrase') ? 'Opens it anywhere, on the command line too.' : 'None is set.' },
    { label: 'Recovery key', has: openedBy.includes('recovery'), words: openedBy.includes('recovery') ? 'Opens it when nothing else does. It was shown once.' : 'There is none.' },
  ];
}

function Ways({ vault }: { readonly vault: VaultState }) {
  return (
    <ul className={styles.ways}>
      {ways(vault).map(({ label, has, words }) => (
        <li key={label} data-has={has}>{has ? <CircleCheck size={14} aria-label="Yes" /> : <CircleDashed size={14} aria-label="No" />}<span className={styles.wayLabel}>{label}</span><span className={styles.muted}>{words}</span></li>
      ))}
    </ul>
  );
}

function LockNow() {
  const lock = useLock();
  return (
    <Section title="Lock now" text="Forgets the keys and closes the archives: nothing stored can be read until it is unlocked, and syncs wait.">
      <div className={styles.actions}><Button icon={Lock} isBusy={lock.isPending} onClick={() => { lock.mutate(); }}>Lock the archive</Button></div>
      {lock.error !== null && <ErrorPanel failure={lock.error} form="inline" />}
    </Section>
  );
}

function Open({ vault, onNewKey }: { readonly vault: VaultState; readonly onNewKey: (recoveryKey: string) => void }) {
  const [dialog, setDialog] = useState<'none' | 'passphrase' | 'recovery'>('none');
  const close = (): void => { setDialog('none'); };
  const hasPassphrase = vault.openedBy.includes('passphrase');
  return (
    <>
      <Section title="What opens the archive"><Ways vault={vault} /></Section>
      <Section title="Change the keys" text="No event is encrypted anew: only the way to its key changes.">
        <div className={styles.actions}>
          <Button onClick={() => { setDialog('passphrase'); }}>{hasPassphrase ? 'Change the passphrase' : 'Set a passphrase'}</Button>
          <Button onClick={() => { setDialog('recovery'); }}>Make a new recovery key</Button>
        </div>
        {vault.keychain !== null && <KeychainSwitch vault={vault} keychain={vault.keychain} />}
      </Section>
      <LockNow />
      {dialog === 'passphrase' && <ChangePassphrase vault={vault} onClose={close} />}
      {dialog === 'recovery' && <NewRecoveryKey vault={vault} onClose={close} onMade={onNewKey} />}
    </>
  );
}

function Locked({ vault }: { readonly vault: VaultState }) {
  return (
    <Section title="What opens the archive">
      <Ways vault={vault} />
      <p className={styles.muted}>The archive is locked. <a href={formatAddress(toScreen('unlock', { next: ['#/settings/keys'] }))}>Unlock it</a> to change its keys.</p>
    </Section>
  );
}

function InMemory({ vault, onMade }: { readonly vault: VaultState; readonly onMade: (recoveryKey: string) => void }) {
  return (
    <Section title="Keep what is in memory" text="Nothing of your tenants is stored: no event, no client secret, no key. Closing Tenantscope loses them all.">
      <SetUpVault vault={vault} action="Keep it" onMade={onMade} />
    </Section>
  );
}

function Keys() {
  const vault = useVault();
  const [recoveryKey, setRecoveryKey] = useState<string | null>(null);
  if (recoveryKey !== null) return <Section title="Keep the recovery key"><RecoveryKey recoveryKey={recoveryKey} action="Done" onKept={() => { setRecoveryKey(null); }} /></Section>;
  if (vault.error !== null) return <ErrorPanel failure={vault.error} form="inline" onRetry={() => { void vault.refetch(); }} isRetrying={vault.isFetching} />;
  if (vault.data === undefined) return <SkeletonLines count={4} />;
  if (vault.data.state === 'none') return <Section title="Protect the archive" text="Nothing is stored yet. You can choose now what will open it, or when you connect a tenant."><SetUpVault vault={vault.data} onMade={setRecoveryKey} /></Section>;
  if (vault.data.state === 'memory') return <InMemory vault={vault.data} onMade={setRecoveryKey} />;
  return vault.data.state === 'locked' ? <Locked vault={vault.data} /> : <Open vault={vault.data} onNewKey={setRecoveryKey} />;
}

export function KeysSection() {
  return <><OpenToOthers /><Keys /></>;
}
