/** The log of the simulated tenant: which events there are, which of them retention has left, and their bytes. */
import { compareLogIds, ingestedAt } from '../../shared/domain/ids';
import type { EpochMs, LogId } from '../../shared/domain/ids';
import { createByteStore } from './byte-store';
import { contentDigestOf, digestOf } from './digest';

/** `json` is the event's own JSON, byte for byte what a client receives. */
export type SimulatedEvent = { readonly logId: LogId; readonly json: string };

/** `served` changes when the same log id is appended again with another body; `first` never does. */
export type LogEntry = { readonly logId: LogId; readonly occurredAt: EpochMs; readonly served: number; readonly first: number };

export type EventLog = {
  /** Late ids are merged into their place; an id below what retention has removed is dropped, as nobody could ever see it. */
  readonly append: (events: readonly SimulatedEvent[]) => void;
  readonly evictBefore: (logId: LogId) => void;
  /** Forgets all but the newest, as if the others had never been. */
  readonly keepNewest: (count: number) => void;
  /** Visible entries with an id strictly greater than `from` (null: all), ascending by id, at most `take`. */
  readonly after: (from: LogId | null, take: number) => readonly LogEntry[];
  /** Visible entries ascending by (occurrence, id). */
  readonly byDate: () => readonly LogEntry[];
  readonly visible: () => readonly LogEntry[];
  readonly find: (logId: LogId) => { readonly state: 'visible' | 'evicted'; readonly entry: LogEntry } | { readonly state: 'never' };
  readonly bytes: (entry: LogEntry) => Buffer;
  /** A JSON array of the entries' events. */
  readonly body: (entries: readonly LogEntry[]) => Buffer;
  /** Over every event that was ever visible, each with its first body. */
  readonly digest: () => string;
  readonly contentDigest: () => string;
  /** Over the events visible now. */
  readonly visibleDigest: () => string;
  readonly visibleContentDigest: () => string;
};

const dateKey = '"date":"';

/** The event's `date`; the ingest time of its id when there is none. Only an ambiguous text is parsed: a million are loaded. */
function occurredAt(event: SimulatedEvent): EpochMs {
  const start = event.json.indexOf(dateKey);
  const only = start >= 0 && event.json.indexOf(dateKey, start + 1) < 0;
  const text = only ? event.json.slice(start + dateKey.length, event.json.indexOf('"', start + dateKey.length)) : parsedDate(event.json);
  const at = Date.parse(text);
  return Number.isNaN(at) ? (ingestedAt(event.logId) ?? 0) : at;
}

function parsedDate(json: string): string {
  try {
    const value = JSON.parse(json) as { date?: unknown } | null;
    return String(value?.date);
  } catch {
    return '';
  }
}

/** Index of the first entry for which `isBeyond` holds, in entries sorted so that it holds from there on. */
function firstWhere(entries: readonly LogEntry[], isBeyond: (entry: LogEntry) => boolean): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBeyond(entries[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Both ascending by id; of two entries with one id the later body is served and the earlier stays the first. */
function merge(old: LogEntry[], fresh: readonly LogEntry[]): LogEntry[] {
  const last = old.at(-1);
  const merged: LogEntry[] = last === undefined || compareLogIds(last.logId, fresh[0]?.logId ?? '') < 0 ? old : [];
  const put = (entry: LogEntry): void => {
    const before = merged.at(-1);
    if (before !== undefined && before.logId === entry.logId) merged[merged.length - 1] = { ...before, served: entry.served };
    else merged.push(entry);
  };
  let next = 0;
  if (fresh.length === 0) return old;
  if (merged !== old) {
    for (const entry of old) {
      while (next < fresh.length && compareLogIds(fresh[next]!.logId, entry.logId) < 0) put(fresh[next++]!);
      merged.push(entry);
      while (next < fresh.length && fresh[next]!.logId === entry.logId) put(fresh[next++]!);
    }
  }
  while (next < fresh.length) put(fresh[next++]!);
  return merged;
}

function joinedArray(parts: readonly Buffer[]): Buffer {
  const body = Buffer.allocUnsafe(parts.reduce((sum, part) => sum + part.length + 1, parts.length === 0 ? 2 : 1));
  let at = body.write('[');
  for (const part of parts) {
    at += part.copy(body, at);
    at += body.write(',', at);
  }
  body.write(']', body.length - 1);
  return body;
}

type Digests = Pick<EventLog, 'digest' | 'contentDigest' | 'visibleDigest' | 'visibleContentDigest'>;

function digestsOver(ever: () => readonly LogEntry[], visible: () => readonly LogEntry[], bytes: (slot: number) => Buffer): Digests {
  const items = (list: readonly LogEntry[], slot: 'first' | 'served') => list.map(entry => ({ logId: entry.logId, bytes: () => bytes(entry[slot]) }));
  return {
    digest: () => digestOf(items(ever(), 'first')),
    contentDigest: () => contentDigestOf(items(ever(), 'first')),
    visibleDigest: () => digestOf(items(visible(), 'served')),
    visibleContentDigest: () => contentDigestOf(items(visible(), 'served')),
  };
}

export function createEventLog(): EventLog {
  const store = createByteStore();
  let entries: LogEntry[] = [];
  let floor: LogId | null = null;
  let dateOrder: readonly LogEntry[] | null = null;

  const isGone = (logId: LogId): boolean => floor !== null && compareLogIds(logId, floor) < 0;
  const floorIndex = (): number => firstWhere(entries, entry => !isGone(entry.logId));
  const visible = (): readonly LogEntry[] => (floor === null ? entries : entries.slice(floorIndex()));
  const entryOf = (event: SimulatedEvent): LogEntry => {
    const slot = store.add(event.json);
    return { logId: event.logId, occurredAt: occurredAt(event), served: slot, first: slot };
  };

  return {
    append: events => {
      const kept = events.filter(event => !isGone(event.logId)).sort((a, b) => compareLogIds(a.logId, b.logId));
      entries = merge(entries, kept.map(entryOf));
      dateOrder = null;
    },
    evictBefore: logId => {
      if (!isGone(logId)) floor = logId;
      dateOrder = null;
    },
    keepNewest: count => {
      entries = entries.slice(Math.max(0, entries.length - count));
      dateOrder = null;
    },
    after: (from, take) => {
      const start = Math.max(floorIndex(), from === null ? 0 : firstWhere(entries, entry => compareLogIds(entry.logId, from) > 0));
      return entries.slice(start, start + take);
    },
    byDate: () => {
      dateOrder ??= [...visible()].sort((a, b) => a.occurredAt - b.occurredAt || compareLogIds(a.logId, b.logId));
      return dateOrder;
    },
    visible,
    find: logId => {
      const entry = entries[firstWhere(entries, candidate => compareLogIds(candidate.logId, logId) >= 0)];
      if (entry === undefined || entry.logId !== logId) return { state: 'never' };
      return { state: isGone(logId) ? 'evicted' : 'visible', entry };
    },
    bytes: entry => store.bytes(entry.served),
    body: list => joinedArray(list.map(entry => store.bytes(entry.served))),
    ...digestsOver(() => entries, visible, store.bytes),
  };
}
