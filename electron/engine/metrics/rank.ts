/** Ranks the groups of rows by events, with the distinct users of each. */
import type { Grouping } from '../columns/by-group';
import { countByGroup, distinctByGroup, keepGrouped } from '../columns/by-group';
import { groupsOf } from '../columns/groups';
import type { Rows } from '../columns/select-rows';
import { selectRows } from '../columns/select-rows';
import type { Scope } from '../queries/define-query';
import type { EventKind } from './event-kinds';
import { isLogin } from './event-kinds';
import { rowsOfKind } from './series-scan';

export type Ranked = { readonly group: number; readonly events: number; readonly users: number };

/** Groups that occur, largest first; of equal ones, by the key. As many as `limit` asks for. */
export function rankGroups(scope: Scope, given: Rows, grouping: Grouping, keyOf: (group: number) => string): readonly Ranked[] {
  const { columns, dictionaries } = scope.rows;
  const rows = keepGrouped(given, grouping);
  const events = countByGroup(rows, grouping);
  const users = distinctByGroup(rows, grouping, { ids: columns.ids('user'), size: dictionaries.user.size });
  const limit = Number(scope.params.extra['limit']?.[0] ?? 10);
  const found = [...events].flatMap((count, group): Ranked[] => (count === 0 ? [] : [{ group, events: count, users: users[group] ?? 0 }]));
  return found.sort((a, b) => b.events - a.events || (keyOf(a.group) < keyOf(b.group) ? -1 : 1)).slice(0, limit);
}

/** Rows of one kind that the question is about. */
export const askedRows = async (scope: Scope, kind: EventKind = isLogin): Promise<Rows> => rowsOfKind(scope, await selectRows(scope), kind);

type TextDictionary<Entry> = { readonly entries: readonly (Entry | null)[] };

/** Groups by a text that each entry of a dictionary has or has not. */
export function textGrouping<Entry>(ids: Grouping['ids'], dictionary: TextDictionary<Entry>, textOf: (entry: Entry) => string | null): { readonly grouping: Grouping; readonly texts: readonly string[] } {
  const { groupOf, keys } = groupsOf(dictionary, textOf);
  return { grouping: { ids, groupOf, count: keys.length }, texts: keys };
}
