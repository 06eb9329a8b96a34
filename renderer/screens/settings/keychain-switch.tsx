/** The switch that lets the system's keychain open the archive, or no longer; asks for the passphrase where there is one. */
import { useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useId, useState } from 'react';
import type { VaultState } from '../../../shared/contract';
import { Button, Dialog, ErrorPanel, PasswordField, SwitchField, useToasts } from '../../components';
import { useOperation } from '../../hooks/use-operation';
import { keys } from '../../query-keys';
import { keychainHint } from './keychain-words';
import styles from './settings.module.css';

type ChangeProps = { readonly keychain: string; readonly operation: 'vault.addKeychain' | 'vault.removeKeychain'; readonly onClose: () => void };

function ChangeKeychain({ keychain, operation, onClose }: ChangeProps) {
  const [current, setCurrent] = useState('');
  const { run, start } = useOperation(operation);
  const cache = useQueryClient();
  const toasts = useToasts();
  const form = useId();
  const adds = operation === 'vault.addKeychain';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (current === '' || run.kind === 'running') return;
    void start({ current }).then(state => {
      if (state === null) return;
      cache.setQueryData(keys.vault, state);
      toasts.show({ title: adds ? `${keychain} opens the archive` : `${keychain} no longer opens the archive`, tone: 'success' });
      onClose();
    });
  };
  const wrong = run.kind === 'failed' && run.failure.code === 'vault.passphrase-wrong' ? 'This does not open the archive.' : null;
  const action = adds ? `Let ${keychain} open it` : 'Ask each time';
  const footer = <><Button onClick={onClose}>Cancel</Button><Button type="submit" form={form} variant="primary" isBusy={run.kind === 'running'} disabled={current === ''}>{action}</Button></>;
  return (
    <Dialog open onClose={onClose} title={adds ? `Let ${keychain} open the archive?` : `Stop ${keychain} from opening the archive?`} footer={footer}
      description={adds ? 'Whoever is signed in to this machine as you then opens it without typing anything.' : 'From then on the passphrase or the recovery key is asked each time Tenantscope starts.'}>
      <form id={form} className={styles.form} onSubmit={submit} noValidate>
        <PasswordField label="Passphrase or recovery key" value={current} onChange={setCurrent} autoComplete="current-password" error={wrong} />
        {run.kind === 'failed' && wrong === null && <ErrorPanel failure={run.failure} form="inline" />}
      </form>
    </Dialog>
  );
}

/** Only where there is a keychain. Without a passphrase it cannot be switched off: nothing else would open the archive from day to day. */
export function KeychainSwitch({ vault, keychain }: { readonly vault: VaultState; readonly keychain: string }) {
  const [asking, setAsking] = useState<ChangeProps['operation'] | null>(null);
  const isUsed = vault.openedBy.includes('keychain');
  return (
    <>
      <SwitchField label={`${keychain} opens the archive`} hint={keychainHint(vault)} checked={isUsed} disabled={!vault.openedBy.includes('passphrase')}
        onChange={next => { setAsking(next ? 'vault.addKeychain' : 'vault.removeKeychain'); }} />
      {asking !== null && <ChangeKeychain keychain={keychain} operation={asking} onClose={() => { setAsking(null); }} />}
    </>
  );
}
