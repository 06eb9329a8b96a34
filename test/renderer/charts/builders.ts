/** Charts for tests: a month of days in Berlin unless told otherwise. */
import type { ChartBucket, ChartGrain, TimeChart, Values } from '../../../renderer/charts';
import { bucketEnd } from '../../../renderer/screens/activity/activity-time';
import { parseInstant } from '../../../shared/domain/time';
import type { BucketState } from '../../../shared/views/define-view';

export const berlin = 'Europe/Berlin';

/** So many buckets from a local date on; those that are named have a state of their own. */
export function buckets(from: string, count: number, grain: ChartGrain = 'day', states: Readonly<Record<number, BucketState>> = {}, timeZone = berlin): ChartBucket[] {
  let startAt = parseInstant(from, timeZone)!;
  return Array.from({ length: count }, (_none, index) => {
    const bucket = { startAt, endAt: bucketEnd(startAt, grain, timeZone), state: states[index] ?? 'complete' };
    startAt = bucket.endAt;
    return bucket;
  });
}

export function timeChart(values: Values, changes: Partial<TimeChart> = {}): TimeChart {
  const grain = changes.grain ?? 'day';
  return {
    title: 'Logins', grain, timeZone: berlin, unit: 'count', buckets: buckets('2026-07-01', values.length, grain),
    series: [{ id: 'logins', label: 'Logins', colour: 'series-1', form: 'bars', values }],
    whole: { label: 'Logins', values, adds: 'yes' }, previous: null, ...changes,
  };
}
