/** Writes an export beside its final name and moves it there when it is whole. */
import { closeSync, fchmodSync, fstatSync, fsyncSync, lstatSync, openSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { Failure } from '../../shared/errors';
import type { ExportTarget } from '../engine/ports';
import { renameOver, syncFolderAt, writeSomeTo, writeWhole } from './durable-files';
import { privateFileMode } from './file-modes';
import { problemOf } from './system-problem';

const bufferBytes = 262_144;

const refusal = (message: string): Error => Object.assign(new Error(message), { code: message });

/** Links from one to the next, as many as Linux follows. */
const mostLinks = 40;
/** Names there stand for devices and open files: also where one leads to a plain file, putting another in its place would break it. */
const systemFolders = /^\/(?:dev|proc)(?:\/|$)/;

/** Where the file goes: behind a link its target, so that the link stays. `mode` is that of the file that is replaced. */
type Destination = { readonly path: string; readonly mode: number | null };

/** A folder cannot be replaced, and replacing a device would break more than the export. */
function destinationOf(given: string): Destination {
  if (given.endsWith('/') || given.endsWith(sep)) throw refusal('it is a folder');
  let path = resolve(given);
  for (let links = 0; links <= mostLinks; links++) {
    const folder = realpathSync(dirname(path));
    path = join(folder, basename(path));
    if (systemFolders.test(path)) throw refusal('it is not a plain file');
    const status = lstatSync(path, { throwIfNoEntry: false });
    if (status === undefined) return { path, mode: null };
    if (status.isDirectory()) throw refusal('it is a folder');
    if (status.isFile()) return { path, mode: status.mode & 0o777 };
    if (!status.isSymbolicLink()) throw refusal('it is not a plain file');
    path = resolve(folder, readlinkSync(path));
  }
  throw refusal('it is a link that leads to itself');
}

/** Exports leave files that only their owner may read; on Windows nothing tells them from others. */
const mayBeLeftover = (status: Stats): boolean =>
  status.isFile() && (process.getuid === undefined || (status.uid === process.getuid() && (status.mode & 0o777) === privateFileMode));

/** Removes what an earlier export left and makes the file anew, so that no link is followed and no mode kept. */
function openPartial(partial: string): number {
  const there = lstatSync(partial, { throwIfNoEntry: false });
  if (there !== undefined && !mayBeLeftover(there)) throw refusal(`${basename(partial)} is in the way and not from an export`);
  rmSync(partial, { force: true });
  return openSync(partial, 'wx', privateFileMode);
}

/** Another export to the same name replaces the partial file: then it is no longer ours to move or remove. */
function isOurs(fd: number, partial: string): boolean {
  const there = lstatSync(partial, { throwIfNoEntry: false });
  const ours = fstatSync(fd);
  return there !== undefined && there.ino === ours.ino && there.dev === ours.dev;
}

/** Collects small writes into large ones. */
function collector(fd: number): { readonly write: (bytes: Uint8Array) => void; readonly flush: () => void } {
  const buffer = new Uint8Array(bufferBytes);
  let held = 0;
  const flush = (): void => {
    const filled = buffer.subarray(0, held);
    held = 0;
    writeWhole(writeSomeTo(fd), filled, null);
  };
  const write = (bytes: Uint8Array): void => {
    if (held + bytes.length > bufferBytes) flush();
    if (bytes.length >= bufferBytes) {
      writeWhole(writeSomeTo(fd), bytes, null);
      return;
    }
    buffer.set(bytes, held);
    held += bytes.length;
  };
  return { write, flush };
}

function moveIntoPlace(fd: number, partial: string, { path, mode }: Destination): void {
  if (mode !== null) fchmodSync(fd, mode);
  fsyncSync(fd);
  if (!isOurs(fd, partial)) throw refusal('another export writes to the same name');
  renameOver(partial, path);
  syncFolderAt(dirname(path));
}

type State = 'open' | 'failed' | 'ended';

/**
 * An export to `path`, or where it leads when it is a link, written to that name + `.partial` until it is committed.
 * An earlier file of the name stays until then and leaves its mode to the new one; without one the mode is 0600.
 * Once a write has failed it can only be aborted; aborting twice, or after the commit, does nothing.
 * @throws Failure export.unwritable
 */
export function createExport(path: string): ExportTarget {
  let state: State = 'open';
  const telling = <Value>(work: () => Value): Value => {
    try {
      if (state !== 'open') throw refusal(`the export has ${state}`);
      return work();
    } catch (error) {
      if (state === 'open') state = 'failed';
      throw error instanceof Failure ? error : new Failure('export.unwritable', { file: path, problem: problemOf(error) });
    }
  };
  const destination = telling(() => destinationOf(path));
  const partial = `${destination.path}.partial`;
  const fd = telling(() => openPartial(partial));
  const { write, flush } = collector(fd);
  const end = (): void => {
    state = 'ended';
    closeSync(fd);
  };
  return {
    write: bytes => telling(() => write(bytes)),
    commit: () => telling(() => {
      flush();
      moveIntoPlace(fd, partial, destination);
      end();
      return path;
    }),
    abort: () => {
      if (state === 'ended') return;
      const ours = isOurs(fd, partial);
      end();
      if (ours) rmSync(partial, { force: true });
    },
  };
}
