/** The log events that a plan limits, found among rows. */
import type { IdMask, Rows } from '../columns/select-rows';
import { keepMasked, maskOf } from '../columns/select-rows';
import type { Scope } from '../queries/define-query';
import { isLogin, isM2mToken, isRateLimitEvent, isSignup } from './event-kinds';

/** Tokens for the tenant's own Management API are not billed. */
const managementAudience = /\/api\/v2\/$/;

/** A token whose audience the log does not tell is counted: better too high than a bill that surprises. */
function billedAudiences({ rows: { dictionaries } }: Scope): IdMask {
  const billed = maskOf(dictionaries.audience, audience => !managementAudience.test(audience));
  billed[0] = 1;
  return billed;
}

export function m2mTokenRows(scope: Scope, rows: Rows): Rows {
  const { columns, dictionaries } = scope.rows;
  return keepMasked(keepMasked(rows, columns.ids('type'), maskOf(dictionaries.type, isM2mToken)), columns.ids('audience'), billedAudiences(scope));
}

/** Rows that a plan limits. `billedActivity`: logins and signups that succeeded; whoever has one in a month is an active user of that month. */
export type PlanRows = { readonly billedActivity: Rows; readonly m2mTokens: Rows; readonly rateLimits: Rows };

const bits = { billedActivity: 1, m2mToken: 2, rateLimit: 4 } as const;

/** All three in one pass, each in the order of the rows. */
export function planRows(scope: Scope, rows: Rows): PlanRows {
  const { columns, dictionaries } = scope.rows;
  const typeBits = Uint8Array.from(dictionaries.type.entries, type => (type === null ? 0
    : (isLogin(type) || isSignup(type) ? bits.billedActivity : 0) | (isM2mToken(type) ? bits.m2mToken : 0) | (isRateLimitEvent(type) ? bits.rateLimit : 0)));
  const billed = billedAudiences(scope);
  const [types, audiences] = [columns.ids('type'), columns.ids('audience')];
  const [active, tokens, limits] = [new Uint32Array(rows.length), new Uint32Array(rows.length), new Uint32Array(rows.length)];
  let [activeCount, tokenCount, limitCount] = [0, 0, 0];
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? 0;
    const found = typeBits[types[row] ?? 0] ?? 0;
    active[activeCount] = row;
    tokens[tokenCount] = row;
    limits[limitCount] = row;
    activeCount += found & 1;
    tokenCount += (found >> 1) & (billed[audiences[row] ?? 0] ?? 0);
    limitCount += found >> 2;
  }
  return { billedActivity: active.subarray(0, activeCount), m2mTokens: tokens.subarray(0, tokenCount), rateLimits: limits.subarray(0, limitCount) };
}
