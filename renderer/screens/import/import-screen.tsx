/** The screen that imports files of log events, and reports what became of them. */
import { Info } from 'lucide-react';
import { useState } from 'react';
import { EmptyState, ErrorPanel, Section, SkeletonLines } from '../../components';
import { useAppInfo } from '../../hooks/use-app-info';
import { useDroppedFiles } from '../../hooks/use-dropped-files';
import { useTenants } from '../../hooks/use-tenants';
import { useVault } from '../../hooks/use-vault';
import { Page } from '../page';
import { RecoveryKey } from '../protect/recovery-key';
import { SetUpVault } from '../protect/set-up-vault';
import { ImportForm } from './import-form';
import { ImportReport } from './import-report';
import { ImportRunning } from './import-running';
import styles from './import.module.css';
import { useImport } from './use-import';

type Files = { readonly files: readonly File[]; readonly put: (files: readonly File[]) => void; readonly clear: () => void };

/** Files chosen here and those dropped on the window are one list, which stays while the vault is set up. */
function Choosing({ files, onStart }: { readonly files: Files; readonly onStart: (tenant: string) => void }) {
  const tenants = (useTenants().data ?? []).map(({ tenant }) => tenant);
  return <ImportForm files={files.files} onFiles={files.put} tenants={tenants} onStart={onStart} />;
}

function Running() {
  const files = useDroppedFiles();
  const { run, start, cancel, forget } = useImport();
  const again = (): void => { files.clear(); forget(); };
  if (run.kind === 'running') return <ImportRunning run={run} onCancel={cancel} />;
  if (run.kind === 'done') return <ImportReport receipt={run.receipt} uploads={run.job.uploads} onAgain={again} />;
  const begin = (tenant: string): void => { const chosen = files.files; files.clear(); start(tenant, chosen); };
  return (
    <div className={styles.form}>
      {run.kind === 'failed' && <ErrorPanel failure={run.failure} form="inline" safety="What was read before is stored; importing the files again stores nothing twice." onRetry={() => { start(run.job.tenant, run.job.uploads.map(({ file }) => file)); }} />}
      <Choosing files={files} onStart={begin} />
    </div>
  );
}

function Content() {
  const vault = useVault();
  const info = useAppInfo();
  const [recoveryKey, setRecoveryKey] = useState<string | null>(null);
  if (recoveryKey !== null) return <Section title="Keep the recovery key"><RecoveryKey recoveryKey={recoveryKey} action="Go on to the files" onKept={() => { setRecoveryKey(null); }} /></Section>;
  if (vault.error !== null) return <ErrorPanel failure={vault.error} onRetry={() => { void vault.refetch(); }} isRetrying={vault.isFetching} />;
  if (vault.data === undefined) return <SkeletonLines count={4} />;
  if (info.data?.canWrite === false) return <EmptyState icon={Info} title="This window can only read" text="Another Tenantscope is writing to this data folder. Close it, or import the files there." />;
  if (vault.data.state === 'none') return <Section title="First, protect the archive" text="Imported events are stored encrypted. Choose what opens them."><SetUpVault vault={vault.data} onMade={setRecoveryKey} onHeld={() => undefined} /></Section>;
  return <Running />;
}

export function ImportScreen() {
  return <Page title="Import files" text="Log events that were kept elsewhere: they are checked, stored once, and accounted for line by line."><Content /></Page>;
}
