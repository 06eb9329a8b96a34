/** Connections by successful logins. */
import { topConnections } from '../../../shared/views/top-connections';
import { connectionGroups } from '../metrics/named-groups';
import { askedRows, rankGroups } from '../metrics/rank';
import type { WholeQuery } from './define-query';

export const topConnectionsQuery: WholeQuery = {
  kind: 'whole',
  view: topConnections,
  rows: async scope => {
    const { all, grouping } = connectionGroups(scope);
    const labelOf = (group: number): string => all[group]?.name ?? all[group]?.id ?? '';
    const valueOf = (group: number): string => all[group]?.id ?? all[group]?.name ?? '';
    const ranked = rankGroups(scope, await askedRows(scope), grouping, valueOf);
    return ranked.map(({ group, events, users }) => [valueOf(group), labelOf(group), events, users]);
  },
};
