/** What a chart of time shows: its buckets, its series, and the stretches of time that are marked in it. */
import type { EpochMs } from '../../shared/domain/ids';
import type { BucketState } from '../../shared/views/define-view';

export const chartGrains = ['hour', 'day', 'week', 'month'] as const;
export type ChartGrain = (typeof chartGrains)[number];

/** Half open. */
export type ChartBucket = { readonly startAt: EpochMs; readonly endAt: EpochMs; readonly state: BucketState };

/** Names of custom properties of the theme, without their dashes. */
export type SeriesColour = 'series-1' | 'series-2' | 'series-3' | 'series-4' | 'series-5' | 'success' | 'failure' | 'blocked' | 'warning';

/** One value a bucket; null is drawn as a gap. */
export type Values = readonly (number | null)[];

export type ChartSeries = {
  readonly id: string;
  readonly label: string;
  readonly colour: SeriesColour;
  /** Bars of one chart stand on each other. */
  readonly form: 'line' | 'area' | 'bars';
  readonly values: Values;
};

export type TimeChart = {
  readonly title: string;
  readonly grain: ChartGrain;
  readonly timeZone: string;
  /** `share` is 0 to 1 and shown in percent. */
  readonly unit: 'count' | 'share';
  readonly buckets: readonly ChartBucket[];
  /** In the order of the legend; bars from the bottom up. */
  readonly series: readonly ChartSeries[];
  /** What a bucket is about as a whole, which is what opens when it is chosen: of one series its values, of a stack its sums. */
  readonly whole: { readonly label: string; readonly values: Values; /** Whether the values of buckets may be added up. */ readonly adds: 'yes' | 'no' };
  /** The same in the period before, one value a bucket of this one; null without one to compare with. */
  readonly previous: Values | null;
};

/** What of a bucket the archive does not have is not zero: it becomes a gap. */
export const withGaps = (values: Values, buckets: readonly Pick<ChartBucket, 'state'>[]): Values =>
  buckets.map(({ state }, index) => (state === 'uncovered' ? null : values[index] ?? null));

export type MarkedState = Exclude<BucketState, 'complete'>;
/** Neighbouring buckets of one state, both ends included. */
export type Band = { readonly state: MarkedState; readonly first: number; readonly last: number };

export function bandsOf(buckets: readonly Pick<ChartBucket, 'state'>[]): readonly Band[] {
  const bands: Band[] = [];
  buckets.forEach(({ state }, index) => {
    if (state === 'complete') return;
    const before = bands.at(-1);
    if (before?.state === state && before.last === index - 1) bands[bands.length - 1] = { ...before, last: index };
    else bands.push({ state, first: index, last: index });
  });
  return bands;
}

/** Points without a neighbour, which a line alone would not show. */
export function lonePoints(values: Values): ReadonlySet<number> {
  const isGap = (index: number): boolean => (values[index] ?? null) === null;
  return new Set(values.flatMap((value, index) => (value !== null && isGap(index - 1) && isGap(index + 1) ? [index] : [])));
}

export const sumOf = (values: Values): number => values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
export const isAllZero = (values: Values): boolean => values.every(value => value === null || value === 0);

/** Where a key leads from a bucket; null for keys that lead nowhere. A page is a tenth of the chart. */
export function bucketAfterKey(key: string, bucket: number, count: number): number | null {
  const page = Math.max(2, Math.round(count / 10));
  const moves: Readonly<Record<string, number>> = {
    ArrowRight: bucket + 1, ArrowUp: bucket + 1, ArrowLeft: bucket - 1, ArrowDown: bucket - 1, PageUp: bucket - page, PageDown: bucket + page, Home: 0, End: count - 1,
  };
  const to = Object.hasOwn(moves, key) ? moves[key] : undefined;
  return to === undefined || count === 0 ? null : Math.min(count - 1, Math.max(0, to));
}
