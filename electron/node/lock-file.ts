/** A file that at most one living process has in place: made whole in one step, and taken over from the dead without a gap. */
import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, linkSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { Failure } from '../../shared/errors';
import { errorCode, pause, writeSomeTo, writeWhole } from './durable-files';
import { makePrivateFolder, privateFileMode } from './file-modes';
import { garbageStaleMs, isHolderDead, parseHolder, processState, thisProcess } from './lock-holder';
import type { LockHolder } from './lock-holder';

/** A lock file of ours, in place or beside it. The descriptor stays that of our file whatever becomes of the name. */
export type OwnLockFile = { readonly fd: number; readonly path: string; readonly holder: LockHolder };

/** A lock file as found; `key` tells it from every other one, also when it is garbage. */
export type FoundLockFile = { readonly holder: LockHolder | null; readonly key: string; readonly ageMs: number };

const retryMs = 10;
/** Longer than garbage stays fresh, and far longer than a take-over takes. */
const patienceMs = 5_000;
const deepestClaim = 4;

/** Null when there is none. */
export function findLockFile(path: string): FoundLockFile | null {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
  try {
    const { ino, mtimeMs } = fstatSync(fd);
    const holder = parseHolder(readFileSync(fd, 'utf8'));
    return { holder, key: holder?.nonce ?? `garbage-${ino}-${Math.round(mtimeMs)}`, ageMs: Date.now() - mtimeMs };
  } finally {
    closeSync(fd);
  }
}

/** Whether nobody living can be behind the file. */
export function isStale({ holder, ageMs }: FoundLockFile): boolean {
  if (holder === null) return Math.abs(ageMs) > garbageStaleMs;
  return isHolderDead(holder, { host: hostname(), process: processState, heartbeatAgeMs: ageMs });
}

export function removeOwn({ fd, path }: OwnLockFile): void {
  closeSync(fd);
  rmSync(path, { force: true });
}

/** The folder may be removed, empty, by a process that made it for nothing. */
function createNew(path: string): number {
  for (let attempt = 0; ; attempt += 1) {
    makePrivateFolder(dirname(path));
    try {
      return openSync(path, 'wx', privateFileMode);
    } catch (error) {
      if (errorCode(error) !== 'ENOENT' || attempt >= 5) throw error;
    }
  }
}

function writeLockFile(path: string, holder: LockHolder): OwnLockFile {
  const own = { fd: createNew(path), path, holder };
  try {
    writeWhole(writeSomeTo(own.fd), new TextEncoder().encode(JSON.stringify(holder)), null);
  } catch (error) {
    removeOwn(own);
    throw error;
  }
  return own;
}

/** For file systems without hard links: here a process stopped between the two steps for as long as garbage stays fresh loses its place. */
function createInPlace(beside: OwnLockFile, path: string): OwnLockFile | null {
  let own: OwnLockFile;
  try {
    own = writeLockFile(path, beside.holder);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return null;
    throw error;
  }
  if (findLockFile(path)?.key === own.holder.nonce) {
    removeOwn(beside);
    return own;
  }
  closeSync(own.fd);
  return null;
}

/** Our file under its final name when nothing has that name, else null. A link appears whole, so that no reader sees half a file. */
function putInPlace(beside: OwnLockFile, path: string): OwnLockFile | null {
  try {
    linkSync(beside.path, path);
  } catch (error) {
    return errorCode(error) === 'EEXIST' ? null : createInPlace(beside, path);
  }
  rmSync(beside.path, { force: true });
  return { ...beside, path };
}

/**
 * Puts our file over a stale one. Whoever wants to do so must first hold the claim to exactly that file, which is a lock file
 * named by its key; so between the look and the rename nobody else can change it, and at no instant is the name free.
 * Null when somebody else is about to, or already did.
 */
function replaceStale(beside: OwnLockFile, path: string, found: FoundLockFile, depth: number): OwnLockFile | null {
  if (depth >= deepestClaim) return null;
  let claim: OwnLockFile;
  try {
    claim = acquireLockFile(`${path}.${found.key}`, depth + 1);
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
  try {
    if (findLockFile(path)?.key !== found.key) return null;
    renameSync(beside.path, path);
    return { ...beside, path };
  } finally {
    removeOwn(claim);
  }
}

const heldBy = (found: FoundLockFile): Failure => new Failure('archive.locked', { pid: found.holder?.pid ?? 'unknown' });

/**
 * Our lock file in place. A living holder is told at once; the file of a dead one is taken over at once.
 * @throws Failure archive.locked; errors of the file system
 */
export function acquireLockFile(path: string, depth = 0): OwnLockFile {
  const beside = writeLockFile(`${path}.${randomBytes(8).toString('hex')}.new`, thisProcess(randomBytes(16).toString('hex')));
  const giveUpAt = performance.now() + patienceMs;
  try {
    for (;;) {
      const placed = putInPlace(beside, path);
      if (placed !== null) return placed;
      const found = findLockFile(path);
      if (found === null) continue;
      const stale = isStale(found);
      const replaced = stale ? replaceStale(beside, path, found, depth) : null;
      if (replaced !== null) return replaced;
      const isHeld = found.holder !== null && !stale;
      if (isHeld || performance.now() > giveUpAt) throw heldBy(found);
      pause(retryMs);
    }
  } catch (error) {
    removeOwn(beside);
    throw error;
  }
}
