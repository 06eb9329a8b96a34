/** Organizations: the activity of each as rows. */
import { formatInstant } from '../../../shared/domain/time';
import { organizations } from '../../../shared/views/organizations';
import { organizationActivity } from '../metrics/organizations';
import type { WholeQuery } from './define-query';

export const organizationsQuery: WholeQuery = {
  kind: 'whole',
  view: organizations,
  rows: async scope => {
    const found = await organizationActivity(scope);
    return found.slice(0, Number(scope.params.extra['limit']?.[0] ?? found.length)).map(row => [
      row.id, row.name, row.activeMembers, row.previousActiveMembers, row.logins, row.failedLogins,
      row.lastActivityAt === null ? null : formatInstant(row.lastActivityAt), row.connections, row.quiet,
    ]);
  },
};
