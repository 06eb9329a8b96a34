/** Failed logins over time, by reason. */
import { failureReasons } from '../../../shared/domain/failure-reasons';
import { formatInstant } from '../../../shared/domain/time';
import { failedLogins } from '../../../shared/views/failed-logins';
import { failedLoginCounts } from '../metrics/failed-logins';
import { askedSeries } from '../metrics/series-scan';
import type { WholeQuery } from './define-query';

export const failedLoginsQuery: WholeQuery = {
  kind: 'whole',
  view: failedLogins,
  rows: async scope => {
    const series = askedSeries(scope);
    const { counts, width } = await failedLoginCounts(scope, series);
    return Array.from({ length: series.buckets.count }, (_none, bucket) => {
      const cells = [...counts.subarray(bucket * width, (bucket + 1) * width)];
      const total = cells.slice(0, failureReasons.length).reduce((sum, count) => sum + count, 0);
      return [formatInstant(series.buckets.startOf(bucket)), total, ...cells, series.stateOf(bucket)];
    });
  },
};
