/** Growth as numbers for a chart and a table. */
import type { EpochMs } from '../../../shared/domain/ids';
import { parseInstant } from '../../../shared/domain/time';
import type { growth } from '../../../shared/views/growth';
import type { Params } from '../../address';
import type { TimeChart } from '../../charts/chart-model';
import { withGaps } from '../../charts/chart-model';
import type { RowOf } from '../../hooks/use-view-page';
import { bucketEnd } from '../activity/activity-time';
import type { Span } from '../activity/activity-time';
import { paramsBehind } from '../activity/click-through';
import type { ViewParams } from '../activity/use-activity-question';

export type GrowthRow = RowOf<typeof growth>;
export const growthGrains = ['day', 'week', 'month'] as const;
export type GrowthGrain = (typeof growthGrains)[number];

const rowHeight = 28;
const edges = 3;
/** Pixels of a list: all its rows, or eleven and a half, so that a cut row shows that there are more. */
export const listHeight = (rows: number): number => (rows > 12 ? 12.5 : rows + 1) * rowHeight + edges;

/** A period as far as the question reaches: `from` and `to` of its parameters, instants or local dates. */
export function askedOf(period: Span, params: ViewParams, timeZone: string): Span {
  const at = (name: 'from' | 'to'): EpochMs | null => { const text = params[name]?.at(-1); return text === undefined ? null : parseInstant(text, timeZone); };
  return { from: Math.max(period.from, at('from') ?? period.from), to: Math.min(period.to, at('to') ?? period.to) };
}

/** Parameters of the timeline for everybody's activity in a period; null where the filters leave nothing of it. */
export const activityBehind = (period: Span, params: ViewParams, timeZone: string): Params | null =>
  paramsBehind(params, { counted: 'active-users', definition: 'tenantscope', span: askedOf(period, params, timeZone), timeZone });

/** Where each period ends: where the next one begins. */
export const periodsOf = (rows: readonly GrowthRow[], grain: GrowthGrain, timeZone: string): readonly Span[] => {
  const starts = rows.map((row): EpochMs => Date.parse(row.periodStart));
  return starts.map((from, index) => ({ from, to: starts[index + 1] ?? bucketEnd(from, grain, timeZone) }));
};

/** Whoever came stands above the line, whoever left below it. */
export function growthChart(rows: readonly GrowthRow[], grain: GrowthGrain, timeZone: string): TimeChart {
  const periods = periodsOf(rows, grain, timeZone);
  const buckets = rows.map(({ state }, index) => ({ startAt: periods[index]?.from ?? 0, endAt: periods[index]?.to ?? 0, state }));
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
