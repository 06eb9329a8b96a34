/** Which filters show, in the timeline, exactly the events that a number of the activity screen counted. */
import { eventTypeCodes, eventTypeOf } from '../../../shared/domain/event-types';
import type { EventCategory, Outcome } from '../../../shared/domain/event-types';
import { changeParams } from '../../address';
import type { Params } from '../../address';
import { filterFields, rangeChanges } from '../../filters';
import type { FilterField } from '../../filters';
import { rangeText } from './activity-time';
import type { AskedSpan, Span } from './activity-time';

export type Counted = 'logins' | 'failed-logins' | 'signups' | 'active-users' | 'user-retention' | 'cumulative-signups';
export type Definition = 'tenantscope' | 'auth0';

export type Demands = Partial<Readonly<Record<FilterField, readonly string[]>>>;

const typesOf = (category: EventCategory, outcome: Outcome): readonly string[] =>
  eventTypeCodes.filter(code => { const type = eventTypeOf(code); return type.category === category && type.outcome === outcome; });

/** The password grant is a login by what it does, and a token exchange by its category. */
const loginTypes = (): readonly string[] => [...typesOf('login', 'success'), 'sepft'];
const failedLoginTypes = (): readonly string[] => [...typesOf('login', 'failure'), 'fepft'];

const active = (definition: Definition): Demands => ({
  outcome: ['success'], category: definition === 'auth0' ? ['login', 'token_exchange'] : ['login', 'token_exchange', 'silent_auth'],
});

/** What an event must be to be counted. */
export function demandsOf(counted: Counted, definition: Definition): Demands {
  switch (counted) {
    case 'logins': return { type: loginTypes() };
    case 'failed-logins': return { type: definition === 'auth0' ? ['f'] : failedLoginTypes() };
    case 'signups': case 'cumulative-signups': return { type: ['ss'] };
    case 'active-users': case 'user-retention': return active(definition);
  }
}

const shared: readonly string[] = [...filterFields, 'exclude', 'q', 'range', 'from', 'to', 'timeZone'];

/** Filters, range and time zone: what every screen of a tenant reads. */
export const sharedParams = (params: Params): Params => Object.fromEntries(Object.entries(params).filter(([name]) => shared.includes(name)));

/** What both a filter and a definition let through; null where that is nothing. */
export function narrowed(params: Params, demands: Demands): Params | null {
  let result = params;
  for (const [field, wanted] of Object.entries(demands)) {
    const given = params[field];
    const both = given === undefined || given.length === 0 ? wanted : given.filter(value => wanted.includes(value));
    if (both.length === 0) return null;
    result = changeParams(result, { [field]: both });
  }
  return result;
}

export type Behind = {
  readonly counted: Counted;
  readonly definition: Definition;
  /** Null: the range of the screen as it is. `from` null: from the archive's start. */
  readonly span: { readonly from: number | null; readonly to: number } | null;
  readonly timeZone: string;
};

/** Parameters of the timeline for what lies behind a number; null where the filters leave nothing of it. */
export function paramsBehind(params: Params, { counted, definition, span, timeZone }: Behind): Params | null {
  return narrowed(span === null ? sharedParams(params) : paramsWithin(params, span, timeZone), demandsOf(counted, definition));
}

/** The filters of a screen within a stretch of time of their own. */
export function paramsWithin(params: Params, { from, to }: NonNullable<Behind['span']>, timeZone: string): Params {
  const range = rangeChanges({ kind: 'absolute', from: from === null ? null : rangeText(from, timeZone), to: rangeText(to, timeZone) });
  return changeParams(sharedParams(params), range);
}

/** A bucket, as far as the question reaches. */
export const clipped = (bucket: { readonly startAt: number; readonly endAt: number }, asked: AskedSpan | null): Span =>
  ({ from: Math.max(bucket.startAt, asked?.from ?? bucket.startAt), to: Math.min(bucket.endAt, asked?.to ?? bucket.endAt) });
