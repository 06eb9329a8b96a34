/** The figures of a stretch of time, each counted as the view of its name does. */
import type { SummaryMetric } from '../../../shared/views/activity-summary';
import type { Stretch } from '../columns/coverage';
import { DistinctIds } from '../columns/groups';
import type { Rows } from '../columns/select-rows';
import { selectRows } from '../columns/select-rows';
import type { Scope } from '../queries/define-query';
import { isActivity, isFailedLogin, isLogin, isSignup } from './event-kinds';
import { applicationGroups, connectionGroups, organizationGroups } from './named-groups';
import type { NamedGroups } from './named-groups';
import { rowsOfKind } from './series-scan';

export async function summaryOf(scope: Scope, stretch: Stretch): Promise<Readonly<Record<SummaryMetric, number>>> {
  const { columns, dictionaries } = scope.rows;
  const rows = await selectRows(scope, stretch);
  const users = new DistinctIds(dictionaries.user.size);
  const distinct = (found: Rows): number => users.count(found, columns.ids('user'));
  const summary = {
    users: distinct(rows),
    applications: groupsIn(rows, columns.ids('application'), applicationGroups(dictionaries)),
    apis: new DistinctIds(dictionaries.audience.size).count(rows, columns.ids('audience')),
    connections: groupsIn(rows, columns.ids('connection'), connectionGroups(dictionaries)),
    organizations: groupsIn(rows, columns.ids('organization'), organizationGroups(dictionaries)),
  };
  await scope.pause();
  return {
    ...summary,
    logins: rowsOfKind(scope, rows, isLogin).length,
    failedLogins: rowsOfKind(scope, rows, isFailedLogin).length,
    signups: rowsOfKind(scope, rows, isSignup).length,
    activeUsers: distinct(rowsOfKind(scope, rows, isActivity)),
  };
}

/** How many groups the rows name. */
function groupsIn(rows: Rows, ids: Uint16Array | Uint32Array, { groupOf, all }: NamedGroups): number {
  const seen = new Uint8Array(all.length + 1);
  // Place 0 takes what is in no group.
  for (const row of rows) seen[(groupOf[ids[row] ?? 0] ?? -1) + 1] = 1;
  return seen.subarray(1).reduce((sum, found) => sum + found, 0);
}
