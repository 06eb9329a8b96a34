/** Writes everything a data folder holds into one file, as encrypted as it lies there, also while a writer appends to it. */
import { createHash } from 'node:crypto';
import { open, readdir, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { settingsPath, tenantsFolder, vaultPath } from '../../shared/domain/data-folder';
import { Failure } from '../../shared/errors';
import { digestBytes, entryBytes, headBytes, headerBytes, trailerBytes } from './backup-format';
import { headName, isSegmentName, journalFolder, storedTenantOf, tenantFileName } from './backup-paths';
import { placeInside, reading } from './data-folder-paths';
import { errorCode } from './durable-files';

export { restore } from './restore';

export type BackupProgress = { readonly bytes: number; readonly totalBytes: number | null };
export type BackupOptions = { readonly onProgress: (progress: BackupProgress) => void; readonly signal: AbortSignal };
export type WriteBackup = (bytes: Uint8Array) => Promise<void> | void;

const pieceBytes = 1_048_576;

/** What does not exist is `missing`. @throws Failure archive.unreadable */
async function ifThere<Value, Missing>(file: string, missing: Missing, work: () => Promise<Value>): Promise<Value | Missing> {
  try {
    return await work();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return missing;
    return reading(file, () => { throw error; });
  }
}

const namesIn = (dataDir: string, folder: string): Promise<readonly string[]> =>
  ifThere(folder, [], async () => (await readdir(placeInside(dataDir, folder))).sort());

/** The folders of tenants, such as `tenants/t-acme.eu.auth0.com`. */
async function tenantFolders(dataDir: string): Promise<readonly string[]> {
  const names = await namesIn(dataDir, tenantsFolder);
  return names.filter(name => storedTenantOf(name) !== null).map(name => `${tenantsFolder}/${name}`);
}

async function segmentsOf(dataDir: string, tenantFolder: string): Promise<readonly string[]> {
  const folder = `${tenantFolder}/${journalFolder}`;
  // The newest first: where it says that a user is forgotten, the older ones are copied as they are without the user.
  return (await namesIn(dataDir, folder)).filter(isSegmentName).sort().reverse().map(name => `${folder}/${name}`);
}

/**
 * The paths in the order they are copied. A head vouches for frames that are on the disk already, so it is copied before
 * even the names of the segments are read: what a writer appends later is more than the copied head claims, never less.
 */
async function* pathsOf(dataDir: string): AsyncGenerator<string, void> {
  yield vaultPath;
  yield settingsPath;
  for (const folder of await tenantFolders(dataDir)) {
    yield `${folder}/${tenantFileName}`;
    yield `${folder}/${journalFolder}/${headName}`;
    yield* await segmentsOf(dataDir, folder);
  }
}

/** What the backup would come to if nothing were appended meanwhile. */
async function expectedBytes(dataDir: string): Promise<number> {
  let total = headBytes + headBytes + digestBytes;
  for await (const path of pathsOf(dataDir)) {
    const size = await ifThere(path, null, async () => (await stat(placeInside(dataDir, path))).size);
    if (size !== null) total += entryBytes(path, size).length + size;
  }
  return total;
}

/** The backup as it is written, with its digest. */
class Outgoing {
  readonly #write: WriteBackup;
  readonly #options: BackupOptions;
  readonly #totalBytes: number;
  readonly #hash = createHash('sha256');
  #bytes = 0;

  constructor(write: WriteBackup, options: BackupOptions, totalBytes: number) {
    this.#write = write;
    this.#options = options;
    this.#totalBytes = totalBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (this.#options.signal.aborted) throw new Failure('operation.cancelled');
    this.#hash.update(bytes);
    this.#bytes += bytes.length;
    await this.#write(bytes);
    this.#options.onProgress({ bytes: this.#bytes, totalBytes: Math.max(this.#bytes, this.#totalBytes) });
  }

  digest(): Buffer {
    return this.#hash.copy().digest();
  }
}

/** Fills the piece from the file; behind the file's end it stays zero. */
async function fill(piece: Uint8Array, path: string, file: FileHandle, position: number): Promise<void> {
  for (let done = 0; done < piece.length;) {
    const { bytesRead } = await ifThere(path, { bytesRead: 0 }, () => file.read(piece, done, piece.length - done, position + done));
    if (bytesRead === 0) return;
    done += bytesRead;
  }
}

/** As many bytes as were announced: a writer may have cut off what it never acknowledged, which zeros stand for then. */
async function copyOpen(outgoing: Outgoing, path: string, file: FileHandle): Promise<void> {
  const { size } = await ifThere(path, null, () => file.stat()) ?? { size: 0 };
  await outgoing.write(entryBytes(path, size));
  for (let done = 0; done < size;) {
    const piece = new Uint8Array(Math.min(pieceBytes, size - done));
    await fill(piece, path, file, done);
    await outgoing.write(piece);
    done += piece.length;
  }
}

/** Whether there was such a file. */
async function copyFile(outgoing: Outgoing, dataDir: string, path: string): Promise<boolean> {
  const file = await ifThere(path, null, () => open(placeInside(dataDir, path), 'r'));
  if (file === null) return false;
  try {
    await copyOpen(outgoing, path, file);
    return true;
  } finally {
    await file.close();
  }
}

/** A backup without the key file would open nowhere. */
async function refuseWithoutVault(dataDir: string): Promise<void> {
  if (await ifThere(vaultPath, null, () => stat(placeInside(dataDir, vaultPath))) !== null) return;
  throw (await tenantFolders(dataDir)).length > 0 ? new Failure('vault.damaged', { file: vaultPath }) : new Failure('vault.not-made');
}

/**
 * Writes the backup of a data folder (an absolute path) in pieces of at most 1 MiB that are the caller's to keep. Needs neither a key nor the writer's
 * place; every tenant's archive in it is as it stood at some instant during the backup. Gives the length and the SHA-256 (hex) of the whole file.
 * @throws Failure vault.not-made; vault.damaged without a key file; archive.unreadable; operation.cancelled; what `write` throws
 */
export async function backUp(dataDir: string, write: WriteBackup, options: BackupOptions): Promise<{ readonly bytes: number; readonly sha256: string }> {
  await refuseWithoutVault(dataDir);
  const outgoing = new Outgoing(write, options, await expectedBytes(dataDir));
  await outgoing.write(headerBytes());
  let entries = 0;
  for await (const path of pathsOf(dataDir)) {
    if (await copyFile(outgoing, dataDir, path)) entries += 1;
  }
  await outgoing.write(trailerBytes(entries));
  await outgoing.write(new Uint8Array(outgoing.digest()));
  return { bytes: outgoing.bytes, sha256: outgoing.digest().toString('hex') };
}
