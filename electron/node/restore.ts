/** Brings a backup back into a data folder that has no archive yet, wholly or not at all. */
import { existsSync, readdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { settingsPath, tenantsFolder, vaultPath } from '../../shared/domain/data-folder';
import type { TenantId } from '../../shared/domain/ids';
import { Failure } from '../../shared/errors';
import type { BackupOptions } from './backup';
import { damagedBackup } from './backup-format';
import { ownerOf } from './backup-paths';
import { readBackup } from './backup-reader';
import type { RestoredFile, RestoredPaths } from './backup-reader';
import { changing, placeInside, readingIfThere } from './data-folder-paths';
import { syncFolderAt } from './durable-files';
import { makePrivateFolder, privateFileMode } from './file-modes';
import { newUnfinished, putInPlace, removeUnfinished, sweepUnfinished } from './unfinished-folder';

export type Restored = { readonly tenants: readonly TenantId[]; readonly files: number; readonly bytes: number };

const progressBytes = 1_048_576;

/** @throws Failure archive.not-empty */
function refuseFilled(dataDir: string): void {
  const tenants = readingIfThere(tenantsFolder, [], () => readdirSync(join(dataDir, tenantsFolder)));
  if (tenants.length > 0 || existsSync(join(dataDir, vaultPath))) throw new Failure('archive.not-empty');
}

async function whileChanging<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    return changing(() => { throw error; });
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) done += (await file.write(bytes, done)).bytesWritten;
}

async function createFile(place: string): Promise<RestoredFile> {
  changing(() => void makePrivateFolder(dirname(place)));
  const file = await whileChanging(() => open(place, 'wx', privateFileMode));
  return {
    write: bytes => whileChanging(() => writeAll(file, bytes)),
    commit: () => whileChanging(() => file.sync()),
    close: () => file.close(),
  };
}

/** Tenants without the key file are told as damage, a key file without its tenants would pass for an empty archive: so it comes behind them. */
const placingOrder = [tenantsFolder, vaultPath, settingsPath];

async function readInto(unfinished: string, chunks: AsyncIterable<Uint8Array>, { onProgress, signal }: BackupOptions): Promise<RestoredPaths> {
  let taken = 0;
  let told = 0;
  const onBytes = (bytes: number): void => {
    taken = bytes;
    if (bytes - told < progressBytes) return;
    told = bytes;
    onProgress({ bytes, totalBytes: null });
  };
  const read = await readBackup({ chunks, signal, onBytes }, path => createFile(placeInside(unfinished, path)));
  if (!read.paths.includes(vaultPath)) throw damagedBackup('it holds no key file');
  onProgress({ bytes: taken, totalBytes: taken });
  return read;
}

function syncFolders(unfinished: string, paths: readonly string[]): void {
  const folders = new Set(paths.map(path => dirname(join(unfinished, path))));
  for (const folder of folders) syncFolderAt(folder);
}

function tenantsIn(paths: readonly string[]): readonly TenantId[] {
  const owners = paths.map(ownerOf).flatMap(owner => (owner === null || owner === 'folder' ? [] : [owner.tenant]));
  return [...new Set(owners)].sort();
}

/**
 * Restores a backup into a data folder (an absolute path, made when it is missing) that has neither a vault nor tenants; settings that are
 * there are replaced. Nothing is in place before the digest of the whole backup has been checked, and what fails leaves nothing behind.
 * Needs the folder's writer place. `bytes` is the size of the restored files.
 * @throws Failure archive.not-empty; backup.damaged; archive.newer-format; archive.disk-full; archive.unwritable; operation.cancelled; what the chunks throw
 */
export async function restore(dataDir: string, chunks: AsyncIterable<Uint8Array>, options: BackupOptions): Promise<Restored> {
  refuseFilled(dataDir);
  const unfinished = join(dataDir, newUnfinished('restore'));
  changing(() => { sweepUnfinished(dataDir); });
  const topmost = changing(() => makePrivateFolder(unfinished));
  let made = topmost;
  try {
    const read = await readInto(unfinished, chunks, options);
    changing(() => {
      syncFolders(unfinished, read.paths);
      refuseFilled(dataDir);
      putInPlace(dataDir, unfinished, placingOrder);
    });
    made = unfinished;
    return { tenants: tenantsIn(read.paths), files: read.paths.length, bytes: read.bytes };
  } finally {
    removeUnfinished(unfinished, made);
  }
}
