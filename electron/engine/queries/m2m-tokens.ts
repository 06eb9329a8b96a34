/** Machine-to-machine tokens by application and audience, counted by pairs of dictionary ids. */
import { m2mTokens } from '../../../shared/views/m2m-tokens';
import { applicationGroups } from '../metrics/named-groups';
import { m2mTokenRows } from '../metrics/usage-events';
import { selectRows } from '../columns/select-rows';
import type { Cells, WholeQuery } from './define-query';

export const m2mTokensQuery: WholeQuery = {
  kind: 'whole',
  view: m2mTokens,
  rows: async scope => {
    const { columns, dictionaries } = scope.rows;
    const rows = m2mTokenRows(scope, await selectRows(scope));
    const applications = columns.ids('application');
    const audiences = columns.ids('audience');
    const groups = applicationGroups(scope);
    const counts = new Map<number, number>();
    const width = dictionaries.audience.size;
    for (let index = 0; index < rows.length; index += 1) {
      const row = rows[index] ?? 0;
      const pair = ((groups.groupOf[applications[row] ?? 0] ?? -1) + 1) * width + (audiences[row] ?? 0);
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
    }
    const found: Cells[] = [...counts].map(([pair, tokens]) => {
      const application = groups.all[Math.floor(pair / width) - 1];
      return [application?.id ?? null, application?.name ?? null, dictionaries.audience.entry(pair % width), tokens, tokens / rows.length];
    });
    const limit = Number(scope.params.extra['limit']?.[0] ?? Number.POSITIVE_INFINITY);
    return found.sort((a, b) => Number(b[3]) - Number(a[3]) || (String(a.slice(0, 3)) < String(b.slice(0, 3)) ? -1 : 1)).slice(0, limit);
  },
};
