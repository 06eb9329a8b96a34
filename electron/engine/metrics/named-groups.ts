/** Tells connections, applications and organizations apart: several names of one id are one of them. */
import type { Grouping } from '../columns/by-group';
import { groupsOf } from '../columns/groups';
import type { Scope } from '../queries/define-query';
import type { Named } from '../store/dictionaries';

/** By number of the group; `name`: what the latest event that names it calls it. `grouping`: of its column. */
export type NamedGroups = { readonly groupOf: Int32Array; readonly all: readonly Named[]; readonly grouping: Grouping };

type NamedColumn = 'connection' | 'application' | 'organization';

const idOrName = ({ id, name }: Named): string => (id === null ? `name ${name ?? ''}` : `id ${id}`);

const keys = { connection: idOrName, application: idOrName, organization: (entry: Named): string | null => entry.id } as const;

/** For each id of a dictionary the number of its group, or -1, where no name is asked for. */
export const groupNumbers = ({ rows: { dictionaries } }: Scope, column: NamedColumn): Int32Array => groupsOf(dictionaries[column], keys[column]).groupOf;

/** By id, then by name where there is no id. */
export const connectionGroups = (scope: Scope): NamedGroups => namedGroups(scope, 'connection');

/** By client id, then by name where there is no id. */
export const applicationGroups = (scope: Scope): NamedGroups => namedGroups(scope, 'application');

/** By id; what has none is no organization. */
export const organizationGroups = (scope: Scope): NamedGroups => namedGroups(scope, 'organization');

function namedGroups(scope: Scope, column: NamedColumn): NamedGroups {
  const { columns, dictionaries } = scope.rows;
  const { groupOf, entryOf } = groupsOf(dictionaries[column], keys[column]);
  const grouping = { ids: columns.ids(column), groupOf, count: entryOf.length };
  const namedIds = new Map<number, number[]>();
  dictionaries[column].entries.forEach((entry, id) => {
    const group = groupOf[id] ?? -1;
    if (entry?.name == null || group < 0) return;
    const ids = namedIds.get(group);
    if (ids === undefined) namedIds.set(group, [id]);
    else ids.push(id);
  });
  const latest = latestIds(scope, grouping, [...namedIds.values()].filter(ids => ids.length > 1).flat());
  const nameOf = (group: number): string | null => dictionaries[column].entry(latest?.[group] || (namedIds.get(group)?.at(-1) ?? 0))?.name ?? null;
  return { groupOf, grouping, all: entryOf.map(({ id }, group) => ({ id, name: nameOf(group) })) };
}

/** Of some ids, the one that each of their groups has in its latest event, or 0; null where none are asked for, as few things are ever renamed. */
function latestIds({ rows: { columns }, asOf }: Scope, { ids, groupOf, count }: Grouping, asked: readonly number[]): Uint32Array | null {
  if (asked.length === 0) return null;
  const found = new Uint32Array(count);
  const { length, occurredAt, seq } = columns;
  const isAsked = new Uint8Array(groupOf.length);
  for (const id of asked) isAsked[id] = 1;
  const latestAt = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  for (let row = 0; row < length; row += 1) {
    const id = ids[row] ?? 0;
    if (isAsked[id] === 0 || (seq[row] ?? 0) > asOf) continue;
    const group = groupOf[id] ?? -1;
    const at = occurredAt[row] ?? 0;
    if (at < (latestAt[group] ?? 0)) continue;
    latestAt[group] = at;
    found[group] = id;
  }
  return found;
}
