/** What every series needs: the time it asks about, its buckets, and its rows one bucket after the other. */
import type { EpochMs } from '../../../shared/domain/ids';
import type { Scope } from '../queries/define-query';
import type { Grain } from './buckets';
import { Buckets, bucketsOf, bucketStart, nextBucketStart } from './buckets';
import type { BucketState } from '../../../shared/views/define-view';
import type { Stretch } from './coverage';
import { statesWithin } from './coverage';
import type { Rows } from './select-rows';
import { createZoneWithin } from '../../../shared/domain/time';

export type Series = {
  readonly grain: Grain;
  /** What was asked; where a bound is missing, the archive's first event and the end of the bucket of its last. Null when there is nothing. */
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
  return { from: start, to: Math.max(start, nextBucketStart(bucketStart(lastEventAt, grain, zone), grain, zone)) };
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
  let near = 0;
  for (let index = 0; index < rows.length; index += 1) {
    const bucket = buckets.indexOf(occurredAt[rows[index] ?? 0] ?? 0, near);
    bucketOf[index] = bucket;
    if (bucket < 0) continue;
    near = bucket;
    offsets[bucket + 1] = (offsets[bucket + 1] ?? 0) + 1;
  }
  for (let bucket = 0; bucket < buckets.count; bucket += 1) offsets[bucket + 1] = (offsets[bucket + 1] ?? 0) + (offsets[bucket] ?? 0);
  const next = offsets.slice();
  const sorted = new Uint32Array(offsets[buckets.count] ?? 0);
  for (let index = 0; index < rows.length; index += 1) {
    const bucket = bucketOf[index] ?? -1;
    if (bucket < 0) continue;
    const place = next[bucket] ?? 0;
    sorted[place] = rows[index] ?? 0;
    next[bucket] = place + 1;
  }
  return { rows: sorted, offsets };
}

/** How many rows each bucket has. */
export function countByBucket(rows: Rows, occurredAt: Float64Array, buckets: Buckets): Uint32Array {
  const counts = new Uint32Array(buckets.count);
  let near = 0;
  for (let index = 0; index < rows.length; index += 1) {
    const bucket = buckets.indexOf(occurredAt[rows[index] ?? 0] ?? 0, near);
    if (bucket < 0) continue;
    near = bucket;
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  return counts;
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
