/** Kinds of device by successful logins. */
import { topDevices } from '../../../shared/views/top-devices';
import { askedRows, rankGroups, textGrouping } from '../metrics/rank';
import type { WholeQuery } from './define-query';

export const topDevicesQuery: WholeQuery = {
  kind: 'whole',
  view: topDevices,
  rows: async scope => {
    const { columns, dictionaries } = scope.rows;
    const { grouping, texts } = textGrouping(columns.ids('userAgent'), dictionaries.userAgent, ({ device }) => device);
    const ranked = rankGroups(scope, await askedRows(scope), grouping, group => texts[group] ?? '');
    return ranked.map(({ group, events, users }) => [texts[group] ?? '', texts[group] ?? '', events, users]);
  },
};
