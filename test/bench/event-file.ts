/** The events of a benchmark on disk, made once, so that nobody measures their making or holds them in memory. */
import { closeSync, openSync, readFileSync, readSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { sampleEventBatches } from '../../electron/engine/sample/index';
import { simulatedNow } from '../auth0-simulator/index';

/** The simulator's own domain, so that both paths see the same events. */
export const benchTenant = 'simulated.eu.auth0.com';
export const eventsPerPage = 100;

/** The sample world only aims at a number of events: it is asked for more, and the newest are kept, as the simulator does. */
const surplus = 1.1;

const dataName = 'events.json-parts';
const offsetsName = 'events.offsets';
const idsName = 'events.log-ids';

/** Events number 0 to `count` - 1 in the order of log ids. */
export type EventFile = {
  readonly count: number;
  readonly pageCount: number;
  /** Size of all events as JSON. */
  readonly bytes: number;
  /** The body of a page as Auth0 would send it. */
  readonly page: (number: number) => Uint8Array;
  readonly event: (number: number) => Readonly<Record<string, unknown>>;
  readonly logId: (number: number) => string;
  readonly close: () => void;
};

/** Writes the newest `count` events of a sample world into a folder. @throws Error when the world has fewer */
export function writeEventFile(folder: string, count: number): void {
  const file = openSync(join(folder, dataName), 'w');
  const offsets: number[] = [0];
  const ids: string[] = [];
  for (const batch of sampleEventBatches({ now: simulatedNow, seed: 1, domain: benchTenant, events: Math.ceil(count * surplus) })) {
    for (const { logId, json } of batch) {
      ids.push(logId);
      offsets.push((offsets.at(-1) ?? 0) + Buffer.byteLength(json) + 1);
    }
    writeSync(file, batch.map(({ json }) => `${json},`).join(''));
  }
  closeSync(file);
  if (ids.length < count) throw new Error(`the sample world has ${String(ids.length)} events only`);
  writeFileSync(join(folder, offsetsName), new Float64Array(offsets.slice(-count - 1)));
  writeFileSync(join(folder, idsName), ids.slice(-count).join('\n'));
}

const bracketOpen = 0x5b;
const bracketClose = 0x5d;

export function openEventFile(folder: string): EventFile {
  const stored = readFileSync(join(folder, offsetsName));
  const offsets = new Float64Array(stored.buffer, stored.byteOffset, stored.byteLength / 8);
  const ids = readFileSync(join(folder, idsName), 'latin1').split('\n');
  const file = openSync(join(folder, dataName), 'r');
  const count = ids.length;
  const offset = (number: number): number => offsets[Math.min(number, count)] ?? 0;
  /** Events from one number up to another as a JSON array; the comma behind the last becomes its end. */
  const array = (from: number, to: number): Uint8Array => {
    const length = offset(to) - offset(from);
    const bytes = Buffer.allocUnsafeSlow(length + 1);
    readSync(file, bytes, 1, length, offset(from));
    bytes[0] = bracketOpen;
    bytes[length] = bracketClose;
    return bytes;
  };
  return {
    count,
    pageCount: Math.ceil(count / eventsPerPage),
    bytes: offset(count) - offset(0) - count,
    page: number => array(number * eventsPerPage, (number + 1) * eventsPerPage),
    event: number => (JSON.parse(Buffer.from(array(number, number + 1)).toString('utf8')) as [Readonly<Record<string, unknown>>])[0],
    logId: number => ids[number] ?? '',
    close: () => { closeSync(file); },
  };
}
