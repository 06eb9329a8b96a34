/** Distinct active users over time. */
import { formatInstant } from '../../../shared/domain/time';
import { activeUsers } from '../../../shared/views/active-users';
import { activityKind, askedSeries, distinctUsers, selectKind } from '../metrics/series-scan';
import type { WholeQuery } from './define-query';

export const activeUsersQuery: WholeQuery = {
  kind: 'whole',
  view: activeUsers,
  rows: async scope => {
    const series = askedSeries(scope);
    const users = distinctUsers(scope, series, await selectKind(scope, series, activityKind(scope)));
    return users.map((count, bucket) => [formatInstant(series.buckets.startOf(bucket)), count, series.stateOf(bucket)]);
  },
};
