/** Keeps every other process from writing to a data folder while this one does. */
import { closeSync, futimesSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writerLockPath } from '../../shared/domain/data-folder';
import { changing } from './data-folder-paths';
import { closeToOthers, makePrivateFolder } from './file-modes';
import { acquireLockFile, findLockFile, isStale, removeOwn } from './lock-file';
import type { OwnLockFile } from './lock-file';

export type WriterLock = {
  /** Gives the place free; a second call does nothing. */
  readonly release: () => void;
};

const heartbeatMs = 10_000;

/** Tells other machines on a shared folder that we live. A missed beat is made good by the next. */
function beat(fd: number): void {
  const now = new Date();
  try {
    futimesSync(fd, now, now);
  } catch {
    return;
  }
}

/** Removes what processes killed in the middle of a take-over left behind: claims to files that are gone, and files never put in place. */
function sweep(root: string, own: OwnLockFile): void {
  const left = readdirSync(root).filter(name => name.startsWith(`${writerLockPath}.`) && !name.startsWith(`${writerLockPath}.${own.holder.nonce}`));
  for (const name of left) {
    const found = findLockFile(join(root, name));
    if (found !== null && isStale(found)) rmSync(join(root, name), { force: true });
  }
}

/** Takes back the folders made for the lock when nothing came to be stored in them. */
function removeEmptyFolders(root: string, topmost: string | null): void {
  if (topmost === null) return;
  try {
    for (let folder = root; folder.length >= topmost.length; folder = dirname(folder)) rmdirSync(folder);
  } catch {
    return;
  }
}

function hold(root: string): OwnLockFile {
  const own = acquireLockFile(join(root, writerLockPath));
  try {
    sweep(root, own);
  } catch (error) {
    removeOwn(own);
    throw error;
  }
  return own;
}

/** The name may have passed to another machine that took us for dead. */
function letGo(own: OwnLockFile): void {
  if (findLockFile(own.path)?.key === own.holder.nonce) removeOwn(own);
  else closeSync(own.fd);
}

/**
 * Makes this process the only writer of a data folder (an absolute path), which is made, 0700, when it is missing and taken back by
 * `release` when it is still empty. A killed holder is succeeded at once, one on another machine a minute after its last heartbeat.
 * @throws Failure archive.locked {pid}; archive.unwritable; archive.disk-full
 */
export function takeWriterLock(root: string): WriterLock {
  const topmost = changing(() => makePrivateFolder(root));
  changing(() => { closeToOthers(root); });
  const giveBack = (): void => removeEmptyFolders(root, topmost);
  let own: OwnLockFile;
  try {
    own = changing(() => hold(root));
  } catch (error) {
    giveBack();
    throw error;
  }
  const heartbeat = setInterval(() => beat(own.fd), heartbeatMs).unref();
  let isHeld = true;
  return {
    release: () => {
      if (!isHeld) return;
      isHeld = false;
      clearInterval(heartbeat);
      changing(() => letGo(own));
      giveBack();
    },
  };
}
