/** Failures by event type and error text, in one scan that follows a few numbers a row. */
import { formatInstant } from '../../../shared/domain/time';
import { errors } from '../../../shared/views/errors';
import { failuresByError } from '../metrics/failures-by-error';
import type { WholeQuery } from './define-query';

export const errorsQuery: WholeQuery = {
  kind: 'whole',
  view: errors,
  rows: async scope => {
    const limit = Number(scope.params.extra['limit']?.[0] ?? Number.POSITIVE_INFINITY);
    const found = await failuresByError(scope);
    const all = found.reduce((sum, { events }) => sum + events, 0);
    return found.slice(0, limit).map(row => [
      row.type, row.error, row.events, row.users, formatInstant(row.firstAt), formatInstant(row.lastAt), row.connections, row.applications, row.events / all,
    ]);
  },
};
