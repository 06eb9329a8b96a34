/** Ranks the ways in which users logged in: strategy and connection together. */
import type { Grouping } from '../columns/by-group';
import { groupMask } from '../columns/by-group';
import type { Rows } from '../columns/select-rows';
import { keepMasked } from '../columns/select-rows';
import type { Scope } from '../queries/define-query';
import { isLogin } from './event-kinds';
import { connectionGroups } from './named-groups';
import type { Ranked } from './rankings';
import { rowsOfKind, tallyGroups, topOf } from './rankings';

/** Null where the logins name none. */
export type AuthenticationMethod = Ranked & { readonly strategy: string | null; readonly connection: string | null; readonly connectionId: string | null };

/** Most logins first. @throws Failure operation.cancelled */
export async function authenticationMethods(scope: Scope): Promise<readonly AuthenticationMethod[]> {
  const rows = await rowsOfKind(scope, isLogin);
  const { columns, dictionaries } = scope.rows;
  const { groupOf, all } = connectionGroups(dictionaries);
  // Logins without a connection are a group of their own.
  const withNone = groupOf.map((group, id) => (id === 0 ? all.length : group));
  const pairs = pairsOf(scope, rows, { ids: columns.ids('connection'), groupOf: withNone, count: all.length + 1 });
  await scope.pause();
  const methods = tallyGroups(scope, rows, pairs).map((row): AuthenticationMethod => {
    const connection = all[pairs.connections[row.group] ?? -1];
    return { ...row, strategy: dictionaries.strategy.entry(pairs.strategies[row.group] ?? 0), connection: connection?.name ?? connection?.id ?? null, connectionId: connection?.id ?? null };
  });
  return topOf(scope, methods, ({ strategy, connection, connectionId }) => JSON.stringify([strategy, connection, connectionId]));
}

/** By number of the pair: the number of the connection's group, and the id of the strategy. */
type Pairs = Grouping & { readonly connections: readonly number[]; readonly strategies: readonly number[] };

/**
 * Numbers the pairs that occur. Memory grows with the rows and not with the product of the dictionaries, whose texts
 * strangers may have written: rows are looked at connection by connection, so that one table of strategies serves all.
 */
function pairsOf({ rows: { columns, dictionaries } }: Scope, rows: Rows, byConnection: Grouping): Pairs {
  const strategyIds = columns.ids('strategy');
  const ids = new Uint32Array(columns.length);
  const [connections, strategies]: [number[], number[]] = [[], []];
  const pairOf = new Uint32Array(dictionaries.strategy.size);
  const pairIsOf = new Int32Array(dictionaries.strategy.size).fill(-1);
  for (const row of sortedByGroup(keepMasked(rows, byConnection.ids, groupMask(byConnection)), byConnection)) {
    const group = byConnection.groupOf[byConnection.ids[row] ?? 0] ?? 0;
    const strategy = strategyIds[row] ?? 0;
    if (pairIsOf[strategy] !== group) {
      pairIsOf[strategy] = group;
      pairOf[strategy] = connections.length;
      connections.push(group);
      strategies.push(strategy);
    }
    ids[row] = pairOf[strategy] ?? 0;
  }
  return { ids, groupOf: Int32Array.from(connections, (_group, pair) => pair), count: connections.length, connections, strategies };
}

function sortedByGroup(rows: Rows, { ids, groupOf, count }: Grouping): Rows {
  const next = new Uint32Array(count + 1);
  for (const row of rows) {
    const behind = (groupOf[ids[row] ?? 0] ?? 0) + 1;
    next[behind] = (next[behind] ?? 0) + 1;
  }
  for (let group = 1; group <= count; group += 1) next[group] = (next[group] ?? 0) + (next[group - 1] ?? 0);
  const sorted = new Uint32Array(rows.length);
  for (const row of rows) {
    const group = groupOf[ids[row] ?? 0] ?? 0;
    const place = next[group] ?? 0;
    sorted[place] = row;
    next[group] = place + 1;
  }
  return sorted;
}
