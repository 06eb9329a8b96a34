/** The SQL reference of every metric. */
import { activeUsers, activitySummary, cumulativeSignups, failedLogins, logins, signups, timelineHistogram, userRetention } from './activity';
import { connections, errors, organizations } from './customers';
import { cohortMembers, cohorts, growth } from './people';
import { facets, topApplications, topAuthenticationMethods, topBrowsers, topConnections, topDevices, topEmailDomains } from './rankings';
import { m2mTokens, usage } from './usage';
import type { Reference } from './reference';

export const references: readonly Reference[] = [
  activitySummary, activeUsers, logins, signups, cumulativeSignups, failedLogins, userRetention,
  topBrowsers, topDevices, topAuthenticationMethods, topApplications, topConnections, topEmailDomains,
  organizations, connections, errors, growth, cohorts, cohortMembers, m2mTokens, usage, timelineHistogram, facets,
];
