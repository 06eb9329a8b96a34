/** Counts what the members of each organization did in the time range, and tells which organizations went quiet. */
import type { EpochMs } from '../../../shared/domain/ids';
import type { Grouping } from '../columns/by-group';
import { countByGroup, distinctByGroup, keepGrouped, latestByGroup, splitAt } from '../columns/by-group';
import type { Stretch } from '../columns/coverage';
import { statesWithin } from '../columns/coverage';
import type { Rows } from '../columns/select-rows';
import { keepMasked, maskOf, selectRows } from '../columns/select-rows';
import { askedStretch, previousStretch } from '../columns/series';
import type { Scope } from '../queries/define-query';
import { isActivity, isFailedLogin, isLogin } from './event-kinds';
import { connectionGroups, organizationGroups } from './named-groups';
import { quietMs } from './quiet';
import { rowsOfKind } from './series-scan';

export type OrganizationActivity = {
  readonly id: string; readonly name: string | null; readonly activeMembers: number;
  /** Null where the archive covers nothing of the stretch before. */
  readonly previousActiveMembers: number | null;
  readonly logins: number; readonly failedLogins: number; readonly lastActivityAt: EpochMs | null;
  /** Names, else ids, sorted. */
  readonly connections: readonly string[];
  readonly quiet: boolean;
};

/** Most active members first. @throws Failure operation.cancelled */
export async function organizationActivity(scope: Scope): Promise<readonly OrganizationActivity[]> {
  const asked = askedStretch(scope, 'day');
  if (asked === null) return [];
  const { columns, dictionaries } = scope.rows;
  const { occurredAt } = columns;
  const { groupOf, all } = organizationGroups(dictionaries);
  const grouping: Grouping = { ids: columns.ids('organization'), groupOf, count: all.length };
  const rows = keepGrouped(await selectRows(scope, { from: null, to: asked.to }), grouping);
  await scope.pause();
  const active = keepMasked(rowsOfKind(scope, rows, isActivity), columns.ids('user'), maskOf(dictionaries.user, () => true));
  const lastActive = latestByGroup(active, grouping, occurredAt);
  const members = membersOf(scope, active, { grouping, asked });
  await scope.pause();
  const lastRow = latestByGroup(rows, grouping, occurredAt);
  const now = nowOf(scope, splitAt(rows, occurredAt, asked.from)[1], grouping);
  return all.flatMap(({ id, name }, group): OrganizationActivity[] => {
    // The dictionary may know organizations that no row of the question names.
    const row = lastRow[group] ?? -1;
    if (row < 0) return [];
    const lastActivityAt = occurredAt[lastActive[group] ?? -1] ?? null;
    return [{
      id: id ?? '', name: dictionaries.organization.entry(grouping.ids[row] ?? 0)?.name ?? name, activeMembers: members.now[group] ?? 0, previousActiveMembers: members.before === null ? null : (members.before[group] ?? 0),
      logins: now.logins[group] ?? 0, failedLogins: now.failedLogins[group] ?? 0, lastActivityAt, connections: now.connections.of(group),
      quiet: lastActivityAt === null || lastActivityAt < asked.to - quietMs,
    }];
  }).sort(byMembers);
}

const byMembers = (a: OrganizationActivity, b: OrganizationActivity): number =>
  b.activeMembers - a.activeMembers || b.logins - a.logins || (b.lastActivityAt ?? 0) - (a.lastActivityAt ?? 0) || (a.id < b.id ? -1 : 1);

/** Distinct users by organization, in the time range and before it. `active`: rows of activity before the time range's end. */
function membersOf(scope: Scope, active: Rows, { grouping, asked }: { readonly grouping: Grouping; readonly asked: Stretch }): { readonly now: Uint32Array; readonly before: Uint32Array | null } {
  const { columns, dictionaries } = scope.rows;
  const users = { ids: columns.ids('user'), size: dictionaries.user.size };
  const previous = previousStretch(asked);
  const [earlier, now] = splitAt(active, columns.occurredAt, asked.from);
  const hasPrevious = statesWithin(scope.coverage, previous, scope.now)(previous) !== 'uncovered';
  return {
    now: distinctByGroup(now, grouping, users),
    before: hasPrevious ? distinctByGroup(splitAt(earlier, columns.occurredAt, previous.from)[1], grouping, users) : null,
  };
}

type Now = { readonly logins: Uint32Array; readonly failedLogins: Uint32Array; readonly connections: UsedConnections };

/** `rows`: those of the time range. */
function nowOf(scope: Scope, rows: Rows, grouping: Grouping): Now {
  const { columns, dictionaries } = scope.rows;
  const { groupOf, all } = connectionGroups(dictionaries);
  const ids = columns.ids('connection');
  const used = keepGrouped(rows, { ids, groupOf, count: all.length });
  const connections = new UsedConnections(grouping.count, all.map(({ id, name }) => name ?? id ?? ''));
  for (let index = 0; index < used.length; index += 1) {
    const row = used[index] ?? 0;
    connections.add(grouping.groupOf[grouping.ids[row] ?? 0] ?? 0, groupOf[ids[row] ?? 0] ?? 0);
  }
  return {
    logins: countByGroup(rowsOfKind(scope, rows, isLogin), grouping),
    failedLogins: countByGroup(rowsOfKind(scope, rows, isFailedLogin), grouping),
    connections,
  };
}

/** Which connections each organization used: one bit for each connection. */
class UsedConnections {
  readonly #words: number;
  readonly #bits: Uint32Array;
  readonly #names: readonly string[];

  constructor(organizations: number, names: readonly string[]) {
    this.#words = Math.ceil(names.length / 32);
    this.#bits = new Uint32Array(organizations * this.#words);
    this.#names = names;
  }

  add(organization: number, connection: number): void {
    const word = organization * this.#words + (connection >>> 5);
    this.#bits[word] = (this.#bits[word] ?? 0) | (1 << (connection & 31));
  }

  of(organization: number): readonly string[] {
    const used = new Set<string>();
    for (let word = 0; word < this.#words; word += 1) {
      for (let bits = this.#bits[organization * this.#words + word] ?? 0; bits !== 0; bits &= bits - 1) used.add(this.#names[word * 32 + 31 - Math.clz32(bits & -bits)] ?? '');
    }
    return [...used].sort();
  }
}
