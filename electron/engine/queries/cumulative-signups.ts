/** Users who signed up, added up from the start of the archive. */
import { formatInstant } from '../../../shared/domain/time';
import { cumulativeSignups } from '../../../shared/views/cumulative-signups';
import { selectRows } from '../columns/select-rows';
import { knownStretch } from '../columns/series';
import { isSignup } from '../metrics/event-kinds';
import { askedSeries, rowsOfKind, usersSoFar } from '../metrics/series-scan';
import type { WholeQuery } from './define-query';

export const cumulativeSignupsQuery: WholeQuery = {
  kind: 'whole',
  view: cumulativeSignups,
  rows: async scope => {
    const series = askedSeries(scope);
    if (series.asked === null || series.buckets.count === 0) return [];
    const { from } = knownStretch(scope, series.asked);
    const rows = rowsOfKind(scope, await selectRows(scope, { from, to: series.asked.to }), isSignup);
    return usersSoFar(scope, series, rows).map((users, bucket) => [formatInstant(series.buckets.startOf(bucket)), users, series.stateOf(bucket)]);
  },
};
