/** Counts how logins on each connection went in the time range, against the weeks before it. */
import type { EpochMs } from '../../../shared/domain/ids';
import type { Grouping } from '../columns/by-group';
import { countByGroup, distinctByGroup, keepGrouped, latestByGroup, splitAt } from '../columns/by-group';
import type { Rows } from '../columns/select-rows';
import { keepMasked, maskOf, selectRows } from '../columns/select-rows';
import { askedStretch } from '../columns/series';
import type { Scope } from '../queries/define-query';
import type { EventKind } from './event-kinds';
import { isActivity, isFailedLogin, isLogin } from './event-kinds';
import { connectionGroups } from './named-groups';
import { quietMs } from './quiet';
import { rowsOfKind } from './series-scan';

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
  const { occurredAt } = columns;
  const { groupOf, all } = connectionGroups(dictionaries);
  const grouping: Grouping = { ids: columns.ids('connection'), groupOf, count: all.length };
  const rows = keepGrouped(await selectRows(scope, { from: null, to: asked.to }), grouping);
  await scope.pause();
  const lastRow = latestByGroup(rows, grouping, occurredAt);
  const strategyOf = strategiesOf(scope, rows, { grouping, lastRow });
  await scope.pause();
  const scan: Scan = { rows, grouping, from: asked.from };
  const [logins, failed, activity] = [countsOf(scope, scan, isLogin), countsOf(scope, scan, isFailedLogin), activityOf(scope, scan)];
  const at = (row: number | undefined): EpochMs | null => occurredAt[row ?? -1] ?? null;
  return all.flatMap(({ id, name }, group): ConnectionHealth[] => {
    // The dictionary may know connections that no row of the question names.
    const row = lastRow[group] ?? -1;
    if (row < 0) return [];
    return [{
      id, name: dictionaries.connection.entry(grouping.ids[row] ?? 0)?.name ?? name,
      strategy: strategyOf(group), logins: logins.now[group] ?? 0, failedLogins: failed.now[group] ?? 0,
      successRate: rate(logins.now[group] ?? 0, failed.now[group] ?? 0), baselineSuccessRate: rate(logins.before[group] ?? 0, failed.before[group] ?? 0),
      activeUsers: activity.users[group] ?? 0, lastSuccessAt: at(logins.latest[group]), lastErrorAt: at(failed.latest[group]), lastError: errorText(scope, failed.latest[group] ?? -1),
      quiet: (at(activity.latest[group]) ?? Number.NEGATIVE_INFINITY) < asked.to - quietMs,
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
function strategiesOf({ rows: { columns, dictionaries } }: Scope, rows: Rows, { grouping, lastRow }: { readonly grouping: Grouping; readonly lastRow: Int32Array }): (group: number) => string | null {
  const strategies = columns.ids('strategy');
  const { groupOf, ids } = grouping;
  const isOpen = Uint8Array.from(lastRow, row => (row >= 0 && strategies[row] === 0 ? 1 : 0));
  if (!isOpen.includes(1)) return group => dictionaries.strategy.entry(strategies[lastRow[group] ?? -1] ?? 0);
  const ofOpen = keepMasked(rows, ids, Uint8Array.from(groupOf, group => isOpen[group] ?? 0));
  const named = latestByGroup(keepMasked(ofOpen, strategies, maskOf(dictionaries.strategy, () => true)), grouping, columns.occurredAt);
  return group => dictionaries.strategy.entry(strategies[(isOpen[group] === 1 ? named : lastRow)[group] ?? -1] ?? 0);
}

/** `rows`: all of connections before the time range's end; `from`: its start. */
type Scan = { readonly rows: Rows; readonly grouping: Grouping; readonly from: EpochMs };
type Counts = { readonly now: Uint32Array; readonly before: Uint32Array; readonly latest: Int32Array };

/** In the time range, in the weeks before it, and the latest row. */
function countsOf(scope: Scope, { rows, grouping, from }: Scan, kind: EventKind): Counts {
  const { occurredAt } = scope.rows.columns;
  const counted = rowsOfKind(scope, rows, kind);
  const [earlier, now] = splitAt(counted, occurredAt, from);
  return { now: countByGroup(now, grouping), before: countByGroup(splitAt(earlier, occurredAt, from - baselineMs)[1], grouping), latest: latestByGroup(counted, grouping, occurredAt) };
}

function activityOf(scope: Scope, { rows, grouping, from }: Scan): { readonly users: Uint32Array; readonly latest: Int32Array } {
  const { columns, dictionaries } = scope.rows;
  const active = rowsOfKind(scope, rows, isActivity);
  const now = splitAt(active, columns.occurredAt, from)[1];
  return {
    users: distinctByGroup(now, grouping, { ids: columns.ids('user'), size: dictionaries.user.size }),
    latest: latestByGroup(active, grouping, columns.occurredAt),
  };
}
