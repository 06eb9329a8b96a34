/** An import under way: how far, how fast, how long still, and the way to stop it. */
import { useEffect, useRef } from 'react';
import { Button, formatCount, LogText, ProgressBar } from '../../components';
import { formatBytes } from '../transfers';
import { formatDuration, progressOf } from './import-facts';
import styles from './import.module.css';
import { useImportProgress } from './use-import';
import type { ImportRun } from './use-import';

export type ImportRunningProps = { readonly run: Extract<ImportRun, { kind: 'running' }>; readonly onCancel: () => void };

export function ImportRunning({ run: { job, startedAt }, onCancel }: ImportRunningProps) {
  const told = useImportProgress(job.tenant);
  const stop = useRef<HTMLButtonElement>(null);
  useEffect(() => { stop.current?.focus(); }, []);
  const files = progressOf(job.uploads, told ?? { file: '', bytes: 0 }, told === null ? 0 : told.at - startedAt);
  const file = job.uploads[files.file - 1]?.file.name ?? '';
  const pace = files.rate === null ? '' : `, ${formatBytes(files.rate)} a second, about ${formatDuration(files.etaMs ?? 0)} left`;
  return (
    <div className={styles.form}>
      <ProgressBar label={`Importing into ${job.tenant}`} labelPlace="above" value={told === null ? null : files.share} detail={`${formatBytes(files.bytes)} of ${formatBytes(files.totalBytes)}${pace}`} />
      <p className={styles.muted}>File {formatCount(files.file)} of {formatCount(job.uploads.length)}: <LogText text={file} max={255} /> · {formatCount(told?.read ?? 0)} events read, {formatCount(told?.stored ?? 0)} stored</p>
      <div><Button ref={stop} onClick={onCancel}>Stop</Button></div>
      <p className={styles.muted}>You can look at other screens meanwhile. After a stop everything stored so far stays; importing the files again takes the rest.</p>
    </div>
  );
}
