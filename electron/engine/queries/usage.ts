/** Usage against a plan, month by month. */
import { formatInstant } from '../../../shared/domain/time';
import { usage } from '../../../shared/views/usage';
import { usageByMonth } from '../metrics/usage';
import type { MonthlyAmount } from '../metrics/usage';
import type { Cells, WholeQuery } from './define-query';

const cellsOf = ({ amount, forecast }: MonthlyAmount, limit: string | undefined): Cells =>
  [amount, forecast?.value ?? null, forecast?.low ?? null, forecast?.high ?? null, limit === undefined ? null : Number(limit)];

export const usageQuery: WholeQuery = {
  kind: 'whole',
  view: usage,
  rows: async scope => {
    const limitOf = (name: string): string | undefined => scope.params.extra[name]?.[0];
    return (await usageByMonth(scope)).map(month => [
      formatInstant(month.start),
      ...cellsOf(month.activeUsers, limitOf('limitActiveUsers')), ...cellsOf(month.m2mTokens, limitOf('limitM2mTokens')), ...cellsOf(month.rateLimitEvents, limitOf('limitRateLimitEvents')),
      month.state,
    ]);
  },
};
