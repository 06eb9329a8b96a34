/** Successful logins over time. */
import { formatInstant } from '../../../shared/domain/time';
import { logins } from '../../../shared/views/logins';
import { isLogin } from '../metrics/event-kinds';
import { askedSeries, countEvents, selectKind } from '../metrics/series-scan';
import type { WholeQuery } from './define-query';

export const loginsQuery: WholeQuery = {
  kind: 'whole',
  view: logins,
  rows: async scope => {
    const series = askedSeries(scope);
    const counts = countEvents(scope, series, await selectKind(scope, series, isLogin));
    return Array.from(counts, (count, bucket) => [formatInstant(series.buckets.startOf(bucket)), count, series.stateOf(bucket)]);
  },
};
