/** Which event types a metric counts, each set stated once. */
import type { EventType } from '../../../shared/domain/event-types';
import { blockedAttemptCodes } from '../../../shared/domain/failure-reasons';

export type EventKind = (type: EventType) => boolean;

/** A login that succeeded; the password grant (`sepft`) is one, though Auth0 files it under token exchange. */
export const isLogin: EventKind = type => (type.category === 'login' && type.outcome === 'success') || type.code === 'sepft';

/** A login that failed; the password grant (`fepft`) is one. Blocked attempts are not failures. */
export const isFailedLogin: EventKind = type => (type.category === 'login' && type.outcome === 'failure') || type.code === 'fepft';

export const isSignup: EventKind = type => type.code === 'ss';

/** What shows that a user is active: a login, a token exchange or a silent authentication that succeeded. */
export const isActivity: EventKind = type =>
  type.outcome === 'success' && (type.category === 'login' || type.category === 'token_exchange' || type.category === 'silent_auth');

/** Auth0's Activity page counts logins and token exchanges. */
export const isAuth0Activity: EventKind = type => type.outcome === 'success' && (type.category === 'login' || type.category === 'token_exchange');

/** Attack protection that turned an attempt away. */
export const isBlockedAttempt: EventKind = type => blockedAttemptCodes.includes(type.code);

/** A token for a machine. */
export const isM2mToken: EventKind = type => type.code === 'seccft';

export const isRateLimitEvent: EventKind = type => type.code === 'api_limit' || type.code === 'api_limit_warning' || type.code.startsWith('limit_');
