/** The figures of a stretch of time, each counted as the view of its name does. */
import type { SummaryMetric } from '../../../shared/views/activity-summary';
import type { IdValues } from '../columns/id-column';
import type { Rows, TimeBounds } from '../columns/select-rows';
import { selectRows } from '../columns/select-rows';
import type { Scope } from '../queries/define-query';
import type { EventKind } from './event-kinds';
import { isActivity, isFailedLogin, isLogin, isSignup } from './event-kinds';
import { groupNumbers } from './named-groups';

export type Summary = Readonly<Record<SummaryMetric, number>>;

/** @throws Failure operation.cancelled */
export async function summaryOf(scope: Scope, stretch: TimeBounds): Promise<Summary> {
  const { columns, dictionaries } = scope.rows;
  const rows = await selectRows(scope, stretch);
  const { typeCounts, ...users } = countTypesAndUsers(scope, rows);
  await scope.pause();
  const eventsOf = (kind: EventKind): number => dictionaries.type.entries.reduce((sum, type, id) => sum + (type !== null && kind(type) ? (typeCounts[id] ?? 0) : 0), 0);
  const [applications, apis] = markIds(rows, [columns.ids('application'), dictionaries.application.size], [columns.ids('audience'), dictionaries.audience.size]);
  await scope.pause();
  const [connections, organizations] = markIds(rows, [columns.ids('connection'), dictionaries.connection.size], [columns.ids('organization'), dictionaries.organization.size]);
  return {
    ...users,
    applications: countGroups(applications, groupNumbers(scope, 'application')),
    apis: apis.subarray(1).reduce((sum, mark) => sum + mark, 0),
    connections: countGroups(connections, groupNumbers(scope, 'connection')),
    organizations: countGroups(organizations, groupNumbers(scope, 'organization')),
    logins: eventsOf(isLogin), failedLogins: eventsOf(isFailedLogin), signups: eventsOf(isSignup),
  };
}

type Counted = Pick<Summary, 'users' | 'activeUsers'> & { readonly typeCounts: Uint32Array };

/** One pass instead of one for each kind of event: most of its cost is reading the rows. */
function countTypesAndUsers({ rows: { columns, dictionaries } }: Scope, rows: Rows): Counted {
  const types = columns.ids('type');
  const ids = columns.ids('user');
  const typeCounts = new Uint32Array(dictionaries.type.size);
  // Bit 1: seen; bit 2: active.
  const bits = Uint8Array.from(dictionaries.type.entries, type => (type !== null && isActivity(type) ? 3 : 1));
  const seen = new Uint8Array(dictionaries.user.size);
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? 0;
    const type = types[row] ?? 0;
    const user = ids[row] ?? 0;
    typeCounts[type] = (typeCounts[type] ?? 0) + 1;
    seen[user] = (seen[user] ?? 0) | (bits[type] ?? 0);
  }
  // Id 0 is nobody.
  seen[0] = 0;
  let [users, activeUsers] = [0, 0];
  for (let user = 0; user < seen.length; user += 1) {
    const found = seen[user] ?? 0;
    users += found & 1;
    activeUsers += found >> 1;
  }
  return { users, activeUsers, typeCounts };
}

type Column = readonly [ids: IdValues, size: number];

/** For two columns at once: 1 for each id that a row has. */
function markIds(rows: Rows, [a, sizeA]: Column, [b, sizeB]: Column): readonly [Uint8Array, Uint8Array] {
  const [inA, inB] = [new Uint8Array(sizeA), new Uint8Array(sizeB)];
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? 0;
    inA[a[row] ?? 0] = 1;
    inB[b[row] ?? 0] = 1;
  }
  return [inA, inB];
}

/** How many groups the marked ids are in; several ids are in one where its name changed. */
function countGroups(marks: Uint8Array, groupOf: Int32Array): number {
  const groups = new Set<number>();
  groupOf.forEach((group, id) => {
    if (group >= 0 && marks[id] === 1) groups.add(group);
  });
  return groups.size;
}
