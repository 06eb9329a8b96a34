/** The charts of the screen: which view each reads, and how its rows are drawn. */
import type { ChartBucket, ChartGrain, ChartSeries, TimeChart, Values } from '../../charts';
import { withGaps } from '../../charts';
import { activeUsers } from '../../../shared/views/active-users';
import { cumulativeSignups } from '../../../shared/views/cumulative-signups';
import type { BucketState, View } from '../../../shared/views/define-view';
import { failedLogins } from '../../../shared/views/failed-logins';
import { logins } from '../../../shared/views/logins';
import { signups } from '../../../shared/views/signups';
import { userRetention } from '../../../shared/views/user-retention';
import { bucketEnd } from './activity-time';
import { reasonSeries } from './behind-reason';
import type { Counted } from './click-through';

type SeriesSpec = Pick<ChartSeries, 'label' | 'colour' | 'form'> & { /** Key of the row. */ readonly id: string };

/** A row of any of the views. */
export type SeriesRow = { readonly bucketStart: string; readonly state: BucketState } & Readonly<Record<string, unknown>>;

export type ChartSpec = {
  readonly view: View;
  readonly counted: Counted;
  readonly title: string;
  readonly unit: TimeChart['unit'];
  readonly series: readonly SeriesSpec[];
  /** Key of the row that a bucket is about as a whole. */
  readonly whole: string;
  readonly wholeLabel: string;
  readonly adds: 'yes' | 'no';
  readonly zeroText: string;
  /** Whether the view can also count as Auth0 does. */
  readonly definitions: 'both' | 'own';
  /** Series that lead to events of their own. */
  readonly segments: readonly string[];
};

const none: readonly string[] = [];

const single = (id: string, label: string, colour: ChartSeries['colour'], form: ChartSeries['form']): readonly SeriesSpec[] => [{ id, label, colour, form }];

export const chartSpecs: readonly ChartSpec[] = [
  { view: activeUsers, counted: 'active-users', title: 'Active users', unit: 'count', series: single('activeUsers', 'Active users', 'series-1', 'area'), whole: 'activeUsers', wholeLabel: 'Active users', adds: 'no', zeroText: 'No active users in this range', definitions: 'both', segments: none },
  { view: logins, counted: 'logins', title: 'Logins', unit: 'count', series: single('logins', 'Logins', 'series-1', 'bars'), whole: 'logins', wholeLabel: 'Logins', adds: 'yes', zeroText: 'No logins in this range', definitions: 'own', segments: none },
  {
    view: failedLogins, counted: 'failed-logins', title: 'Failed logins by reason', unit: 'count', whole: 'total', wholeLabel: 'Failed logins', adds: 'yes', zeroText: 'No failed logins in this range', definitions: 'both', segments: reasonSeries,
    series: [
      { id: 'wrongPassword', label: 'Wrong password', colour: 'failure', form: 'bars' },
      { id: 'unknownUser', label: 'Unknown user', colour: 'series-1', form: 'bars' },
      { id: 'identityProvider', label: 'Identity provider', colour: 'series-2', form: 'bars' },
      { id: 'origin', label: 'Origin', colour: 'series-3', form: 'bars' },
      { id: 'other', label: 'Other', colour: 'series-5', form: 'bars' },
      { id: 'blocked', label: 'Blocked', colour: 'blocked', form: 'line' },
    ],
  },
  { view: signups, counted: 'signups', title: 'Signups', unit: 'count', series: single('signups', 'Signups', 'series-3', 'bars'), whole: 'signups', wholeLabel: 'Signups', adds: 'yes', zeroText: 'No signups in this range', definitions: 'own', segments: none },
  { view: cumulativeSignups, counted: 'cumulative-signups', title: 'Cumulative signups', unit: 'count', series: single('users', 'Users who signed up', 'series-3', 'area'), whole: 'users', wholeLabel: 'Users who signed up', adds: 'no', zeroText: 'Nobody signed up yet', definitions: 'own', segments: none },
  { view: userRetention, counted: 'user-retention', title: 'User retention', unit: 'share', series: single('share', 'Share of known users', 'series-1', 'line'), whole: 'share', wholeLabel: 'Share of known users', adds: 'no', zeroText: 'No known user was active in this range', definitions: 'both', segments: none },
];

export const specOf = (counted: Counted): ChartSpec | undefined => chartSpecs.find(spec => spec.counted === counted);

export function bucketsOfRows(rows: readonly SeriesRow[], grain: ChartGrain, timeZone: string): readonly ChartBucket[] {
  return rows.map((row, index) => {
    const startAt = Date.parse(row.bucketStart);
    const next = rows[index + 1];
    return { startAt, endAt: next === undefined ? bucketEnd(startAt, grain, timeZone) : Date.parse(next.bucketStart), state: row.state };
  });
}

const numberOf = (row: SeriesRow, key: string): number | null => { const value = row[key]; return typeof value === 'number' ? value : null; };

export type ChartRows = { readonly rows: readonly SeriesRow[]; /** Of the period before, the first beside the first; null without one. */ readonly previous: readonly SeriesRow[] | null };

export function chartOf(spec: ChartSpec, { rows, previous }: ChartRows, grain: ChartGrain, timeZone: string): TimeChart {
  const buckets = bucketsOfRows(rows, grain, timeZone);
  const values = (key: string): Values => withGaps(rows.map(row => numberOf(row, key)), buckets);
  const before = previous === null ? null : withGaps(previous.map(row => numberOf(row, spec.whole)), previous);
  return {
    title: spec.title, grain, timeZone, unit: spec.unit, buckets,
    // A line of what never happened would only hide the axis.
    series: spec.series.map(series => ({ ...series, values: values(series.id) })).filter(series => series.form !== 'line' || spec.series.length === 1 || series.values.some(value => (value ?? 0) > 0)),
    whole: { label: spec.wholeLabel, values: values(spec.whole), adds: spec.adds },
    previous: before === null ? null : buckets.map((_bucket, index) => before[index] ?? null),
  };
}
