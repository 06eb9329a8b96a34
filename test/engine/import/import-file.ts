/** Reads an import file that a test made, from any chunks, and says what became of it in words a test can compare. */
import { createGunzip, gzipSync } from 'node:zlib';
import { Readable } from 'node:stream';
import type { ImportItem } from '../../../electron/engine/import/read-import';
import { readImport } from '../../../electron/engine/import/read-import';
import type { ImportLimits } from '../../../electron/engine/import/import-limits';
import type { CompressionPort } from '../../../electron/engine/ports';
import { Failure } from '../../../shared/errors';
import { textOf, utf8 } from '../json/written-json';

export const compression: CompressionPort = {
  compress: () => { throw new Error('not used'); },
  decompress: () => { throw new Error('not used'); },
  gunzip: chunks => Readable.from(chunks, { objectMode: true }).compose(createGunzip()) as AsyncIterable<Uint8Array>,
};

/** `[line, text of the event, id of its envelope]` or `[line, '!', reason]`. */
export type Told = readonly [number, string, string | null];
export type Outcome = { readonly items: readonly Told[]; readonly failure: string | null; readonly title: string | null; readonly bytesRead: number };

export async function* inChunks(bytes: Uint8Array, ...sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (let index = 0; at < bytes.length; index += 1) {
    const size = sizes[index % sizes.length] ?? bytes.length;
    yield bytes.slice(at, at + size);
    at += size;
  }
}

export const told = (item: ImportItem): Told => (item.kind === 'event' ? [item.line, textOf(item.bytes), item.envelopeLogId] : [item.line, '!', item.reason]);

export async function importChunks(chunks: AsyncIterable<Uint8Array>, limits?: ImportLimits): Promise<Outcome> {
  const reading = readImport('log.jsonl', { size: null, chunks }, compression, limits);
  const items: Told[] = [];
  let failure: Failure | null = null;
  try {
    for await (const batch of reading.items) items.push(...batch.map(told));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    failure = error;
  }
  return { items, failure: failure?.code ?? null, title: failure?.message ?? null, bytesRead: reading.bytesRead() };
}

export const importBytes = (bytes: Uint8Array, ...sizes: readonly number[]): Promise<Outcome> => importChunks(inChunks(bytes, ...sizes));
export const importText = async (text: string, ...sizes: readonly number[]): Promise<readonly Told[]> => {
  const { items, failure } = await importBytes(utf8(text), ...sizes);
  if (failure !== null) throw new Error(failure);
  return items;
};
export const packed = (text: string): Uint8Array => new Uint8Array(gzipSync(utf8(text)));

export const event = (id: string, more: object = {}): string => JSON.stringify({ log_id: id, date: '2026-11-20T10:11:12.123Z', type: 's', description: 'ünïcode {"[', ...more });
