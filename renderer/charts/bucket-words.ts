/** What buckets of time and their values are called, on the clocks of a time zone and as the locale writes them. */
import { formatCount } from '../components';
import type { ChartBucket, ChartGrain, MarkedState, TimeChart } from './chart-model';
import { sumOf } from './chart-model';

export type BucketWords = (bucket: Pick<ChartBucket, 'startAt' | 'endAt'>) => string;

/** `Thu 12 Nov 2026`, `12 Nov 2026, 14:00 – 15:00`, `9 – 15 Nov 2026`, `November 2026`; keep the function while grain and zone stay. */
export function createBucketWords(grain: ChartGrain, timeZone: string): BucketWords {
  const hour = new Intl.DateTimeFormat(undefined, { timeZone, day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const day = new Intl.DateTimeFormat(undefined, { timeZone, weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
  const week = new Intl.DateTimeFormat(undefined, { timeZone, day: 'numeric', month: 'short', year: 'numeric' });
  const month = new Intl.DateTimeFormat(undefined, { timeZone, month: 'long', year: 'numeric' });
  switch (grain) {
    case 'hour': return ({ startAt, endAt }) => hour.formatRange(startAt, endAt);
    case 'day': return ({ startAt }) => day.format(startAt);
    case 'week': return ({ startAt, endAt }) => week.formatRange(startAt, endAt - 1);
    case 'month': return ({ startAt }) => month.format(startAt);
  }
}

export const stateWords: Readonly<Record<MarkedState, string>> = {
  running: 'still running', partial: 'cut by the range or a gap', uncovered: 'not covered',
};

/** The same, where it stands alone. */
export const stateTitles: Readonly<Record<MarkedState, string>> = { running: 'Still running', partial: 'Partial', uncovered: 'Not covered' };

const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 });

/** Exact: `12,431`, `37.5%`; a dash where nothing is known. */
export function valueWords(value: number | null, unit: TimeChart['unit']): string {
  if (value === null) return '–';
  return unit === 'share' ? percent.format(value) : formatCount(value);
}

/** Short, for an axis: `12K`, `40%`. */
export const axisValueWords = (value: number, unit: TimeChart['unit']): string => (unit === 'share' ? percent.format(value) : formatCount(value, 'compact'));

/** Everything about one bucket in a sentence, or one series of it, as it is told to whoever does not see the chart. */
export function bucketSentence(chart: TimeChart, index: number, words: BucketWords, segment: string | null = null): string {
  const bucket = chart.buckets[index];
  if (bucket === undefined) return 'Nothing';
  const part = segment === null ? undefined : chart.series.find(series => series.id === segment);
  if (part !== undefined) return `${words(bucket)}, ${part.label}: ${valueWords(part.values[index] ?? null, chart.unit)}`;
  const parts = chart.series.length === 1 ? [] : [`${chart.whole.label} ${valueWords(chart.whole.values[index] ?? null, chart.unit)}`];
  const values = chart.series.map(series => `${series.label} ${valueWords(series.values[index] ?? null, chart.unit)}`);
  const before = chart.previous === null ? [] : [`period before ${valueWords(chart.previous[index] ?? null, chart.unit)}`];
  const state = bucket.state === 'complete' ? [] : [stateWords[bucket.state]];
  return `${words(bucket)}: ${[...parts, ...values, ...before, ...state].join(', ')}`;
}

const grainNames: Readonly<Record<ChartGrain, readonly [one: string, many: string]>> = {
  hour: ['hour', 'hours'], day: ['day', 'days'], week: ['week', 'weeks'], month: ['month', 'months'],
};
export const grainWords = (grain: ChartGrain, count: number): string => `${formatCount(count)} ${grainNames[grain][count === 1 ? 0 : 1]}`;

function extremes(chart: TimeChart, words: BucketWords): string {
  const known = chart.whole.values.flatMap((value, index) => (value === null ? [] : [{ value, index }]));
  const [first] = known;
  if (first === undefined) return 'nothing known of them';
  const most = known.reduce((best, point) => (point.value > best.value ? point : best), first);
  const least = known.reduce((best, point) => (point.value < best.value ? point : best), first);
  const at = (index: number): string => { const bucket = chart.buckets[index]; return bucket === undefined ? '' : words(bucket); };
  if (most.value === least.value) return `${valueWords(most.value, chart.unit)} in each`;
  return `most ${valueWords(most.value, chart.unit)} (${at(most.index)}), least ${valueWords(least.value, chart.unit)} (${at(least.index)})`;
}

/** The chart in one sentence: its accessible name. */
export function chartSentence(chart: TimeChart, words: BucketWords): string {
  const { buckets, whole } = chart;
  const first = buckets[0];
  const last = buckets.at(-1);
  if (first === undefined || last === undefined) return `${chart.title}: no time to show`;
  const total = whole.adds === 'yes' ? ` ${valueWords(sumOf(whole.values), chart.unit)} in all,` : '';
  const missing = buckets.filter(bucket => bucket.state === 'uncovered').length;
  const gaps = missing === 0 ? '' : `; ${grainWords(chart.grain, missing)} not covered by the archive`;
  const span = buckets.length === 1 ? words(first) : `${grainWords(chart.grain, buckets.length)}, ${words(first)} to ${words(last)}`;
  return `${chart.title}, ${span}:${total} ${extremes(chart, words)}${gaps}.`;
}

