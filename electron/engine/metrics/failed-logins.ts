/** Counts failed logins in each bucket by their reason. */
import type { EventType } from '../../../shared/domain/event-types';
import { keepMasked, maskOf, selectRows } from '../columns/select-rows';
import type { Series } from '../columns/series';
import { seriesOf } from '../columns/series';
import type { Scope } from '../queries/define-query';
import { isBlockedAttempt, isFailedLogin } from './event-kinds';

export const failureReasons = ['wrongPassword', 'unknownUser', 'identityProvider', 'origin', 'other', 'blocked'] as const;
export type FailureReason = (typeof failureReasons)[number];

/** `countOf`: `blocked` is not a failure. */
export type FailedLogins = Pick<Series, 'buckets' | 'stateOf'> & { readonly countOf: (bucket: number, reason: FailureReason) => number };

const byCode: Readonly<Record<string, FailureReason>> = {
  fp: 'wrongPassword', fepft: 'wrongPassword', fu: 'unknownUser', f: 'identityProvider', fc: 'identityProvider', fco: 'origin', fcoa: 'origin',
};

/** Where Auth0 itself checks the user, nobody else can have refused. */
const ownStrategies: readonly string[] = ['auth0', 'email', 'sms'];

const otherReason = failureReasons.indexOf('other');
const providerReason = failureReasons.indexOf('identityProvider');

function reasonOf(type: EventType): number {
  if (isBlockedAttempt(type)) return failureReasons.indexOf('blocked');
  return failureReasons.indexOf(Object.hasOwn(byCode, type.code) ? (byCode[type.code] ?? 'other') : 'other');
}

/** Days where the question gives no grain. @throws Failure view.param-invalid, operation.cancelled */
export async function failedLoginsByBucket(scope: Scope): Promise<FailedLogins> {
  const { buckets, stateOf } = seriesOf(scope, scope.params.filter.grain ?? 'day');
  const { columns, dictionaries } = scope.rows;
  const isAuth0 = scope.params.extra['definition']?.[0] === 'auth0';
  const isCounted = (type: EventType): boolean => (isAuth0 ? type.code === 'f' : isFailedLogin(type) || isBlockedAttempt(type));
  const types = columns.ids('type');
  const rows = keepMasked(await selectRows(scope), types, maskOf(dictionaries.type, isCounted));
  await scope.pause();
  const reasons = Uint8Array.from(dictionaries.type.entries, type => (type === null ? otherReason : reasonOf(type)));
  const isForeign = maskOf(dictionaries.strategy, strategy => !ownStrategies.includes(strategy));
  const strategies = columns.ids('strategy');
  const { occurredAt } = columns;
  const counts = new Uint32Array(buckets.count * failureReasons.length);
  let near = 0;
  for (const row of rows) {
    const bucket = buckets.indexOf(occurredAt[row] ?? 0, near);
    if (bucket < 0) continue;
    near = bucket;
    const given = reasons[types[row] ?? 0] ?? otherReason;
    const reason = given === providerReason && isForeign[strategies[row] ?? 0] !== 1 ? otherReason : given;
    const cell = bucket * failureReasons.length + reason;
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  return { buckets, stateOf, countOf: (bucket, reason) => counts[bucket * failureReasons.length + failureReasons.indexOf(reason)] ?? 0 };
}
