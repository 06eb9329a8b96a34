/** Writes an export beside its final name and moves it there when it is whole. */
import { closeSync, fstatSync, fsyncSync, lstatSync, openSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Failure } from '../../shared/errors';
import type { ExportTarget } from '../engine/ports';
import { renameOver, syncFolderAt, writeSomeTo, writeWhole } from './durable-files';
import { privateFileMode } from './file-modes';
import { problemOf } from './system-problem';

const bufferBytes = 262_144;

const refusal = (message: string): Error => Object.assign(new Error(message), { code: message });

/** A folder cannot be replaced, and replacing a device would break more than the export. */
function refuseUnlessFile(path: string): void {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status?.isDirectory() === true) throw refusal('it is a folder');
  if (status !== undefined && !status.isFile()) throw refusal('it is not a plain file');
}

/** Removes what an earlier export left and makes the file anew, so that no link is followed and no mode kept. */
function openPartial(path: string, partial: string): number {
  refuseUnlessFile(path);
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

function moveIntoPlace(fd: number, partial: string, path: string): void {
  fsyncSync(fd);
  if (!isOurs(fd, partial)) throw refusal('another export writes to the same name');
  renameOver(partial, path);
  syncFolderAt(dirname(path));
}

type State = 'open' | 'failed' | 'ended';

/**
 * An export to `path`, 0600, written to `path` + `.partial` until it is committed. An earlier file of the name stays until then.
 * Once a write has failed it can only be aborted; aborting twice, or after the commit, does nothing.
 * @throws Failure export.unwritable
 */
export function createExport(path: string): ExportTarget {
  const partial = `${path}.partial`;
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
  const fd = telling(() => openPartial(path, partial));
  const { write, flush } = collector(fd);
  const end = (): void => {
    state = 'ended';
    closeSync(fd);
  };
  return {
    write: bytes => telling(() => write(bytes)),
    commit: () => telling(() => {
      flush();
      moveIntoPlace(fd, partial, path);
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
