/** Sets a passphrase, which keeps the tenants that are in memory only, and shows the recovery key. */
import { useState } from 'react';
import type { VaultState } from '../../../shared/contract';
import { Button, Dialog, useToasts } from '../../components';
import { useOperation } from '../../hooks/use-operation';
import { RecoveryKey } from './recovery-key';
import { SetUpVault } from './set-up-vault';

export function KeepDialog({ vault, onClose }: { readonly vault: VaultState; readonly onClose: () => void }) {
  const [recoveryKey, setRecoveryKey] = useState<string | null>(null);
  const operation = useOperation('vault.setUp');
  const isRunning = operation.run.kind === 'running';
  const toasts = useToasts();
  const kept = (): void => {
    toasts.show({ title: 'Kept: everything is stored, encrypted', tone: 'success' });
    onClose();
  };
  // A key that is shown only once is not lost to a press beside the dialog, be it before it is shown.
  const close = (): void => { if (recoveryKey === null && !isRunning) onClose(); };
  return (
    <Dialog open onClose={close} title={recoveryKey === null ? 'Keep what is in memory' : 'Keep the recovery key'}>
      {recoveryKey === null
        ? <SetUpVault vault={vault} action="Keep it" operation={operation} onMade={setRecoveryKey} secondary={<Button disabled={isRunning} onClick={close}>Cancel</Button>} />
        : <RecoveryKey recoveryKey={recoveryKey} action="Done" onKept={kept} />}
    </Dialog>
  );
}
