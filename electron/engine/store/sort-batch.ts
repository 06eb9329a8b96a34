/** Tells what of a batch is new, what is known, what is another version, and what its user's tombstone keeps out. */
import type { LogId } from '../../../shared/domain/ids';
import { sameEvent } from '../json/same-event';
import type { Batch, Incoming } from './batch';
import type { FrameContent, SetAside, StoredEvent } from './frame';
import type { Tombstones } from './tombstones';
import { userOfBody } from './user-of-body';

export type Sorted = {
  readonly fresh: readonly Incoming[];
  readonly revisions: readonly Incoming[];
  readonly setAside: readonly SetAside[];
  readonly duplicates: number;
  readonly forgotten: number;
};

export type Known = {
  /** The stored bodies of a log id. */
  readonly bodiesOf: (logId: LogId) => readonly Uint8Array[];
  readonly isSetAside: (bytes: Uint8Array) => boolean;
  readonly tombstones: Tombstones;
};

export function sortBatch({ events, setAside }: Pick<Batch, 'events' | 'setAside'>, known: Known): Sorted {
  const allowed = events.filter(item => !known.tombstones.has(item.event.userId));
  const allowedAside = known.tombstones.size === 0 ? setAside : setAside.filter(item => !known.tombstones.has(userOfBody(item.bytes)));
  const sorted = sortEvents(allowed, known);
  const aside = allowedAside.filter(item => !known.isSetAside(item.bytes));
  return {
    ...sorted, setAside: aside, duplicates: sorted.duplicates + allowedAside.length - aside.length,
    forgotten: events.length - allowed.length + setAside.length - allowedAside.length,
  };
}

function sortEvents(events: readonly Incoming[], { bodiesOf }: Known): Pick<Sorted, 'fresh' | 'revisions' | 'duplicates'> {
  const fresh = new Map<LogId, Incoming>();
  const revisions: Incoming[] = [];
  let duplicates = 0;
  for (const item of events) {
    const { logId } = item.event;
    const first = fresh.get(logId);
    const bodies = [...bodiesOf(logId), ...(first === undefined ? [] : [first.bytes]), ...revisions.filter(other => other.event.logId === logId).map(other => other.bytes)];
    if (bodies.length === 0) fresh.set(logId, item);
    else if (bodies.some(body => sameEvent(body, item.bytes))) duplicates += 1;
    else revisions.push(item);
  }
  return { fresh: [...fresh.values()], revisions, duplicates };
}

/** Whether something of a batch must be kept, its checkpoint aside. */
export function hasNews(batch: Batch, { fresh, revisions, setAside }: Sorted): boolean {
  return fresh.length + revisions.length + setAside.length + (batch.healed ?? []).length > 0 || batch.gap !== null || batch.policy !== undefined;
}

/** The frame that keeps what is new of a batch. */
export function frameOf(batch: Batch, sorted: Sorted, place: Pick<FrameContent, 'firstSeq' | 'receivedAt'>): FrameContent {
  const stored = (isRevision: boolean) => (item: Incoming): StoredEvent => ({ bytes: item.bytes, envelopeLogId: item.envelopeLogId, isRevision });
  const { source, checkpoint, gap, healed = [], policy } = batch;
  const events = [...sorted.fresh.map(stored(false)), ...sorted.revisions.map(stored(true))];
  return { ...place, source, checkpoint, gap, events, setAside: sorted.setAside, healed, ...(policy === undefined ? {} : { policy }) };
}
