/** Connections: the health of each as rows. */
import type { EpochMs } from '../../../shared/domain/ids';
import { formatInstant } from '../../../shared/domain/time';
import { connections } from '../../../shared/views/connections';
import { connectionHealth } from '../metrics/connections';
import type { WholeQuery } from './define-query';

const instant = (at: EpochMs | null): string | null => (at === null ? null : formatInstant(at));

export const connectionsQuery: WholeQuery = {
  kind: 'whole',
  view: connections,
  rows: async scope => {
    const found = await connectionHealth(scope);
    return found.slice(0, Number(scope.params.extra['limit']?.[0] ?? found.length)).map(row => [
      row.id, row.name, row.strategy, row.logins, row.failedLogins, row.successRate, row.baselineSuccessRate, row.activeUsers,
      instant(row.lastSuccessAt), instant(row.lastErrorAt), row.lastError, row.quiet,
    ]);
  },
};
