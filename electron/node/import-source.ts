/** Reads a file to import, or standard input, in chunks. */
import { accessSync, close, constants, fstatSync, open, read, statSync } from 'node:fs';
import { Socket } from 'node:net';
import { isatty, ReadStream as TerminalStream } from 'node:tty';
import { promisify } from 'node:util';
import { Failure } from '../../shared/errors';
import type { ImportSource } from '../engine/ports';
import { problemOf } from './system-problem';

const chunkBytes = 1_048_576;
const openFile = promisify(open);
const closeFile = promisify(close);
const readSome = promisify(read);

const unreadable = (file: string, error: unknown): Failure =>
  error instanceof Failure ? error : new Failure('import.unreadable', { file, problem: problemOf(error) });

async function* blocksOf(fd: number): AsyncGenerator<Uint8Array, void> {
  const scratch = new Uint8Array(chunkBytes);
  for (;;) {
    const { bytesRead } = await readSome(fd, scratch, 0, scratch.length, null);
    if (bytesRead === 0) return;
    yield scratch.slice(0, bytesRead);
  }
}

/**
 * What waits for somebody else is watched by the event loop: a read that blocks a thread would keep the process from ending,
 * and a worker from being stopped, until the next byte came. These streams close the descriptor.
 */
function streamOf(fd: number): AsyncIterable<Uint8Array> | null {
  const status = fstatSync(fd);
  if (status.isFIFO() || status.isSocket()) return new Socket({ fd, readable: true, writable: false });
  return isatty(fd) ? new TerminalStream(fd) : null;
}

/** Reads an open descriptor to its end and closes it. */
async function* chunksOf(fd: number): AsyncGenerator<Uint8Array, void> {
  const stream = streamOf(fd);
  if (stream !== null) {
    yield* stream;
    return;
  }
  try {
    yield* blocksOf(fd);
  } finally {
    await closeFile(fd);
  }
}

async function* chunksOfFile(path: string): AsyncGenerator<Uint8Array, void> {
  yield* chunksOf(await openFile(path, 'r'));
}

async function* toldAsFailure(file: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  try {
    yield* chunks;
  } catch (error) {
    throw unreadable(file, error);
  }
}

function sizeOfReadable(path: string): number | null {
  try {
    const status = statSync(path);
    if (status.isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
    accessSync(path, constants.R_OK);
    return status.isFile() ? status.size : null;
  } catch (error) {
    throw unreadable(path, error);
  }
}

/**
 * A file or pipe in chunks of at most 1 MiB that are the caller's to keep.
 * It is opened when the first chunk is asked for and closed at the end or when the caller stops.
 * @throws Failure import.unreadable, at once for what is missing, a folder or not permitted
 */
export function openImport(path: string): ImportSource {
  return { size: sizeOfReadable(path), chunks: toldAsFailure(path, chunksOfFile(path)) };
}

/** Standard input likewise, in a worker too; closed at the end, so it can be read only once. */
export function openStandardInput(): ImportSource {
  return { size: null, chunks: toldAsFailure('standard input', chunksOf(0)) };
}
