/** Which filters show, in the timeline, the events that an amount of a month counted. */
import { eventTypeCodes } from '../../../shared/domain/event-types';
import type { Params } from '../../address';
import { bucketEnd } from '../activity/activity-time';
import { demandsOf, narrowed, paramsWithin } from '../activity/click-through';
import type { AmountName, UsageRow } from './usage-amounts';

/** As the view counts them: what Auth0 adds to its limits is one, known or not. */
const isRateLimit = (code: string): boolean => code === 'api_limit' || code === 'api_limit_warning' || code.startsWith('limit_');

/** Null where the types of the log are needed and not known. */
function typesOf(name: AmountName, logTypes: readonly string[] | null): readonly string[] | null {
  switch (name) {
    case 'activeUsers': return [...(demandsOf('logins', 'tenantscope').type ?? []), 'ss'];
    case 'm2mTokens': return ['seccft'];
    case 'rateLimitEvents': return logTypes === null ? null : [...new Set([...eventTypeCodes, ...logTypes])].filter(isRateLimit);
  }
}

/** Said where the timeline may show more than was counted. */
export const amountNotes: Readonly<Record<AmountName, string | null>> = {
  activeUsers: 'Opens the logins and signups of these users',
  m2mTokens: 'Opens the tokens of the month; those for the Management API, which do not count, among them',
  rateLimitEvents: null,
};

export type MonthScope = {
  readonly timeZone: string;
  /** Codes of the event types in the log; null until they are known. */
  readonly logTypes: readonly string[] | null;
};

/** `params` are those of the screen; null where there is nothing to open, the filters leave nothing of it, or its types are not known yet. */
export function paramsBehindAmount(params: Params, name: AmountName, row: Pick<UsageRow, 'month' | 'state' | AmountName>, { timeZone, logTypes }: MonthScope): Params | null {
  const types = typesOf(name, logTypes);
  if (types === null || row.state === 'uncovered' || row[name] === 0) return null;
  const from = Date.parse(row.month);
  return narrowed(paramsWithin(params, { from, to: bucketEnd(from, 'month', timeZone) }, timeZone), { type: types });
}
