/** The dialog that asks for a new recovery key; the key itself is shown by the section, which no Esc closes. */
import type { FormEvent } from 'react';
import { useId, useState } from 'react';
import { Button, Dialog, ErrorPanel, PasswordField } from '../../components';
import { useOperation } from '../../hooks/use-operation';
import type { KeyDialogProps } from './change-passphrase';
import styles from './settings.module.css';

export type NewRecoveryKeyProps = KeyDialogProps & { readonly onMade: (recoveryKey: string) => void };

/** Nothing to type where the keychain alone opens the archive. */
export function NewRecoveryKey({ vault, onClose, onMade }: NewRecoveryKeyProps) {
  const [current, setCurrent] = useState('');
  const { run, start } = useOperation('vault.newRecoveryKey');
  const form = useId();
  const asks = vault.openedBy.includes('passphrase');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (run.kind === 'running' || (asks && current === '')) return;
    void start(asks ? { current } : {}).then(made => { if (made !== null) onMade(made.recoveryKey); });
  };
  const wrong = asks && run.kind === 'failed' && run.failure.code === 'vault.passphrase-wrong' ? 'This does not open the archive.' : null;
  const footer = <><Button onClick={onClose}>Cancel</Button><Button type="submit" form={form} variant="primary" isBusy={run.kind === 'running'} disabled={asks && current === ''}>Make a new key</Button></>;
  return (
    <Dialog open onClose={onClose} title="Make a new recovery key" description="The old recovery key opens nothing any more, wherever it was kept." footer={footer}>
      <form id={form} className={styles.form} onSubmit={submit} noValidate>
        {asks && <PasswordField label="Passphrase or present recovery key" value={current} onChange={setCurrent} autoComplete="current-password" error={wrong} />}
        {run.kind === 'failed' && wrong === null && <ErrorPanel failure={run.failure} form="inline" />}
      </form>
    </Dialog>
  );
}
