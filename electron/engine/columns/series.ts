/** What every series needs: the time it asks about, its buckets, and its rows one bucket after the other. */
import { credibleDates } from '../../../shared/domain/credible-dates';
import type { EpochMs } from '../../../shared/domain/ids';
import type { Scope } from '../queries/define-query';
import type { Grain } from './buckets';
import { Buckets, bucketsOf, bucketStart, nextBucketStart } from './buckets';
import type { BucketState } from '../../../shared/views/define-view';
import type { Stretch } from './coverage';
import { statesWithin } from './coverage';
import { DistinctIds } from './groups';
import type { IdValues } from './id-column';
import type { Rows } from './select-rows';
import { createZoneWithin } from '../../../shared/domain/time';

export type Series = {
  readonly grain: Grain;
  /** What was asked; where a bound is missing, the archive's first event and the end of the bucket of its last, but no date that cannot be right. Null when there is nothing. */
  readonly asked: Stretch | null;
  readonly buckets: Buckets;
  readonly stateOf: (bucket: number) => BucketState;
};

const marginMs = 32 * 86_400_000;

/** The stretch a question is about; null for an archive that is empty and a question without bounds. */
export function askedStretch(scope: Scope, grain: Grain): Stretch | null {
  const { from, to, timeZone } = scope.params.filter;
  const { whole, lastEventAt } = scope.coverage;
  const start = from ?? whole?.from ?? null;
  if (start === null) return null;
  if (to !== null) return { from: start, to: Math.max(start, to) };
  if (lastEventAt === null) return null;
  const zone = createZoneWithin(timeZone, lastEventAt - marginMs, lastEventAt + marginMs);
  const end = nextBucketStart(bucketStart(lastEventAt, grain, zone), grain, zone);
  // A wrong date may lie in the same bucket as the last right one.
  const latest = credibleDates(scope.now).to;
  return { from: start, to: Math.max(start, lastEventAt < latest ? Math.min(end, latest) : end) };
}

/** What a question about `asked` looks back on, and follows up to: every date that can be right, and those that it asks for itself. */
export function knownStretch({ now }: Scope, asked: Stretch): Stretch {
  const credible = credibleDates(now);
  return { from: Math.min(credible.from, asked.from), to: Math.max(credible.to, asked.to) };
}

/** The stretch of equal length before another. */
export const previousStretch = ({ from, to }: Stretch): Stretch => ({ from: from - (to - from), to: from });

/** @throws Failure view.param-invalid when the stretch has too many buckets */
export function seriesOf(scope: Scope, grain: Grain): Series {
  const asked = askedStretch(scope, grain);
  const buckets = asked === null ? new Buckets([]) : bucketsOf(asked.from, asked.to, grain, scope.params.filter.timeZone);
  const stateOfStretch = statesWithin(scope.coverage, asked ?? { from: 0, to: 0 }, scope.now);
  return { grain, asked, buckets, stateOf: bucket => stateOfStretch({ from: buckets.startOf(bucket), to: buckets.endOf(bucket) }) };
}

/** Rows put in the order of their buckets; those of bucket `b` are `rows.subarray(offsets[b], offsets[b + 1])`. Rows in no bucket are left out. */
export type BucketedRows = { readonly rows: Rows; readonly offsets: Uint32Array };

export function rowsByBucket(rows: Rows, occurredAt: Float64Array, buckets: Buckets): BucketedRows {
  const bucketOf = new Int32Array(rows.length);
  const offsets = new Uint32Array(buckets.count + 1);
  let [bucket, start, end] = [-1, Number.NaN, Number.NaN];
  for (let index = 0; index < rows.length; index += 1) {
    const at = occurredAt[rows[index] ?? 0] ?? 0;
    // Neighbours in a log are mostly in one bucket, whose bounds are at hand.
    if (!(at >= start && at < end)) [bucket, start, end] = buckets.around(at, bucket);
    bucketOf[index] = bucket;
    if (bucket >= 0) offsets[bucket + 1] = (offsets[bucket + 1] ?? 0) + 1;
  }
  for (let next = 0; next < buckets.count; next += 1) offsets[next + 1] = (offsets[next + 1] ?? 0) + (offsets[next] ?? 0);
  const next = offsets.slice();
  const sorted = new Uint32Array(offsets[buckets.count] ?? 0);
  for (let index = 0; index < rows.length; index += 1) {
    const target = bucketOf[index] ?? -1;
    if (target < 0) continue;
    const place = next[target] ?? 0;
    sorted[place] = rows[index] ?? 0;
    next[target] = place + 1;
  }
  return { rows: sorted, offsets };
}

