/** Rows of the views behind the screen: series with the period before, tiles and rankings. */
import { useMemo } from 'react';
import type { UseQueryResult } from '@tanstack/react-query';
import { activitySummary } from '../../../shared/views/activity-summary';
import { auditTimeline } from '../../../shared/views/audit-timeline';
import type { View } from '../../../shared/views/define-view';
import type { CardState, TimeChart } from '../../charts';
import { useViewPage } from '../../hooks/use-view-page';
import type { PageOf, RowOf } from '../../hooks/use-view-page';
import type { ChartSpec, SeriesRow } from './chart-specs';
import { chartOf } from './chart-specs';
import type { RankingRow, RankingSpec } from './ranking-specs';
import type { ActivityQuestion, ViewParams } from './use-activity-question';

/** More rows than any chart draws. */
const pageSize = 5000;
const noParams: ViewParams = {};

export type SummaryRow = RowOf<typeof activitySummary>;

export const stateOf = ({ data, error, refetch }: Pick<UseQueryResult<unknown>, 'data' | 'error' | 'refetch'>): CardState => {
  if (error !== null) return { kind: 'failed', failure: error, onRetry: () => { void refetch(); } };
  return { kind: data === undefined ? 'loading' : 'ready' };
};

/** Parameters of a chart's view, as its export asks them too. */
export function seriesParams(spec: ChartSpec, { grain, definition }: Pick<ActivityQuestion, 'grain' | 'definition'>, params: ViewParams): ViewParams {
  return { ...params, grain: [grain], ...(spec.definitions === 'both' && definition === 'auth0' ? { definition: ['auth0'] } : {}) };
}

/** Every view of a chart has these keys; which others it has, the chart's description knows. */
const seriesRows = (page: PageOf<View> | undefined): readonly SeriesRow[] | null => (page === undefined ? null : page.rows as readonly SeriesRow[]);

export type ChartData = { readonly state: CardState; readonly chart: TimeChart | null };

export function useChartData(spec: ChartSpec, question: ActivityQuestion): ChartData {
  const { tenant, grain, timeZone, previousParams } = question;
  const now = useViewPage(spec.view, { tenant, params: seriesParams(spec, question, question.params), size: pageSize });
  const before = useViewPage(spec.view, { tenant, params: seriesParams(spec, question, previousParams ?? noParams), size: pageSize }, { enabled: previousParams !== null });
  const rows = seriesRows(now.data);
  const previous = previousParams === null ? null : seriesRows(before.data);
  const chart = useMemo(() => (rows === null ? null : chartOf(spec, { rows, previous }, grain, timeZone)), [spec, rows, previous, grain, timeZone]);
  return { state: stateOf(now), chart };
}

export const useSummary = ({ tenant, params }: ActivityQuestion): UseQueryResult<PageOf<typeof activitySummary>> => useViewPage(activitySummary, { tenant, params });

export type RankingData = { readonly state: CardState; readonly rows: readonly RankingRow[] };

export function useRanking(tenant: string, spec: RankingSpec, params: ViewParams): RankingData {
  const page = useViewPage(spec.view, { tenant, params });
  return { state: stateOf(page), rows: (page.data?.rows ?? []) as readonly RankingRow[] };
}

/** How many events the filters let through. */
export function useTotal({ tenant, params }: ActivityQuestion): number | null {
  return useViewPage(auditTimeline, { tenant, params, size: 1 }).data?.total ?? null;
}
