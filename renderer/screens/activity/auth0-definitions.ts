/** How Auth0's own Activity page counts what this screen shows, to stand beside our own definitions. */
import type { SummaryMetric } from '../../../shared/views/activity-summary';
import type { Counted } from './click-through';

const none = 'Auth0’s Activity page does not show this.';
const existing = (what: string): string => `All ${what} that exist in the tenant, whether or not anybody used them in the range.`;

/** @see https://auth0.com/docs/deploy-monitor (the Activity page of the dashboard) */
export const auth0Definitions: Readonly<Record<SummaryMetric | Counted, string>> = {
  'users': existing('users'), 'applications': existing('applications'), 'apis': existing('APIs'), 'connections': existing('connections'), 'organizations': none,
  'logins': none, 'cumulative-signups': none,
  'failedLogins': 'Events of type f alone: wrong passwords (fp) and unknown users (fu) are left out.',
  'failed-logins': 'Events of type f alone: wrong passwords (fp) and unknown users (fu) are left out.',
  'signups': 'Signups on any connection.',
  'activeUsers': 'Unique users with a successful login or token exchange, day by day; silent authentication is left out.',
  'active-users': 'Unique users with a successful login or token exchange, day by day; silent authentication is left out.',
  'user-retention': 'Active users of the range divided by all users of the tenant, those who never came included.',
};
