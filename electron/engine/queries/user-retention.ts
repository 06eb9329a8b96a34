/** The share of known users who are active, over time. */
import { formatInstant } from '../../../shared/domain/time';
import { userRetention } from '../../../shared/views/user-retention';
import { selectRows } from '../columns/select-rows';
import { knownStretch } from '../columns/series';
import { activityKind, askedSeries, distinctUsers, rowsFrom, rowsOfKind, usersSoFar } from '../metrics/series-scan';
import type { WholeQuery } from './define-query';

export const userRetentionQuery: WholeQuery = {
  kind: 'whole',
  view: userRetention,
  rows: async scope => {
    const series = askedSeries(scope);
    const end = series.buckets.starts.at(-1);
    if (series.asked === null || end === undefined) return [];
    const rows = await selectRows(scope, { from: knownStretch(scope, series.asked).from, to: series.asked.to });
    const known = usersSoFar(scope, series, rows);
    await scope.pause();
    const active = distinctUsers(scope, series, rowsFrom(rowsOfKind(scope, rows, activityKind(scope)), scope.rows.columns.occurredAt, series.asked.from));
    return active.map((count, bucket) => {
      const all = known[bucket] ?? 0;
      return [formatInstant(series.buckets.startOf(bucket)), count, all, all === 0 ? null : count / all, series.stateOf(bucket)];
    });
  },
};
