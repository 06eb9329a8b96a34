/** Counts the figures of the activity tiles: what events name, and how many of some kinds there are. */
import type { SummaryMetric } from '../../../shared/views/activity-summary';
import type { IdColumnName } from '../columns/columns';
import { statesWithin } from '../columns/coverage';
import { countIds } from '../columns/groups';
import type { Rows } from '../columns/select-rows';
import { selectRows } from '../columns/select-rows';
import { askedStretch, previousStretch } from '../columns/series';
import type { Scope } from '../queries/define-query';
import type { EventKind } from './event-kinds';
import { isActivity, isFailedLogin, isLogin, isSignup } from './event-kinds';
import { applicationGroups, connectionGroups, organizationGroups } from './named-groups';

export type Figures = Readonly<Record<SummaryMetric, number>>;

/** `previous`: of the stretch of equal length before; null where the archive covers none of it. @throws Failure operation.cancelled */
export async function activitySummaryOf(scope: Scope): Promise<{ readonly now: Figures; readonly previous: Figures | null }> {
  const now = await figuresOf(scope, await selectRows(scope));
  const asked = askedStretch(scope, scope.params.filter.grain ?? 'day');
  if (asked === null) return { now, previous: null };
  const before = previousStretch(asked);
  const isCovered = statesWithin(scope.coverage, before, scope.now)(before) !== 'uncovered';
  return { now, previous: isCovered ? await figuresOf(scope, await selectRows(scope, before)) : null };
}

async function figuresOf(scope: Scope, rows: Rows): Promise<Figures> {
  const { columns, dictionaries } = scope.rows;
  const typeCounts = countIds(rows, columns.ids('type'), dictionaries.type.size);
  const eventsOf = (kind: EventKind): number => dictionaries.type.entries.reduce((sum, type, id) => sum + (type !== null && kind(type) ? (typeCounts[id] ?? 0) : 0), 0);
  await scope.pause();
  const users = usersOf(scope, rows);
  await scope.pause();
  const named = (column: IdColumnName, groupOf: Int32Array): number => distinctGroups(markIds(rows, columns.ids(column), dictionaries.of(column).size), groupOf);
  const figures = {
    applications: named('application', applicationGroups(dictionaries).groupOf),
    apis: named('audience', Int32Array.from(dictionaries.audience.entries, (_entry, id) => id - 1)),
    connections: named('connection', connectionGroups(dictionaries).groupOf),
    organizations: named('organization', organizationGroups(dictionaries).groupOf),
  };
  await scope.pause();
  return { ...users, ...figures, logins: eventsOf(isLogin), failedLogins: eventsOf(isFailedLogin), signups: eventsOf(isSignup) };
}

/** Bit 1: seen; bit 2: active. */
function usersOf({ rows: { columns, dictionaries } }: Scope, rows: Rows): Pick<Figures, 'users' | 'activeUsers'> {
  const bits = Uint8Array.from(dictionaries.type.entries, type => (type !== null && isActivity(type) ? 3 : 1));
  const types = columns.ids('type');
  const ids = columns.ids('user');
  const seen = new Uint8Array(dictionaries.user.size);
  for (const row of rows) {
    const user = ids[row] ?? 0;
    seen[user] = (seen[user] ?? 0) | (bits[types[row] ?? 0] ?? 0);
  }
  seen[0] = 0;
  let [users, activeUsers] = [0, 0];
  for (const found of seen) {
    users += found & 1;
    activeUsers += found >> 1;
  }
  return { users, activeUsers };
}

/** 1 for each id that a row has. */
function markIds(rows: Rows, ids: ArrayLike<number>, size: number): Uint8Array {
  const marks = new Uint8Array(size);
  for (const row of rows) marks[ids[row] ?? 0] = 1;
  return marks;
}

function distinctGroups(marks: Uint8Array, groupOf: Int32Array): number {
  const groups = new Set<number>();
  marks.forEach((mark, id) => {
    const group = groupOf[id] ?? -1;
    if (mark === 1 && group >= 0) groups.add(group);
  });
  return groups.size;
}
