/** Counts the distinct users who were active in each bucket of a series. */
import { DistinctIds } from '../columns/groups';
import type { Rows } from '../columns/select-rows';
import { keepMasked, maskOf } from '../columns/select-rows';
import type { Series } from '../columns/series';
import { rowsByBucket } from '../columns/series';
import type { Scope } from '../queries/define-query';
import type { EventKind } from './event-kinds';
import { isActivity, isAuth0Activity, isLogin } from './event-kinds';

/** What makes a user active, by the question's `activity` and `definition`; logins are the same in both definitions. */
export function activityOf({ params }: Pick<Scope, 'params'>): EventKind {
  if (params.extra['activity']?.[0] === 'logins') return isLogin;
  return params.extra['definition']?.[0] === 'auth0' ? isAuth0Activity : isActivity;
}

/** One number a bucket, of rows of any kind. @throws Failure operation.cancelled */
export async function activeUsersByBucket(scope: Scope, rows: Rows, { buckets }: Pick<Series, 'buckets'>): Promise<Uint32Array> {
  const { columns, dictionaries } = scope.rows;
  const users = columns.ids('user');
  const active = keepMasked(keepMasked(rows, columns.ids('type'), maskOf(dictionaries.type, activityOf(scope))), users, maskOf(dictionaries.user, () => true));
  await scope.pause();
  const sorted = rowsByBucket(active, columns.occurredAt, buckets);
  await scope.pause();
  const distinct = new DistinctIds(dictionaries.user.size);
  return Uint32Array.from({ length: buckets.count }, (_none, bucket) => distinct.count(sorted.rows.subarray(sorted.offsets[bucket] ?? 0, sorted.offsets[bucket + 1] ?? 0), users));
}