/** How many rows each bucket has. */
export function countByBucket(rows: Rows, occurredAt: Float64Array, buckets: Buckets): Uint32Array {
  const counts = new Uint32Array(buckets.count);
  let [bucket, start, end] = [-1, Number.NaN, Number.NaN];
  for (let index = 0; index < rows.length; index += 1) {
    const at = occurredAt[rows[index] ?? 0] ?? 0;
    if (!(at >= start && at < end)) [bucket, start, end] = buckets.around(at, bucket);
    if (bucket >= 0) counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  return counts;
}

/** More bits than this are not worth their memory: 16 MB. */
const mostWords = 4 * 1_024 * 1_024;

/** A column of ids, whose dictionary has `size` entries, and the instants of its rows. */
type DatedIds = { readonly occurredAt: Float64Array; readonly ids: IdValues; readonly size: number };

/** Distinct ids in each bucket; id 0, which stands for none, not counted. */
export function distinctByBucket(rows: Rows, { occurredAt, ids, size }: DatedIds, buckets: Buckets): readonly number[] {
  if (Math.ceil(buckets.count / 32) * size <= mostWords) return [...distinctByBits(rows, { occurredAt, ids, size }, buckets)];
  const { rows: sorted, offsets } = rowsByBucket(rows, occurredAt, buckets);
  const distinct = new DistinctIds(size);
  return Array.from({ length: buckets.count }, (_none, bucket) => distinct.count(sorted.subarray(offsets[bucket], offsets[bucket + 1]), ids));
}

/** One bit for each id and bucket; those of 32 buckets stand together, as neighbours in a log are neighbours in time. */
function distinctByBits(rows: Rows, { occurredAt, ids, size }: DatedIds, buckets: Buckets): Uint32Array {
  const bits = new Int32Array(Math.ceil(buckets.count / 32) * size);
  let [bucket, start, end] = [-1, Number.NaN, Number.NaN];
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? 0;
    const at = occurredAt[row] ?? 0;
    if (!(at >= start && at < end)) [bucket, start, end] = buckets.around(at, bucket);
    if (bucket < 0) continue;
    const word = (bucket >>> 5) * size + (ids[row] ?? 0);
    bits[word] = (bits[word] ?? 0) | (1 << (bucket & 31));
  }
  const counts = new Uint32Array(buckets.count);
  for (let first = 0, plane = 0; plane < bits.length; first += 32, plane += size) addBits(bits.subarray(plane, plane + size), { first, counts });
  return counts;
}

/** Distinct ids, in the same way, in each of at most 32 stretches, which may overlap. */
export function distinctWithin(rows: Rows, { occurredAt, ids, size }: DatedIds, stretches: readonly Stretch[]): Uint32Array {
  const edges = new Buckets([...new Set(stretches.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b));
  const maskOf = Int32Array.from({ length: edges.count }, (_none, piece) =>
    stretches.reduce((mask, { from, to }, number) => mask | (from <= edges.startOf(piece) && edges.endOf(piece) <= to ? 1 << number : 0), 0));
  const bits = new Int32Array(size);
  let [piece, start, end] = [-1, Number.NaN, Number.NaN];
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? 0;
    const at = occurredAt[row] ?? 0;
    if (!(at >= start && at < end)) [piece, start, end] = edges.around(at, piece);
    if (piece < 0) continue;
    const id = ids[row] ?? 0;
    bits[id] = (bits[id] ?? 0) | (maskOf[piece] ?? 0);
  }
  const counts = new Uint32Array(stretches.length);
  addBits(bits, { first: 0, counts });
  return counts;
}

/** Adds one to the count of each bit that is set, `first` being that of bit 0; the first word, that of id 0, is passed over. */
function addBits(words: Int32Array, { first, counts }: { readonly first: number; readonly counts: Uint32Array }): void {
  for (let id = 1; id < words.length; id += 1) {
    for (let left = words[id] ?? 0; left !== 0; left &= left - 1) {
      const found = first + 31 - Math.clz32(left & -left);
      counts[found] = (counts[found] ?? 0) + 1;
    }
  }
}

const autoGrains: readonly (readonly [longest: EpochMs, grain: Grain])[] = [
  [3 * 86_400_000, 'hour'],
  [92 * 86_400_000, 'day'],
  [2 * 366 * 86_400_000, 'week'],
];

/** A grain that gives some dozens of buckets. */
export function autoGrain({ from, to }: Stretch): Grain {
  return autoGrains.find(([longest]) => to - from <= longest)?.[1] ?? 'month';
}
