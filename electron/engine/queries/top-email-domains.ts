/** E-mail domains by successful logins and signups. */
import { topEmailDomains } from '../../../shared/views/top-email-domains';
import { isLogin, isSignup } from '../metrics/event-kinds';
import { askedRows, rankGroups, textGrouping } from '../metrics/rank';
import type { WholeQuery } from './define-query';

/** What stands behind the last `@`; a telephone number or a name has none. */
function domainOf(userName: string): string | null {
  const at = userName.lastIndexOf('@');
  const domain = userName.slice(at + 1).trim().toLowerCase();
  return at <= 0 || domain === '' ? null : domain;
}

export const topEmailDomainsQuery: WholeQuery = {
  kind: 'whole',
  view: topEmailDomains,
  rows: async scope => {
    const { columns, dictionaries } = scope.rows;
    const { grouping, texts } = textGrouping(columns.ids('userName'), dictionaries.userName, domainOf);
    const ranked = rankGroups(scope, await askedRows(scope, type => isLogin(type) || isSignup(type)), grouping, group => texts[group] ?? '');
    return ranked.map(({ group, events, users }) => [texts[group] ?? '', texts[group] ?? '', events, users]);
  },
};
