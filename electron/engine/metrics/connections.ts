/** Counts how logins on each connection went in the time range, against the weeks before it. */
import type { EpochMs } from '../../../shared/domain/ids';
import type { Grouping } from '../columns/by-group';
import { distinctByGroup, latestByGroup } from '../columns/by-group';
import type { Rows } from '../columns/select-rows';
import { keepMasked, maskOf, selectRows } from '../columns/select-rows';
import { askedStretch, knownStretch } from '../columns/series';
import type { Scope } from '../queries/define-query';
import type { Period } from './group-activity';
import { groupActivity, rowBits } from './group-activity';
import { connectionGroups } from './named-groups';
import { quietMs } from './quiet';

export type ConnectionHealth = {
  readonly id: string | null; readonly name: string | null; readonly strategy: string | null; readonly logins: number; readonly failedLogins: number;
  /** 0..1, null where there was no login and no failed one. */
  readonly successRate: number | null; readonly baselineSuccessRate: number | null;
  readonly activeUsers: number; readonly lastSuccessAt: EpochMs | null; readonly lastErrorAt: EpochMs | null; readonly lastError: string | null; readonly quiet: boolean;
};

const baselineMs = 28 * 86_400_000;

/** Most logins first. @throws Failure operation.cancelled */
export async function connectionHealth(scope: Scope): Promise<readonly ConnectionHealth[]> {
  const asked = askedStretch(scope, 'day');
  if (asked === null) return [];
  const { columns, dictionaries } = scope.rows;
  const { all, grouping } = connectionGroups(scope);
  const { from, to } = scope.params.filter;
  const rows = await selectRows(scope, { from: null, to });
  const until = knownStretch(scope, asked).to;
  const { has, countOf, latestOf, members } = await groupActivity(scope, rows, { grouping, edges: { before: asked.from - baselineMs, from: from ?? Number.NEGATIVE_INFINITY, until } });
  const activeUsers = distinctByGroup(members.now, grouping, { ids: columns.ids('user'), size: dictionaries.user.size });
  const strategyOf = strategiesOf(scope, rows, { grouping, until, lastRow: Int32Array.from(all, (_none, group) => latestOf(group, 0)) });
  const at = (row: number): EpochMs | null => columns.occurredAt[row] ?? null;
  return all.flatMap(({ id, name }, group): ConnectionHealth[] => {
    // The dictionary may know connections that no row of the question names.
    if (!has(group)) return [];
    const rateOf = (period: Period): number | null => rate(countOf(group, period, rowBits.login), countOf(group, period, rowBits.failedLogin));
    const lastError = latestOf(group, rowBits.failedLogin);
    return [{
      id, name, strategy: strategyOf(group),
      logins: countOf(group, 'now', rowBits.login), failedLogins: countOf(group, 'now', rowBits.failedLogin), successRate: rateOf('now'), baselineSuccessRate: rateOf('before'),
      activeUsers: activeUsers[group] ?? 0, lastSuccessAt: at(latestOf(group, rowBits.login)), lastErrorAt: at(lastError), lastError: errorText(scope, lastError),
      quiet: (at(latestOf(group, rowBits.activity)) ?? Number.NEGATIVE_INFINITY) < asked.to - quietMs,
    }];
  }).sort(byLogins);
}

const keyOf = ({ id, name }: ConnectionHealth): string => `${name ?? ''} ${id ?? ''}`;
const byLogins = (a: ConnectionHealth, b: ConnectionHealth): number => b.logins - a.logins || b.failedLogins - a.failedLogins || (keyOf(a) < keyOf(b) ? -1 : 1);

const rate = (logins: number, failed: number): number | null => (logins + failed === 0 ? null : logins / (logins + failed));

/** The error's own text, else the event's description. Null also for row -1, which is none. */
function errorText({ rows: { columns, dictionaries } }: Scope, row: number): string | null {
  if (row < 0) return null;
  return dictionaries.error.entry(columns.ids('error')[row] ?? 0) ?? dictionaries.description.entry(columns.ids('description')[row] ?? 0);
}

/** The strategy that the latest event with one names; that is nearly always the latest event. */
function strategiesOf({ rows: { columns, dictionaries } }: Scope, rows: Rows, { grouping, until, lastRow }: { readonly grouping: Grouping; readonly until: EpochMs; readonly lastRow: Int32Array }): (group: number) => string | null {
  const strategies = columns.ids('strategy');
  const { groupOf, ids } = grouping;
  const isOpen = Uint8Array.from(lastRow, row => (row >= 0 && strategies[row] === 0 ? 1 : 0));
  if (!isOpen.includes(1)) return group => dictionaries.strategy.entry(strategies[lastRow[group] ?? -1] ?? 0);
  const ofOpen = keepMasked(rows, ids, Uint8Array.from(groupOf, group => isOpen[group] ?? 0)).filter(row => (columns.occurredAt[row] ?? 0) < until);
  const named = latestByGroup(keepMasked(ofOpen, strategies, maskOf(dictionaries.strategy, () => true)), grouping, columns.occurredAt);
  return group => dictionaries.strategy.entry(strategies[(isOpen[group] === 1 ? named : lastRow)[group] ?? -1] ?? 0);
}
