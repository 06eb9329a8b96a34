/** The steps by which bytes and names reach the disk for good, on every file system and system Tenantscope runs on. */
import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';

/** The system's name of an error, such as ENOSPC. */
export function errorCode(error: unknown): string {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown error';
}

/** Writes part of `bytes` (from `start`, to the file's `position`) and returns how many. */
export type WriteSome = (bytes: Uint8Array, start: number, position: number | null) => number;

export const writeSomeTo = (fd: number): WriteSome => (bytes, start, position) =>
  writeSync(fd, bytes, start, bytes.length - start, position);

/** Writes all of the bytes, going on after a short write; `position` null means where the file stands. */
export function writeWhole(write: WriteSome, bytes: Uint8Array, position: number | null): void {
  for (let done = 0; done < bytes.length;) {
    const count = write(bytes, done, position === null ? null : position + done);
    if (count <= 0) throw Object.assign(new Error('nothing was written'), { code: 'EIO' });
    done += count;
  }
}

// Windows has no such call; some network file systems refuse it; a folder above ours may not be ours to open.
const unsyncable: readonly string[] = ['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'EACCES', 'EPERM'];

/** Makes the names in a folder durable, where the system can. */
export function syncFolderAt(path: string): void {
  if (process.platform === 'win32') return;
  try {
    const fd = openSync(path, 'r');
    try {
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    if (!unsyncable.includes(errorCode(error))) throw error;
  }
}

/** Blocks this thread. */
export function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

export type RenameSteps = { readonly rename: () => void; readonly pause: (ms: number) => void; readonly platform: NodeJS.Platform };

/** On Windows a scanner may hold a new file open for a moment: up to five more tries within a second and a half. */
export function retryRename(steps: RenameSteps): void {
  for (let attempt = 0; ; attempt += 1) {
    try {
      steps.rename();
      return;
    } catch (error) {
      const mayPass = steps.platform === 'win32' && ['EPERM', 'EBUSY', 'EACCES'].includes(errorCode(error));
      if (!mayPass || attempt >= 5) throw error;
      steps.pause(50 * 2 ** attempt);
    }
  }
}

export function renameOver(from: string, to: string): void {
  retryRename({ rename: () => renameSync(from, to), pause, platform: process.platform });
}
