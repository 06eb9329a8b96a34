/** Browsers by successful logins. */
import { topBrowsers } from '../../../shared/views/top-browsers';
import { askedRows, rankGroups, textGrouping } from '../metrics/rank';
import type { WholeQuery } from './define-query';

export const topBrowsersQuery: WholeQuery = {
  kind: 'whole',
  view: topBrowsers,
  rows: async scope => {
    const { columns, dictionaries } = scope.rows;
    const { grouping, texts } = textGrouping(columns.ids('userAgent'), dictionaries.userAgent, ({ browser }) => browser);
    const ranked = rankGroups(scope, await askedRows(scope), grouping, group => texts[group] ?? '');
    return ranked.map(({ group, events, users }) => [texts[group] ?? '', texts[group] ?? '', events, users]);
  },
};
