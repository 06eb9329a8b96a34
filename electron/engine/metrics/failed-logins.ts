/** Counts failed logins in each bucket by their reason. */
import type { EventType } from '../../../shared/domain/event-types';
import { codesOfReason, failureReasons, ownStrategies } from '../../../shared/domain/failure-reasons';
import type { FailureReason } from '../../../shared/domain/failure-reasons';
import { keepMasked, maskOf, selectRows } from '../columns/select-rows';
import type { Series } from '../columns/series';
import type { Scope } from '../queries/define-query';
import { isBlockedAttempt, isFailedLogin } from './event-kinds';
import { isAuth0Definition } from './series-scan';

const reasonOfCode: ReadonlyMap<string, FailureReason> = new Map(Object.entries(codesOfReason).flatMap(([reason, codes]) => codes.map(code => [code, reason as FailureReason] as const)));

const provider = failureReasons.indexOf('identityProvider');
const other = failureReasons.indexOf('other');
/** Blocked attempts stand behind the reasons, and are none. */
const blocked = failureReasons.length;
const width = failureReasons.length + 1;

function placeOf(type: EventType): number {
  return isBlockedAttempt(type) ? blocked : failureReasons.indexOf(reasonOfCode.get(type.code) ?? 'other');
}

/** `counts`: for each bucket `width` numbers, those of `failureReasons` and then blocked attempts. @throws Failure operation.cancelled */
export async function failedLoginCounts(scope: Scope, { asked, buckets }: Series): Promise<{ readonly counts: Uint32Array; readonly width: number }> {
  const counts = new Uint32Array(buckets.count * width);
  if (asked === null) return { counts, width };
  const { columns, dictionaries } = scope.rows;
  const isCounted = (type: EventType): boolean => (isAuth0Definition(scope) ? type.code === 'f' : isFailedLogin(type) || isBlockedAttempt(type));
  const types = columns.ids('type');
  const rows = keepMasked(await selectRows(scope, asked), types, maskOf(dictionaries.type, isCounted));
  await scope.pause();
  const places = Uint8Array.from(dictionaries.type.entries, type => (type === null ? other : placeOf(type)));
  const isForeign = maskOf(dictionaries.strategy, strategy => !ownStrategies.includes(strategy));
  const strategies = columns.ids('strategy');
  const { occurredAt } = columns;
  let near = 0;
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? 0;
    const bucket = buckets.indexOf(occurredAt[row] ?? 0, near);
    if (bucket < 0) continue;
    near = bucket;
    const place = places[types[row] ?? 0] ?? other;
    const cell = bucket * width + (place === provider && isForeign[strategies[row] ?? 0] !== 1 ? other : place);
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  return { counts, width };
}
