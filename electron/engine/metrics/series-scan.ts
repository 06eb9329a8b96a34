/** The scans that views over time are made of: counts of events, and distinct users, one bucket after the other. */
import type { EpochMs } from '../../../shared/domain/ids';
import type { Rows } from '../columns/select-rows';
import { keepMasked, maskOf, selectRows } from '../columns/select-rows';
import type { Series } from '../columns/series';
import { countByBucket, distinctByBucket, seriesOf } from '../columns/series';
import type { Scope } from '../queries/define-query';
import type { EventKind } from './event-kinds';
import { isActivity, isAuth0Activity, isLogin } from './event-kinds';

/** The series that a view's `grain` asks for. */
export const askedSeries = (scope: Scope): Series => seriesOf(scope, scope.params.filter.grain ?? 'day');

export const rowsOfKind = (scope: Scope, rows: Rows, kind: EventKind): Rows => keepMasked(rows, scope.rows.columns.ids('type'), maskOf(scope.rows.dictionaries.type, kind));

/** Rows of the asked stretch, of one kind of event. */
export async function selectKind(scope: Scope, { asked }: Series, kind: EventKind): Promise<Rows> {
  return asked === null ? new Uint32Array() : rowsOfKind(scope, await selectRows(scope, asked), kind);
}

export const countEvents = (scope: Scope, series: Series, rows: Rows): Uint32Array => countByBucket(rows, scope.rows.columns.occurredAt, series.buckets);

/** Rows from an instant on. */
export function rowsFrom(rows: Rows, occurredAt: Float64Array, from: EpochMs): Rows {
  const kept = new Uint32Array(rows.length);
  let count = 0;
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? 0;
    kept[count] = row;
    count += (occurredAt[row] ?? 0) >= from ? 1 : 0;
  }
  return kept.subarray(0, count);
}

/** Distinct users of the rows in each bucket. */
export function distinctUsers({ rows: { columns, dictionaries } }: Scope, { buckets }: Pick<Series, 'buckets'>, rows: Rows): readonly number[] {
  return distinctByBucket(rows, { occurredAt: columns.occurredAt, ids: columns.ids('user'), size: dictionaries.user.size }, buckets);
}

/** For each bucket, the distinct users of the rows that occurred before its end. The rows must reach back to the start of the archive. */
export function usersSoFar(scope: Scope, { buckets }: Series, rows: Rows): readonly number[] {
  const first = firstInstants(scope, rows);
  const arriving = new Uint32Array(buckets.count);
  let before = 0;
  const start = buckets.startOf(0);
  let near = 0;
  for (let user = 0; user < first.length; user += 1) {
    const at = first[user] ?? 0;
    if (at < start) before += 1;
    const bucket = buckets.indexOf(at, near);
    if (bucket < 0) continue;
    near = bucket;
    arriving[bucket] = (arriving[bucket] ?? 0) + 1;
  }
  let total = before;
  return Array.from(arriving, count => (total += count));
}

/** The first instant of each user id among the rows, Infinity where there is none. Id 0 is nobody. */
function firstInstants(scope: Scope, rows: Rows): Float64Array {
  const { columns, dictionaries } = scope.rows;
  const { occurredAt } = columns;
  const users = columns.ids('user');
  const first = new Float64Array(dictionaries.user.size).fill(Number.POSITIVE_INFINITY);
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? 0;
    const user = users[row] ?? 0;
    const at: EpochMs = occurredAt[row] ?? 0;
    if (at < (first[user] ?? 0)) first[user] = at;
  }
  first[0] = Number.POSITIVE_INFINITY;
  return first;
}

/** What makes a user active, by the parameters `activity` and `definition`. */
export function activityKind(scope: Scope): EventKind {
  if (scope.params.extra['activity']?.[0] === 'logins') return isLogin;
  return isAuth0Definition(scope) ? isAuth0Activity : isActivity;
}

export const isAuth0Definition = (scope: Scope): boolean => scope.params.extra['definition']?.[0] === 'auth0';
