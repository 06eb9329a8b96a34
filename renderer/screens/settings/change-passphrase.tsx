/** The dialog that changes the passphrase, or sets the first one. */
import { useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useId, useState } from 'react';
import type { VaultState } from '../../../shared/contract';
import { Button, Dialog, ErrorPanel, PasswordField, useToasts } from '../../components';
import { useOperation } from '../../hooks/use-operation';
import { keys } from '../../query-keys';
import { NewPassphrase } from '../protect/new-passphrase';
import { passphraseProblems } from '../protect/passphrase';
import styles from './settings.module.css';

export type KeyDialogProps = { readonly vault: VaultState; readonly onClose: () => void };

function useChange(onClose: () => void) {
  const cache = useQueryClient();
  const toasts = useToasts();
  const operation = useOperation('vault.changePassphrase');
  const change = (current: string, next: string): void => {
    void operation.start({ current, next }).then(state => {
      if (state === null) return;
      cache.setQueryData(keys.vault, state);
      toasts.show({ title: 'The new passphrase opens the archive', tone: 'success' });
      onClose();
    });
  };
  return { run: operation.run, change };
}

export function ChangePassphrase({ vault, onClose }: KeyDialogProps) {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState({ passphrase: '', repeated: '' });
  const [tried, setTried] = useState<'no' | 'yes'>('no');
  const { run, change } = useChange(onClose);
  const form = useId();
  const has = vault.openedBy.includes('passphrase');
  const problems = passphraseProblems(next.passphrase, next.repeated);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried('yes');
    if ((problems.passphrase ?? problems.repeated) === null && (!has || current !== '') && run.kind !== 'running') change(current, next.passphrase);
  };
  const wrong = run.kind === 'failed' && run.failure.code === 'vault.passphrase-wrong' ? 'This does not open the archive.' : null;
  const footer = <><Button onClick={onClose}>Cancel</Button><Button type="submit" form={form} variant="primary" isBusy={run.kind === 'running'}>{has ? 'Change the passphrase' : 'Set the passphrase'}</Button></>;
  return (
    <Dialog open onClose={onClose} title={has ? 'Change the passphrase' : 'Set a passphrase'} footer={footer} description="The recovery key stays as it is.">
      <form id={form} className={styles.form} onSubmit={submit} noValidate>
        {has && <PasswordField label="Present passphrase or recovery key" value={current} onChange={setCurrent} autoComplete="current-password" error={wrong ?? (tried === 'yes' && current === '' ? 'Enter what opens the archive now.' : null)} />}
        <NewPassphrase label="New passphrase" value={next} onChange={setNext} problems={tried === 'yes' ? problems : null} />
        {run.kind === 'failed' && (wrong === null || !has) && <ErrorPanel failure={run.failure} form="inline" />}
      </form>
    </Dialog>
  );
}
