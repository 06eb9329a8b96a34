/** Which filters show, in the timeline, the events that an amount of a month counted. */
import { eventTypeCodes } from '../../../shared/domain/event-types';
import type { Params } from '../../address';
import { bucketEnd } from '../activity/activity-time';
import { demandsOf, narrowed, paramsWithin } from '../activity/click-through';
import type { AmountName, UsageRow } from './usage-amounts';

const typesOf: Readonly<Record<AmountName, readonly string[]>> = {
  activeUsers: [...(demandsOf('logins', 'tenantscope').type ?? []), 'ss'],
  m2mTokens: ['seccft'],
  rateLimitEvents: eventTypeCodes.filter(code => code === 'api_limit' || code === 'api_limit_warning' || code.startsWith('limit_')),
};

/** Said where the timeline may show more than was counted. */
export const amountNotes: Readonly<Record<AmountName, string | null>> = {
  activeUsers: 'Opens the logins and signups of these users',
  m2mTokens: 'Opens the tokens of the month; those for the Management API, which do not count, among them',
  rateLimitEvents: null,
};

/** `params` are those of the screen; null where there is nothing to open, or the filters leave nothing of it. */
export function paramsBehindAmount(params: Params, name: AmountName, row: Pick<UsageRow, 'month' | 'state' | AmountName>, timeZone: string): Params | null {
  if (row.state === 'uncovered' || row[name] === 0) return null;
  const from = Date.parse(row.month);
  return narrowed(paramsWithin(params, { from, to: bucketEnd(from, 'month', timeZone) }, timeZone), { type: typesOf[name] });
}
