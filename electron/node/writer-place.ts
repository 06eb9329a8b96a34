/** This process's claim to be the only writer of a data folder: taken by the first operation that writes, kept until the host closes. */
import { join } from 'node:path';
import { writerLockPath } from '../../shared/domain/data-folder';
import { findLockFile, isStale } from './lock-file';
import { takeWriterLock } from './writer-lock';
import type { WriterLock } from './writer-lock';

export type WriterPlace = {
  /** @throws Failure archive.locked {pid}; archive.unwritable; archive.disk-full */
  readonly take: () => void;
  /** Whether it is ours or free; takes nothing. */
  readonly isOpenToUs: () => boolean;
  readonly release: () => void;
};

function isFree(dataDir: string): boolean {
  try {
    const found = findLockFile(join(dataDir, writerLockPath));
    return found === null || isStale(found);
  } catch {
    return false;
  }
}

export function createWriterPlace(dataDir: string): WriterPlace {
  let lock: WriterLock | null = null;
  return {
    take: () => { lock ??= takeWriterLock(dataDir); },
    isOpenToUs: () => lock !== null || isFree(dataDir),
    release: () => {
      lock?.release();
      lock = null;
    },
  };
}
