/** Makes folders and files that only their owner can enter or read. */
import { chmodSync, lstatSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import { logsFolder, settingsPath, syncsPath, tenantsFolder, vaultPath, writerLockPath } from '../../shared/domain/data-folder';
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

const othersBits = 0o077;

/** Takes from others what they may do in a folder of ours, as when it was made by hand; what is not ours is left as it is. */
export function closeToOthers(path: string): void {
  const { mode, uid } = statSync(path);
  const isOurs = process.getuid === undefined || process.getuid() === uid;
  if (isOurs && process.platform !== 'win32' && (mode & othersBits) !== 0) chmodSync(path, privateFolderMode);
}

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};

/** Null where there is nothing; a link is told as such and never followed. */
const statsOf = (path: string): Stats | null => {
  try {
    return lstatSync(path);
  } catch {
    return null;
  }
};

function* below(path: string): Generator<string> {
  yield path;
  if (statsOf(path)?.isDirectory() === true) for (const name of namesIn(path)) yield* below(join(path, name));
}

/** What Tenantscope itself has put into a data folder: somebody may have chosen one in which other things lie. */
function* ownPaths(dataDir: string): Generator<string> {
  const inRoot = namesIn(dataDir).filter(name => [vaultPath, settingsPath, syncsPath, writerLockPath].some(own => name === own || name.startsWith(`${own}.`)));
  const inLogs = namesIn(join(dataDir, logsFolder)).filter(name => name === 'hash-key' || /^tenantscope(\.\d+)?\.log$/.test(name));
  const tenants = namesIn(join(dataDir, tenantsFolder)).filter(name => name.startsWith('t-') || name.startsWith('forgotten-'));
  if (tenants.length > 0 || inRoot.includes(vaultPath)) yield dataDir;
  for (const name of inRoot) yield join(dataDir, name);
  for (const name of inLogs) yield join(dataDir, logsFolder, name);
  for (const name of tenants) yield* below(join(dataDir, tenantsFolder, name));
}

type ChangeMode = (path: string, mode: number) => void;

function closeOne(path: string, stats: Stats, changeMode: ChangeMode): 'repaired' | 'open' {
  try {
    changeMode(path, stats.isDirectory() ? privateFolderMode : privateFileMode);
    // Some file systems accept every mode and keep their own.
    return (lstatSync(path).mode & othersBits) === 0 ? 'repaired' : 'open';
  } catch {
    return 'open';
  }
}

/** Of files and folders that others could read: how many were closed to them, and how many stay open, as they belong to somebody else. */
export type ModesReport = { readonly repaired: number; readonly open: number };

/** Makes what Tenantscope keeps in a data folder (an absolute path) readable by its owner alone. Never throws; nothing to do on Windows. */
export function closeFolderToOthers(dataDir: string, changeMode: ChangeMode = chmodSync): ModesReport {
  const count = { repaired: 0, open: 0 };
  if (process.platform === 'win32') return count;
  for (const path of ownPaths(dataDir)) {
    const stats = statsOf(path);
    if (stats === null || stats.isSymbolicLink() || (stats.mode & othersBits) === 0) continue;
    count[closeOne(path, stats, changeMode)] += 1;
  }
  return count;
}
