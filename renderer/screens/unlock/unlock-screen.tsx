/** The screen in front of a locked archive, with every way to open it. */
import { KeyRound, LockOpen } from 'lucide-react';
import type { FormEvent } from 'react';
import { useRef, useState } from 'react';
import type { VaultState } from '../../../shared/contract';
import type { Failure } from '../../../shared/errors';
import { formatAddress, toTimeline } from '../../address';
import { Button, ErrorPanel, PasswordField, SkeletonLines } from '../../components';
import { useAppInfo } from '../../hooks/use-app-info';
import { sampleTenant } from '../../hooks/use-tenants';
import { useUnlock, useVault } from '../../hooks/use-vault';
import { Logo } from '../../theme/logo';
import { OpenToOthers } from '../protect/open-to-others';
import styles from './unlock.module.css';
import { keychainButton, keychainWords, secretLabel } from './unlock-words';

/** A wrong passphrase is told at the field, everything else in a panel. */
const fieldError = (failure: Failure | null): string | null => (failure?.code === 'vault.passphrase-wrong' ? 'This does not open the archive. Check capitals and the keyboard’s language.' : null);

function UnlockForm({ vault }: { readonly vault: VaultState }) {
  const [typed, setTyped] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const unlock = useUnlock();
  const tries = unlock.isPending ? (unlock.variables.passphrase === undefined ? 'keychain' : 'typed') : null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (typed === '' || unlock.isPending) return input.current?.focus();
    unlock.mutate({ passphrase: typed }, {
      onSuccess: () => { setTyped(''); },
      onError: () => { input.current?.select(); },
    });
  };
  const error = fieldError(unlock.error);
  const words = keychainWords(vault);
  const again = keychainButton(vault, useAppInfo().data?.host);
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      {words !== null && <p className={styles.muted}>{words}</p>}
      <PasswordField label={secretLabel(vault.openedBy)} value={typed} onChange={value => { setTyped(value); if (unlock.isError) unlock.reset(); }} error={error} autoFocus inputRef={input} autoComplete="current-password" />
      {unlock.error !== null && error === null && <ErrorPanel failure={unlock.error} form="inline" />}
      <div className={styles.actions}>
        <Button type="submit" variant="primary" icon={LockOpen} isBusy={tries === 'typed'} disabled={tries === 'keychain'}>Unlock</Button>
        {again !== null && <Button icon={KeyRound} isBusy={tries === 'keychain'} disabled={tries === 'typed'} onClick={() => { unlock.mutate({}); }}>{again}</Button>}
      </div>
    </form>
  );
}

function Content() {
  const vault = useVault();
  if (vault.error !== null) return <ErrorPanel failure={vault.error} form="inline" onRetry={() => { void vault.refetch(); }} isRetrying={vault.isFetching} />;
  return vault.data === undefined ? <SkeletonLines count={3} /> : <UnlockForm vault={vault.data} />;
}

export function UnlockScreen() {
  const dataDir = useAppInfo().data?.dataDir;
  return (
    <div className={styles.screen}>
      <div className={styles.card}>
        <div className={styles.brand}><Logo size={24} /><span>Tenantscope</span></div>
        <h1>The archive is locked</h1>
        <Content />
        <OpenToOthers />
        <div className={styles.foot}>
          <p>Every file is as it was: nothing is deleted or changed while the archive is locked, however often a passphrase is wrong.</p>
          <p>Nothing opens it any more? Start Tenantscope with another folder (<code>--data-dir</code>) and connect the tenant there with its client secret: what Auth0 still keeps is fetched again.</p>
          {dataDir !== undefined && <p>Data folder: <code>{dataDir}</code></p>}
          <p><a href={formatAddress(toTimeline(sampleTenant))}>Look at the sample tenant meanwhile</a></p>
        </div>
      </div>
    </div>
  );
}
