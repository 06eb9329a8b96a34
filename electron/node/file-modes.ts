/** Makes folders and files that only their owner can enter or read. */
import { mkdirSync } from 'node:fs';
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
