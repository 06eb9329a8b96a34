/** Peer of the ingest: a loop that parses each page and appends it to a file, on the disk before the next. */
import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { EventFile } from './event-file';
import { timed } from './measurement';

export type IngestJob = { readonly events: EventFile; /** Where a peer may write. */ readonly folder: string };

export const plainAppend = {
  name: 'plain append loop',
  run: async ({ events, folder }: IngestJob): Promise<number> => {
    const path = join(folder, 'plain-append.json');
    const ms = await timed(() => { appendPages(events, path); });
    rmSync(path);
    return ms;
  },
};

function appendPages(events: EventFile, path: string): void {
  const file = openSync(path, 'w');
  const decoder = new TextDecoder();
  let parsed = 0;
  for (let number = 0; number < events.pageCount; number += 1) {
    const body = events.page(number);
    parsed += (JSON.parse(decoder.decode(body)) as readonly unknown[]).length;
    writeSync(file, body);
    fdatasyncSync(file);
  }
  closeSync(file);
  if (parsed !== events.count) throw new Error(`the plain loop read ${String(parsed)} events`);
}
