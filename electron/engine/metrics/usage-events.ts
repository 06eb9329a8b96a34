/** The log events that a plan limits, found among rows. */
import type { Rows } from '../columns/select-rows';
import { keepMasked, maskOf } from '../columns/select-rows';
import type { Scope } from '../queries/define-query';
import { isLogin, isM2mToken, isRateLimitEvent, isSignup } from './event-kinds';

/** Tokens for the tenant's own Management API are not billed. */
const managementAudience = /\/api\/v2\/$/;

export function m2mTokenRows(scope: Scope, rows: Rows): Rows {
  const { columns, dictionaries } = scope.rows;
  const tokens = keepMasked(rows, columns.ids('type'), maskOf(dictionaries.type, isM2mToken));
  const billed = maskOf(dictionaries.audience, audience => !managementAudience.test(audience));
  // A token whose audience the log does not tell is counted: better too high than a bill that surprises.
  billed[0] = 1;
  return keepMasked(tokens, columns.ids('audience'), billed);
}

export function rateLimitRows(scope: Scope, rows: Rows): Rows {
  return keepMasked(rows, scope.rows.columns.ids('type'), maskOf(scope.rows.dictionaries.type, isRateLimitEvent));
}

/** Logins and signups that succeeded: whoever has one in a month is an active user of that month. */
export function billedActivityRows(scope: Scope, rows: Rows): Rows {
  return keepMasked(rows, scope.rows.columns.ids('type'), maskOf(scope.rows.dictionaries.type, type => isLogin(type) || isSignup(type)));
}
