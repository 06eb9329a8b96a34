/** Growth as numbers for a chart and a table. */
import type { EpochMs } from '../../../shared/domain/ids';
import type { growth } from '../../../shared/views/growth';
import type { TimeChart } from '../../charts/chart-model';
import { withGaps } from '../../charts/chart-model';
import type { RowOf } from '../../hooks/use-view-page';

export type GrowthRow = RowOf<typeof growth>;
export const growthGrains = ['day', 'week', 'month'] as const;
export type GrowthGrain = (typeof growthGrains)[number];

const nominalMs: Readonly<Record<GrowthGrain, number>> = { day: 86_400_000, week: 7 * 86_400_000, month: 30 * 86_400_000 };

/** Whoever came stands above the line, whoever left below it. The last period ends where its length says, which is near enough for a picture. */
export function growthChart(rows: readonly GrowthRow[], grain: GrowthGrain, timeZone: string): TimeChart {
  const starts = rows.map((row): EpochMs => Date.parse(row.periodStart));
  const buckets = rows.map((row, index) => ({ startAt: starts[index] ?? 0, endAt: starts[index + 1] ?? (starts[index] ?? 0) + nominalMs[grain], state: row.state }));
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
