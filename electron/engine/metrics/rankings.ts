/** Ranks groups of rows by their events, with their distinct users. */
import type { Grouping } from '../columns/by-group';
import { countByGroup, distinctByGroup, groupMask } from '../columns/by-group';
import type { IdColumnName } from '../columns/columns';
import type { Groups } from '../columns/groups';
import { groupsOf } from '../columns/groups';
import type { Rows } from '../columns/select-rows';
import { keepMasked, maskOf, selectRows } from '../columns/select-rows';
import type { Scope } from '../queries/define-query';
import type { EventKind } from './event-kinds';
import type { NamedGroups } from './named-groups';

/** `group`: its number in the grouping. */
export type Ranked = { readonly group: number; readonly events: number; readonly users: number };
/** `value`: what the group is filtered by; `label`: how it is called. */
export type NamedRank = Ranked & { readonly value: string; readonly label: string };

/** The rows of some kinds that pass the filters. @throws Failure operation.cancelled */
export async function rowsOfKind(scope: Scope, kind: EventKind): Promise<Rows> {
  const { columns, dictionaries } = scope.rows;
  const rows = keepMasked(await selectRows(scope), columns.ids('type'), maskOf(dictionaries.type, kind));
  await scope.pause();
  return rows;
}

/** All groups that a row is in, in no order. Rows without a user id are events of nobody. */
export function tallyGroups({ rows: { columns, dictionaries } }: Scope, rows: Rows, grouping: Grouping): readonly Ranked[] {
  const grouped = keepMasked(rows, grouping.ids, groupMask(grouping));
  const events = countByGroup(grouped, grouping);
  const byUsers = keepMasked(grouped, columns.ids('user'), maskOf(dictionaries.user, () => true));
  const users = distinctByGroup(byUsers, grouping, { ids: columns.ids('user'), size: dictionaries.user.size });
  const ranked: Ranked[] = [];
  events.forEach((count, group) => {
    if (count > 0) ranked.push({ group, events: count, users: users[group] ?? 0 });
  });
  return ranked;
}

/** Most events first, then most users, then by key; at most the question's `limit`, 10 where it gives none. */
export function topOf<Row extends Ranked>({ params }: Pick<Scope, 'params'>, rows: readonly Row[], keyOf: (row: Row) => string): readonly Row[] {
  const limit = Number(params.extra['limit']?.[0] ?? 10);
  const byKey = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return [...rows].sort((a, b) => b.events - a.events || b.users - a.users || byKey(keyOf(a), keyOf(b))).slice(0, limit);
}

type Ranking<Entry> = { readonly column: IdColumnName; readonly dictionary: { readonly entries: readonly (Entry | null)[] }; readonly valueOf: (entry: Entry) => string | null };

/** Ranks by a text that a dictionary's entries have; those without it are not listed. */
export function rankTexts<Entry>(scope: Scope, rows: Rows, { column, dictionary, valueOf }: Ranking<Entry>): readonly NamedRank[] {
  const { groupOf, keys }: Groups<Entry> = groupsOf(dictionary, valueOf);
  const ranked = tallyGroups(scope, rows, { ids: scope.rows.columns.ids(column), groupOf, count: keys.length });
  return topOf(scope, ranked.map(row => ({ ...row, value: keys[row.group] ?? '', label: keys[row.group] ?? '' })), row => row.value);
}

/** Ranks what has an id, a name, or both; the id is the value and the name the label, one standing in for the other. */
export function rankNamed(scope: Scope, rows: Rows, column: IdColumnName, { groupOf, all }: NamedGroups): readonly NamedRank[] {
  const ranked = tallyGroups(scope, rows, { ids: scope.rows.columns.ids(column), groupOf, count: all.length });
  const named = ranked.map(row => {
    const { id, name } = all[row.group] ?? { id: null, name: null };
    return { ...row, value: id ?? name ?? '', label: name ?? id ?? '' };
  });
  return topOf(scope, named, row => row.value);
}
