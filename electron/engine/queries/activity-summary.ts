/** The figures of the Activity screen's tiles, of the time range and of the one before. */
import { activitySummary, summaryMetrics } from '../../../shared/views/activity-summary';
import { statesWithin } from '../columns/coverage';
import { askedStretch, previousStretch } from '../columns/series';
import { summaryOf } from '../metrics/summary';
import type { WholeQuery } from './define-query';

export const activitySummaryQuery: WholeQuery = {
  kind: 'whole',
  view: activitySummary,
  rows: async scope => {
    const asked = askedStretch(scope, 'day');
    if (asked === null) return summaryMetrics.map(metric => [metric, 0, null]);
    const now = await summaryOf(scope, scope.params.filter);
    const before = previousStretch(asked);
    const isCovered = statesWithin(scope.coverage, before, scope.now)(before) !== 'uncovered';
    const previous = isCovered ? await summaryOf(scope, before) : null;
    return summaryMetrics.map(metric => [metric, now[metric], previous?.[metric] ?? null]);
  },
};
