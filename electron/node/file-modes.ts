/** Makes folders and files that only their owner can enter or read. */
import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFolderAt } from './durable-files';

export const privateFolderMode = 0o700;
export const privateFileMode = 0o600;

/**
 * Makes a folder and those above it that are missing, durably; leaves what exists as it is.
 * Returns the topmost folder made, or null when there was nothing to make.
 */
export function makePrivateFolder(path: string): string | null {
  const topmost = mkdirSync(path, { recursive: true, mode: privateFolderMode });
  if (topmost === undefined) return null;
  for (let folder = path; folder.length >= topmost.length; folder = dirname(folder)) syncFolderAt(dirname(folder));
  return topmost;
}

/** Takes from others what they may do in a folder of ours, as when it was made by hand; what is not ours is left as it is. */
export function closeToOthers(path: string): void {
  const { mode, uid } = statSync(path);
  const isOurs = process.getuid === undefined || process.getuid() === uid;
  if (isOurs && process.platform !== 'win32' && (mode & 0o077) !== 0) chmodSync(path, privateFolderMode);
}
