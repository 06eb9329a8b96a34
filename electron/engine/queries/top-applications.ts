/** Applications by successful logins. */
import { topApplications } from '../../../shared/views/top-applications';
import { applicationGroups } from '../metrics/named-groups';
import { askedRows, rankGroups } from '../metrics/rank';
import type { WholeQuery } from './define-query';

export const topApplicationsQuery: WholeQuery = {
  kind: 'whole',
  view: topApplications,
  rows: async scope => {
    const { all, grouping } = applicationGroups(scope);
    const labelOf = (group: number): string => all[group]?.name ?? all[group]?.id ?? '';
    const valueOf = (group: number): string => all[group]?.id ?? all[group]?.name ?? '';
    const ranked = rankGroups(scope, await askedRows(scope), grouping, valueOf);
    return ranked.map(({ group, events, users }) => [valueOf(group), labelOf(group), events, users]);
  },
};
