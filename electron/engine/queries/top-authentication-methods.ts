/** Strategies and connections by successful logins. */
import { topAuthenticationMethods } from '../../../shared/views/top-authentication-methods';
import { connectionGroups } from '../metrics/named-groups';
import { askedRows, rankGroups } from '../metrics/rank';
import type { WholeQuery } from './define-query';

export const topAuthenticationMethodsQuery: WholeQuery = {
  kind: 'whole',
  view: topAuthenticationMethods,
  rows: async scope => {
    const { columns, dictionaries } = scope.rows;
    const { groupOf, all } = connectionGroups(scope);
    const rows = await askedRows(scope);
    const strategies = columns.ids('strategy');
    const connections = columns.ids('connection');
    // A method is a pair; each pair that occurs gets a number, which stands in for an id of its rows.
    const methods: { readonly strategy: number; readonly connection: number }[] = [];
    const known = new Map<number, number>();
    const ids = new Uint32Array(columns.length);
    for (let index = 0; index < rows.length; index += 1) {
      const row = rows[index] ?? 0;
      const strategy = strategies[row] ?? 0;
      const connection = groupOf[connections[row] ?? 0] ?? -1;
      const pair = strategy * (all.length + 1) + connection + 1;
      let method = known.get(pair);
      if (method === undefined) {
        method = methods.push({ strategy, connection }) - 1;
        known.set(pair, method);
      }
      ids[row] = method;
    }
    const cellsOf = (method: number): readonly (string | null)[] => {
      const connection = all[methods[method]?.connection ?? -1];
      return [dictionaries.strategy.entry(methods[method]?.strategy ?? 0), connection?.name ?? connection?.id ?? null, connection?.id ?? null];
    };
    const grouping = { ids, groupOf: Int32Array.from(methods, (_method, number) => number), count: methods.length };
    return rankGroups(scope, rows, grouping, group => String(cellsOf(group))).map(({ group, events, users }) => [...cellsOf(group), events, users]);
  },
};
