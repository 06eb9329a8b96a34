/** The dialog that makes a new recovery key and shows it this once. */
import type { FormEvent } from 'react';
import { useId, useState } from 'react';
import { Button, Dialog, ErrorPanel, PasswordField } from '../../components';
import { useOperation } from '../../hooks/use-operation';
import { RecoveryKey } from '../protect/recovery-key';
import type { KeyDialogProps } from './change-passphrase';
import styles from './settings.module.css';

/** Nothing to type where the keychain alone opens the archive. */
function Ask({ vault, onClose, onMade }: KeyDialogProps & { readonly onMade: (recoveryKey: string) => void }) {
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

export function NewRecoveryKey({ vault, onClose }: KeyDialogProps) {
  const [made, setMade] = useState<string | null>(null);
  if (made === null) return <Ask vault={vault} onClose={onClose} onMade={setMade} />;
  // Not closed by Esc or a click beside it: the key is shown this once.
  return <Dialog open onClose={() => undefined} title="Keep the new recovery key"><RecoveryKey recoveryKey={made} action="Done" onKept={onClose} /></Dialog>;
}
