/** Measures inserting rows alone, reading, sealing and writing left out: the product's rows and columns beside better-sqlite3's rows. */
import { LogEvents } from '../../electron/engine/store/log-events';
import { createNormalizer } from '../../electron/engine/sync/normalize-log-event';
import type { LogEvent } from '../../shared/domain/log-event';
import { openSql } from '../builders/test-engine';
import type { EventFile } from './event-file';
import type { Measurement } from './measurement';
import { perSecond, timed } from './measurement';
import type { PeerPackages } from './peer-packages';
import { insertable, openSqliteRows } from './sqlite-insert';

/** Both take turns after so many, so that what else the machine does meets both. */
const pagesPerTurn = 100;

type Page = { readonly number: number; readonly events: readonly LogEvent[] };

/** @throws Error when an event cannot be read */
function pageReader(events: EventFile): (number: number) => Page {
  const normalize = createNormalizer();
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  return number => ({
    number,
    events: (JSON.parse(decoder.decode(events.page(number))) as readonly unknown[]).map(body => {
      const normalized = normalize(encoder.encode(JSON.stringify(body)), null);
      if (normalized.kind === 'rejected') throw new Error(normalized.reason);
      return normalized.value;
    }),
  });
}

function insertOwn(rows: LogEvents, pages: readonly Page[]): void {
  for (const { number, events } of pages) {
    rows.transaction(() => {
      for (const [slot, event] of events.entries()) rows.insert(rows.lastSeq + 1, event, { frame: number, slot });
    });
  }
}

export async function measureInsert(events: EventFile, packages: PeerPackages): Promise<readonly Measurement[]> {
  const own = new LogEvents(await openSql(), () => null);
  const peer = openSqliteRows(packages);
  const readPage = pageReader(events);
  const turns: { readonly rate: number; readonly peerRate: number }[] = [];
  for (let first = 0; first < events.pageCount; first += pagesPerTurn) {
    const pages = Array.from({ length: Math.min(pagesPerTurn, events.pageCount - first) }, (_none, index) => readPage(first + index));
    const rate = perSecond(pages.reduce((sum, page) => sum + page.events.length, 0));
    const ownMs = await timed(() => { insertOwn(own, pages); });
    const peerMs = await timed(() => { for (const page of pages) peer?.insertPage(page.number, page.events.map(insertable)); });
    turns.push({ rate: rate(ownMs), peerRate: rate(peerMs) });
  }
  if (own.count !== events.count) throw new Error(`the rows hold ${String(own.count)} events`);
  own.close();
  peer?.end(events.count);
  const measured: Measurement = { id: 'insert', what: 'insert of rows and columns alone', unit: 'events/s', samples: turns.map(({ rate }) => rate) };
  if (peer === null) return [measured];
  return [
    measured,
    { id: 'insert.peer', what: '  peer: better-sqlite3 in memory', unit: 'events/s', samples: turns.map(({ peerRate }) => peerRate) },
    { id: 'insert.ratio', what: '    times as fast as this peer', unit: '×', samples: turns.map(({ rate, peerRate }) => rate / peerRate) },
  ];
}
