/** Divides a stretch of time into the hours, days, weeks or months of a time zone. */
import type { EpochMs } from '../../../shared/domain/ids';
import type { Zone } from '../../../shared/domain/time';
import { changeBetween, createZoneWithin } from '../../../shared/domain/time';
import { Failure } from '../../../shared/errors';

export type Grain = 'hour' | 'day' | 'week' | 'month';

/** More rows than this are a mistake: a grain too fine, or an event that says it happened thousands of years away. */
export const bucketLimit = 100_000;
const longestYears = 400;

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** 1 January 1970 was a Thursday; weeks begin on Mondays. */
const mondayShift = 3;

/** `starts` has one instant more than there are buckets: the end of the last. Ascending, half open. */
export class Buckets {
  readonly starts: Float64Array;

  constructor(starts: readonly EpochMs[]) {
    this.starts = Float64Array.from(starts);
  }

  get count(): number {
    return Math.max(0, this.starts.length - 1);
  }

  startOf(bucket: number): EpochMs {
    return this.starts[bucket] ?? Number.NaN;
  }

  endOf(bucket: number): EpochMs {
    return bucket < 0 ? Number.NaN : (this.starts[bucket + 1] ?? Number.NaN);
  }

  /** The bucket an instant lies in and its bounds, for loops that keep them; -1 and bounds that nothing is within where it lies in none. */
  around(at: EpochMs, near: number): [bucket: number, start: EpochMs, end: EpochMs] {
    const bucket = this.indexOf(at, near);
    return [bucket, this.startOf(bucket), this.endOf(bucket)];
  }

  /** The bucket an instant lies in, or -1. `near`: where to look first, as neighbours in a log are neighbours in time. */
  indexOf(at: EpochMs, near = 0): number {
    const { starts } = this;
    const last = starts.length - 1;
    if (last < 1 || at < (starts[0] ?? 0) || at >= (starts[last] ?? 0)) return -1;
    if (near >= 0 && near < last && at >= (starts[near] ?? 0) && at < (starts[near + 1] ?? 0)) return near;
    let low = 0;
    let high = last;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (at >= (starts[middle] ?? 0)) low = middle;
      else high = middle;
    }
    return low;
  }
}

/** The start of the bucket that an instant lies in. */
export function bucketStart(at: EpochMs, grain: Grain, zone: Zone): EpochMs {
  if (grain === 'hour') return hourStart(at, zone);
  return zone.firstInstantAt(localStart(at + zone.offsetAt(at), grain));
}

/** The start of the next bucket. `start` must be a bucket's start. */
export function nextBucketStart(start: EpochMs, grain: Grain, zone: Zone): EpochMs {
  if (grain === 'hour') return nextHour(start, zone);
  const local = localStart(start + zone.offsetAt(start), grain);
  let next = local;
  // A day that the zone left out begins where the next one does, and has no bucket.
  do next = localNext(next, grain); while (zone.firstInstantAt(next) <= start);
  return zone.firstInstantAt(next);
}

/**
 * All buckets that touch [from, to), whole: the first may begin before `from`, the last end behind `to`. None when the stretch is empty.
 * @throws Failure view.param-invalid when there would be more than `bucketLimit`
 */
export function bucketsOf(from: EpochMs, to: EpochMs, grain: Grain, timeZone: string): Buckets {
  if (to <= from) return new Buckets([]);
  if ((to - from) / averageMs[grain] > bucketLimit || to - from > longestYears * 366 * dayMs) throw tooMany(grain);
  const zone = createZoneWithin(timeZone, from - 32 * dayMs, to + 32 * dayMs);
  const starts = [bucketStart(from, grain, zone)];
  for (let last = starts[0] ?? from; last < to;) {
    last = nextBucketStart(last, grain, zone);
    starts.push(last);
  }
  return new Buckets(starts);
}

const averageMs: Readonly<Record<Grain, number>> = { hour: hourMs, day: dayMs, week: 7 * dayMs, month: 30 * dayMs };

const tooMany = (grain: Grain): Failure =>
  new Failure('view.param-invalid', { param: 'grain', value: grain, expected: 'The time range has too many of them: give from and to, or a wider grain.' });

const floorTo = (value: number, step: number): number => Math.floor(value / step) * step;

function localStart(local: number, grain: Grain): number {
  const day = Math.floor(local / dayMs);
  if (grain === 'week') return (floorTo(day + mondayShift, 7) - mondayShift) * dayMs;
  if (grain === 'day') return day * dayMs;
  const date = new Date(local);
  return utcDate(date.getUTCFullYear(), date.getUTCMonth());
}

function localNext(local: number, grain: Grain): number {
  if (grain === 'week') return local + 7 * dayMs;
  if (grain === 'day') return local + dayMs;
  const date = new Date(local);
  return utcDate(date.getUTCFullYear(), date.getUTCMonth() + 1);
}

/** Unlike Date.UTC, this does not take the years 0 to 99 for 1900 to 1999. */
const utcDate = (year: number, month: number): number => new Date(0).setUTCFullYear(year, month, 1);

const mod = (value: number, step: number): number => value - floorTo(value, step);

function hourStart(at: EpochMs, zone: Zone): EpochMs {
  const start = at - mod(at + zone.offsetAt(at), hourMs);
  if (zone.offsetAt(start) === zone.offsetAt(at)) return start;
  return changeBetween(start, at, zone.offsetAt);
}

function nextHour(start: EpochMs, zone: Zone): EpochMs {
  const next = start + hourMs - mod(start + zone.offsetAt(start), hourMs);
  if (zone.offsetAt(next - 1) === zone.offsetAt(start)) return next;
  return changeBetween(start, next - 1, zone.offsetAt);
}
