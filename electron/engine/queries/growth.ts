/** Growth: its periods as rows. */
import { formatInstant } from '../../../shared/domain/time';
import { growth } from '../../../shared/views/growth';
import { growthOf } from '../metrics/growth';
import type { WholeQuery } from './define-query';

export const growthQuery: WholeQuery = {
  kind: 'whole',
  view: growth,
  rows: async scope => {
    const periods = await growthOf(scope, scope.params.filter.grain ?? 'week');
    const newest = Number(scope.params.extra['newest']?.[0] ?? periods.length);
    return periods.slice(Math.max(0, periods.length - newest)).map(row => [
      formatInstant(row.periodStart), row.active, row.new, row.retained, row.resurrected, row.churned, row.activeDays, row.stickiness, row.leftCensored, row.state,
    ]);
  },
};
