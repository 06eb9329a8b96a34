/** The files of a data folder, on Node's blocking calls. */
import { closeSync, constants, fdatasyncSync, fstatSync, ftruncateSync, openSync, readdirSync, readSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { writerLockPath } from '../../shared/domain/data-folder';
import type { ArchiveFile, ArchiveFiles } from '../engine/ports';
import { changing, placeInside, reading, readingIfThere } from './data-folder-paths';
import { errorCode, syncFolderAt, writeSomeTo, writeWhole } from './durable-files';
import { makePrivateFolder, privateFileMode } from './file-modes';
import { findLockFile, isStale } from './lock-file';

const readWrite = constants.O_RDWR;
const createNew = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL;

/** Opens a file for writing, making it when it is missing. */
function openWritable(place: string): number {
  try {
    return openSync(place, readWrite);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
  const fd = openSync(place, createNew, privateFileMode);
  syncFolderAt(dirname(place));
  return fd;
}

/** Folders open for reading too, and would only fail at the first read. */
function openReadable(place: string): number {
  const fd = openSync(place, constants.O_RDONLY);
  if (!fstatSync(fd).isDirectory()) return fd;
  closeSync(fd);
  throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
}

function readFully(fd: number, offset: number, length: number): Uint8Array {
  const bytes = new Uint8Array(Math.max(0, Math.min(length, fstatSync(fd).size - offset)));
  let done = 0;
  while (done < bytes.length) {
    const count = readSync(fd, bytes, done, bytes.length - done, offset + done);
    if (count === 0) break;
    done += count;
  }
  return bytes.subarray(0, done);
}

function archiveFile(opened: number, path: string): ArchiveFile {
  let fd: number | null = opened;
  // The system gives the number of a closed file to the next one opened.
  const handle = (): number => {
    if (fd === null) throw Object.assign(new Error('closed'), { code: 'EBADF' });
    return fd;
  };
  return {
    size: () => reading(path, () => fstatSync(handle()).size),
    readAt: (offset, length) => reading(path, () => readFully(handle(), offset, length)),
    writeAt: (offset, bytes) => changing(() => writeWhole(writeSomeTo(handle()), bytes, offset)),
    truncate: size => changing(() => ftruncateSync(handle(), size)),
    sync: () => changing(() => fdatasyncSync(handle())),
    close: () => changing(() => {
      if (fd === null) return;
      const closing = fd;
      fd = null;
      closeSync(closing);
    }),
  };
}

/** A lock that cannot be read vouches for nobody. */
function isHeldByAnother(place: string): boolean {
  try {
    const found = findLockFile(place);
    return found !== null && found.holder?.pid !== process.pid && !isStale(found);
  } catch {
    return false;
  }
}

/**
 * The files below an absolute folder, which need not exist yet. Folders are made 0700 and files 0600.
 * @throws Failure archive.unreadable {file, problem}; archive.unwritable {problem}; archive.disk-full
 */
export function createArchiveFiles(root: string): ArchiveFiles {
  return {
    list: folder => readingIfThere(folder, [], () => readdirSync(placeInside(root, folder)).sort()),
    makeFolder: folder => changing(() => void makePrivateFolder(placeInside(root, folder))),
    open: (path, mode) => {
      const place = placeInside(root, path);
      const fd = mode === 'write' ? changing(() => openWritable(place)) : readingIfThere(path, null, () => openReadable(place));
      return fd === null ? null : archiveFile(fd, path);
    },
    isBeingWritten: () => isHeldByAnother(placeInside(root, writerLockPath)),
    rename: (from, to) => changing(() => renameSync(placeInside(root, from), placeInside(root, to))),
    remove: path => changing(() => rmSync(placeInside(root, path), { force: true })),
    syncFolder: folder => changing(() => syncFolderAt(placeInside(root, folder))),
  };
}
