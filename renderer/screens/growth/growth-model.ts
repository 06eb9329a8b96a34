/** Growth as numbers for a chart and a table. */
import type { EpochMs } from '../../../shared/domain/ids';
import type { growth } from '../../../shared/views/growth';
import type { TimeChart } from '../../charts/chart-model';
import { withGaps } from '../../charts/chart-model';
import type { RowOf } from '../../hooks/use-view-page';
import { bucketEnd } from '../activity/activity-time';

export type GrowthRow = RowOf<typeof growth>;
export const growthGrains = ['day', 'week', 'month'] as const;
export type GrowthGrain = (typeof growthGrains)[number];

const rowHeight = 28;
const edges = 3;
/** Pixels of a list: all its rows, or eleven and a half, so that a cut row shows that there are more. */
export const listHeight = (rows: number): number => (rows > 12 ? 12.5 : rows + 1) * rowHeight + edges;

/** Whoever came stands above the line, whoever left below it. */
export function growthChart(rows: readonly GrowthRow[], grain: GrowthGrain, timeZone: string): TimeChart {
  const starts = rows.map((row): EpochMs => Date.parse(row.periodStart));
  const buckets = rows.map((row, index) => ({ startAt: starts[index] ?? 0, endAt: starts[index + 1] ?? bucketEnd(starts[index] ?? 0, grain, timeZone), state: row.state }));
  const valuesOf = (value: (row: GrowthRow) => number) => withGaps(rows.map(value), buckets);
  return {
    title: 'Growth', grain, timeZone, unit: 'count', buckets, previous: null,
    whole: { label: 'Active', values: valuesOf(row => row.active), adds: 'no' },
    series: [
      { id: 'retained', label: 'Retained', colour: 'series-1', form: 'bars', values: valuesOf(row => row.retained) },
      { id: 'resurrected', label: 'Resurrected', colour: 'series-3', form: 'bars', values: valuesOf(row => row.resurrected) },
      { id: 'new', label: 'New', colour: 'series-2', form: 'bars', values: valuesOf(row => row.new) },
      { id: 'churned', label: 'Churned', colour: 'failure', form: 'bars', values: valuesOf(row => -row.churned) },
    ],
  };
}
