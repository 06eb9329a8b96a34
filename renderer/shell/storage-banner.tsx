/** Says that syncs wait because the data folder cannot be written, as when the disk is full; reading goes on. */
import { HardDrive } from 'lucide-react';
import type { SyncState } from '../../shared/contract';
import { useSyncStates } from '../hooks/use-sync';
import styles from './storage-banner.module.css';

/** Causes that lie in the folder, so that every tenant has them. */
const causes: readonly string[] = ['archive.disk-full', 'archive.unwritable'];

/** What to say, in the words of the error; null while everything can be stored. */
export function storageWarning(states: readonly Pick<SyncState, 'error'>[]): { readonly title: string; readonly hint: string } | null {
  return states.map(({ error }) => error).find(error => error !== null && causes.includes(error.code)) ?? null;
}

export function StorageBanner() {
  const warning = storageWarning(useSyncStates().data?.tenants ?? []);
  if (warning === null) return null;
  return (
    <div className={styles.banner} role="alert">
      <HardDrive size={16} aria-hidden="true" />
      <strong>{warning.title}: syncs wait.</strong>
      <span>{warning.hint} Reading works meanwhile.</span>
    </div>
  );
}
