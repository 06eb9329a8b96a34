/** Counts what the members of each organization did in the time range, and tells which organizations went quiet. */
import type { EpochMs } from '../../../shared/domain/ids';
import type { Grouping } from '../columns/by-group';
import { distinctByGroup, slotsOf } from '../columns/by-group';
import { statesWithin } from '../columns/coverage';
import type { Rows } from '../columns/select-rows';
import { selectRows } from '../columns/select-rows';
import { askedStretch, knownStretch, previousStretch } from '../columns/series';
import type { Scope } from '../queries/define-query';
import { groupActivity, rowBits } from './group-activity';
import { connectionGroups, organizationGroups } from './named-groups';
import { quietMs } from './quiet';

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
  const { all, grouping } = organizationGroups(scope);
  const { from, to } = scope.params.filter;
  const rows = await selectRows(scope, { from: null, to });
  const previous = previousStretch(asked);
  const start = from ?? Number.NEGATIVE_INFINITY;
  const activity = await groupActivity(scope, rows, { grouping, edges: { before: previous.from, from: start, until: knownStretch(scope, asked).to } });
  const hasPrevious = statesWithin(scope.coverage, previous, scope.now)(previous) !== 'uncovered';
  const users = { ids: columns.ids('user'), size: dictionaries.user.size };
  const membersNow = distinctByGroup(activity.members.now, grouping, users);
  const membersBefore = hasPrevious ? distinctByGroup(activity.members.before, grouping, users) : null;
  await scope.pause();
  const used = usedConnections(scope, rows, { grouping, from: start });
  return all.flatMap(({ id, name }, group): OrganizationActivity[] => {
    // The dictionary may know organizations that no row of the question names.
    if (!activity.has(group)) return [];
    const lastActivityAt = columns.occurredAt[activity.latestOf(group, rowBits.activity | rowBits.user)] ?? null;
    return [{
      id: id ?? '', name,
      activeMembers: membersNow[group] ?? 0, previousActiveMembers: membersBefore === null ? null : (membersBefore[group] ?? 0),
      logins: activity.countOf(group, 'now', rowBits.login), failedLogins: activity.countOf(group, 'now', rowBits.failedLogin), lastActivityAt, connections: used.of(group),
      quiet: lastActivityAt === null || lastActivityAt < asked.to - quietMs,
    }];
  }).sort(byMembers);
}

const byMembers = (a: OrganizationActivity, b: OrganizationActivity): number =>
  b.activeMembers - a.activeMembers || b.logins - a.logins || (b.lastActivityAt ?? 0) - (a.lastActivityAt ?? 0) || (a.id < b.id ? -1 : 1);

/** The connections that rows from an instant on name, by organization. */
function usedConnections(scope: Scope, rows: Rows, { grouping, from }: { readonly grouping: Grouping; readonly from: EpochMs }): UsedConnections {
  const { all, grouping: connections } = connectionGroups(scope);
  const used = new UsedConnections(grouping.count, all.map(({ id, name }) => name ?? id ?? ''));
  const { bits, words } = used;
  const [organizationOf, connectionOf] = [slotsOf(grouping), slotsOf(connections)];
  const { occurredAt } = scope.rows.columns;
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? 0;
    if ((occurredAt[row] ?? 0) < from) continue;
    const connection = connectionOf[connections.ids[row] ?? 0] ?? 0;
    const word = (organizationOf[grouping.ids[row] ?? 0] ?? 0) * words + (connection >>> 5);
    bits[word] = (bits[word] ?? 0) | (1 << (connection & 31));
  }
  return used;
}

/** Which connections each organization used: one bit for each connection. Behind the last of both is one more, for rows that name none. */
class UsedConnections {
  readonly words: number;
  readonly bits: Uint32Array;
  readonly #names: readonly string[];

  constructor(organizations: number, names: readonly string[]) {
    this.words = Math.ceil((names.length + 1) / 32);
    this.bits = new Uint32Array((organizations + 1) * this.words);
    this.#names = names;
  }

  of(organization: number): readonly string[] {
    const used = new Set<string>();
    for (let word = 0; word < this.words; word += 1) {
      for (let bits = this.bits[organization * this.words + word] ?? 0; bits !== 0; bits &= bits - 1) {
        const name = this.#names[word * 32 + 31 - Math.clz32(bits & -bits)];
        if (name !== undefined) used.add(name);
      }
    }
    return [...used].sort();
  }
}
