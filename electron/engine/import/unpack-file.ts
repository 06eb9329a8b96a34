/** Gives the text of an import file, unpacked where it is gzip and stopped where it grows beyond all measure. */
import { Failure } from '../../../shared/errors';
import type { CompressionPort } from '../ports';
import { isGzip } from './choose-reader';
import type { ImportLimits } from './import-limits';
import { join } from './pieces';

export type PackedFile = {
  readonly file: string;
  readonly chunks: AsyncIterable<Uint8Array>;
  readonly compression: CompressionPort;
  readonly limits: ImportLimits;
};
/** Bytes taken from the file so far, before unpacking. */
export type Progress = { bytesRead: number };

/**
 * The unpacked bytes in pieces that are never empty. What a damaged file still gives comes first, the failure behind it.
 * @throws Failure import.ratio, import.too-large, import.gzip-damaged, and what the source throws
 */
export async function* unpackFile(packed: PackedFile, progress: Progress): AsyncGenerator<Uint8Array> {
  const source = counted(packed.chunks, progress);
  const head = await readHead(source, 2);
  const chunks = resumed(head, source);
  const compressed = isGzip(head);
  let unpacked = 0;
  for await (const chunk of compressed ? gunzipped(packed, chunks) : chunks) {
    unpacked += chunk.length;
    if (compressed && unpacked > packed.limits.ratioFromBytes && unpacked > packed.limits.ratio * progress.bytesRead) {
      throw new Failure('import.ratio', { file: packed.file });
    }
    if (unpacked > packed.limits.totalBytes) throw new Failure('import.too-large', { file: packed.file });
    if (chunk.length > 0) yield chunk;
  }
}

async function* counted(chunks: AsyncIterable<Uint8Array>, progress: Progress): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    progress.bytesRead += chunk.length;
    yield chunk;
  }
}

/** At least `length` bytes from the start, or all there are. */
async function readHead(source: AsyncGenerator<Uint8Array>, length: number): Promise<Uint8Array> {
  let head = new Uint8Array() as Uint8Array;
  while (head.length < length) {
    const next = await source.next();
    if (next.done === true) break;
    head = join([head, next.value]);
  }
  return head;
}

async function* resumed(head: Uint8Array, source: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield head;
    for (let next = await source.next(); next.done !== true; next = await source.next()) yield next.value;
  } finally {
    await source.return(undefined);
  }
}

async function* gunzipped({ file, compression }: PackedFile, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* compression.gunzip(chunks);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure('import.gzip-damaged', { file, problem: error instanceof Error ? error.message : 'unknown' });
  }
}
