/** The last steps: protecting a new folder, and the first sync. */
import { ArrowRight } from 'lucide-react';
import type { VaultState } from '../../../shared/contract';
import { formatAddress, navigate, toSettings, toTimeline } from '../../address';
import { Button, Callout, ErrorPanel, formatCount, ProgressBar } from '../../components';
import { useSync } from '../../hooks/use-sync';
import { RecoveryKey } from '../protect/recovery-key';
import { SetUpVault } from '../protect/set-up-vault';
import styles from './connect.module.css';
import type { ConnectWizard } from './use-connect-wizard';

/** Not a step frame: both of its halves are forms of their own. */
export function ProtectStep({ wizard, vault }: { readonly wizard: ConnectWizard; readonly vault: VaultState }) {
  const { recoveryKey, connect } = wizard;
  return (
    <div className={styles.frame}>
      <header className={styles.stepHeader}>
        <h2>{recoveryKey === null ? 'Protect the archive' : 'Keep the recovery key'}</h2>
        {recoveryKey === null && <p className={styles.muted}>The client secret and every event are stored encrypted. Choose what opens them.</p>}
      </header>
      {recoveryKey === null && vault.state === 'memory' && connect.run.kind === 'running' && <ProgressBar label="Connecting" labelPlace="above" value={null} />}
      {recoveryKey === null && vault.state !== 'memory' && <SetUpVault vault={vault} action="Continue" onMade={wizard.protectedBy} onHeld={wizard.store} secondary={<Button onClick={() => { wizard.go('check'); wizard.startCheck(); }}>Back</Button>} />}
      {recoveryKey !== null && <RecoveryKey recoveryKey={recoveryKey} action="Connect" isBusy={connect.run.kind === 'running'} onKept={wizard.store} />}
      {connect.run.kind === 'failed' && <ErrorPanel failure={connect.run.failure} form="inline" onRetry={wizard.store} />}
    </div>
  );
}

export function DoneStep({ tenant }: { readonly tenant: string }) {
  const { progress, state } = useSync(tenant);
  const receipt = state?.state === 'idle' ? state.receipt : null;
  const read = progress === null ? 'Waiting for the first page' : `${formatCount(progress.read)} events read`;
  return (
    <div className={styles.frame}>
      <header className={styles.stepHeader}><h2>{tenant} is connected</h2><p className={styles.muted}>{receipt === null ? 'The first sync has begun. It goes on while you look around, and the events appear as they come.' : 'The first sync is done. From now on Tenantscope fetches what is new.'}</p></header>
      {state?.state === 'failed' && state.error !== null && <Callout tone="warning" title={state.error.title}><p>{state.error.hint}</p></Callout>}
      {receipt !== null && <Callout tone="success" title={`${formatCount(receipt.stored)} events are stored`} />}
      {receipt === null && state?.state !== 'failed' && <ProgressBar label="Reading the log" labelPlace="above" value={null} detail={read} />}
      <div className={styles.buttons}>
        <Button variant="primary" icon={ArrowRight} autoFocus onClick={() => { navigate(toTimeline(tenant)); }}>Open the timeline</Button>
        <a className={styles.plainLink} href={formatAddress(toSettings('sync'))}>How often it syncs</a>
      </div>
    </div>
  );
}
