/** Making one file of everything that is stored, and putting such a file back into an empty data folder. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ArchiveRestore, Download } from 'lucide-react';
import type { ChangeEvent } from 'react';
import { useRef, useState } from 'react';
import type { Output } from '../../../shared/contract';
import { formatAddress, toSettings } from '../../address';
import { Button, Callout, CopyButton, ErrorPanel, formatCount, ProgressBar, Section } from '../../components';
import type { PushValue } from '../../engine-client';
import { useAppInfo } from '../../hooks/use-app-info';
import { useOperation } from '../../hooks/use-operation';
import { useVault } from '../../hooks/use-vault';
import { keys } from '../../query-keys';
import { formatBytes, nameFiles, newTarget, sendFiles, todayUtc } from '../transfers';
import styles from './settings.module.css';

function Progress({ label, onStop }: { readonly label: string; readonly onStop: () => void }) {
  const told = useQuery<PushValue<'backup.progress'> | null>({ queryKey: keys.backupProgress, queryFn: () => null, enabled: false }).data ?? null;
  const total = told?.totalBytes ?? null;
  const detail = told === null ? 'Starting' : total === null ? formatBytes(told.bytes) : `${formatBytes(told.bytes)} of ${formatBytes(total)}`;
  return (
    <div className={styles.progress}>
      <ProgressBar label={label} labelPlace="above" value={told === null || total === null || total === 0 ? null : told.bytes / total} detail={detail} />
      <div><Button onClick={onStop}>Stop</Button></div>
    </div>
  );
}

function BackedUp({ made }: { readonly made: Output<'archive.backup'> }) {
  return (
    <Callout tone="success" title={`The backup is made: ${formatBytes(made.bytes)}`} actions={<CopyButton text={made.sha256} what="SHA-256" form="words" />}>
      {!made.path.startsWith('download:') && <p><code>{made.path}</code></p>}
      <p>SHA-256 <code>{made.sha256}</code></p>
    </Callout>
  );
}

function BackUp() {
  const isInMemory = useVault().data?.state === 'memory';
  const { run, start, cancel } = useOperation('archive.backup');
  const cache = useQueryClient();
  const begin = (): void => {
    const target = newTarget(`tenantscope-backup-${todayUtc()}.tenantscope`);
    cache.removeQueries({ queryKey: keys.backupProgress });
    void start({ out: target.out });
    target.take();
  };
  if (isInMemory) return <Section title="Make a backup"><p className={styles.muted}>The tenants are in memory only, and nothing of them is stored that could be backed up. <a href={formatAddress(toSettings('keys'))}>Set a passphrase</a> to keep them first.</p></Section>;
  return (
    <Section title="Make a backup" text="One file with everything in the data folder, encrypted as it is there. Passphrase or recovery key open it.">
      {run.kind === 'failed' && <ErrorPanel failure={run.failure} form="inline" />}
      {run.kind === 'done' && <BackedUp made={run.value} />}
      {run.kind === 'running' ? <Progress label="Making the backup" onStop={cancel} /> : <div><Button icon={Download} onClick={begin}>Back up everything</Button></div>}
    </Section>
  );
}

function Restored({ tenants, files, bytes }: Output<'archive.restore'>) {
  return (
    <Callout tone="success" title={`Restored ${tenants.length === 1 ? '1 tenant' : `${formatCount(tenants.length)} tenants`}`}>
      <p>{formatCount(files)} files, {formatBytes(bytes)}: {tenants.join(', ')}. Unlock them with the passphrase or recovery key of the backup.</p>
    </Callout>
  );
}

function useRestore() {
  const operation = useOperation('archive.restore');
  const cache = useQueryClient();
  const restore = (file: File): void => {
    const uploads = nameFiles([file]);
    const sending = new AbortController();
    cache.removeQueries({ queryKey: keys.backupProgress });
    void operation.start({ file: uploads[0]?.name ?? '' }).then(done => {
      sending.abort();
      if (done !== null) void cache.invalidateQueries();
    });
    void sendFiles(uploads, sending.signal);
  };
  return { ...operation, restore };
}

function Restore() {
  const { run, restore, cancel } = useRestore();
  const input = useRef<HTMLInputElement>(null);
  const isEmpty = useVault().data?.state === 'none';
  const dataDir = useAppInfo().data?.dataDir;
  const [chosen, setChosen] = useState('');
  const take = (event: ChangeEvent<HTMLInputElement>): void => {
    const [file] = event.target.files ?? [];
    event.target.value = '';
    if (file === undefined) return;
    setChosen(file.name);
    restore(file);
  };
  const text = isEmpty ? 'This data folder is empty: a backup can be put into it.' : 'A backup goes into an empty data folder only, so that nothing is overwritten.';
  return (
    <Section title="Restore a backup" text={text}>
      {run.kind === 'failed' && <ErrorPanel failure={run.failure} form="inline" />}
      {run.kind === 'done' && <Restored {...run.value} />}
      {run.kind === 'running' && <Progress label={`Restoring ${chosen}`} onStop={cancel} />}
      {!isEmpty && run.kind !== 'done' && <p className={styles.muted}>This one is in use{dataDir !== undefined && <>: <code>{dataDir}</code></>}. Start Tenantscope with <code>--data-dir</code> and a new folder, and restore there.</p>}
      <input ref={input} type="file" className={styles.hidden} tabIndex={-1} aria-label="Backup file" onChange={take} />
      {isEmpty && run.kind !== 'running' && <div><Button icon={ArchiveRestore} onClick={() => { input.current?.click(); }}>Choose a backup</Button></div>}
    </Section>
  );
}

export function BackupSection() {
  return <><BackUp /><Restore /></>;
}
