/** Every view, by its id. */
import type { View } from './define-view';
import { activeUsers } from './active-users';
import { activitySummary } from './activity-summary';
import { auditTimeline } from './audit-timeline';
import { cohortMembers } from './cohort-members';
import { cohorts } from './cohorts';
import { connections } from './connections';
import { cumulativeSignups } from './cumulative-signups';
import { errors } from './errors';
import { facets } from './facets';
import { failedLogins } from './failed-logins';
import { growth } from './growth';
import { logins } from './logins';
import { m2mTokens } from './m2m-tokens';
import { organizations } from './organizations';
import { signups } from './signups';
import { timelineHistogram } from './timeline-histogram';
import { topApplications } from './top-applications';
import { topAuthenticationMethods } from './top-authentication-methods';
import { topBrowsers } from './top-browsers';
import { topConnections } from './top-connections';
import { topDevices } from './top-devices';
import { topEmailDomains } from './top-email-domains';
import { usage } from './usage';
import { userRetention } from './user-retention';

export const views: readonly View[] = [
  auditTimeline,
  timelineHistogram,
  facets,
  activitySummary,
  activeUsers,
  logins,
  signups,
  cumulativeSignups,
  failedLogins,
  topBrowsers,
  topDevices,
  topAuthenticationMethods,
  topApplications,
  topConnections,
  topEmailDomains,
  userRetention,
  cohorts,
  cohortMembers,
  growth,
  organizations,
  connections,
  errors,
  m2mTokens,
  usage,
];

export const findView = (id: string): View | undefined => views.find(view => view.id === id);
