/** Signups over time. */
import { formatInstant } from '../../../shared/domain/time';
import { signups } from '../../../shared/views/signups';
import { isSignup } from '../metrics/event-kinds';
import { askedSeries, countEvents, selectKind } from '../metrics/series-scan';
import type { WholeQuery } from './define-query';

export const signupsQuery: WholeQuery = {
  kind: 'whole',
  view: signups,
  rows: async scope => {
    const series = askedSeries(scope);
    const counts = countEvents(scope, series, await selectKind(scope, series, isSignup));
    return Array.from(counts, (count, bucket) => [formatInstant(series.buckets.startOf(bucket)), count, series.stateOf(bucket)]);
  },
};
