/** Every query, by the id of the view it answers. */
import { Failure } from '../../../shared/errors';
import type { Query } from './define-query';
import { activeUsersQuery } from './active-users';
import { activitySummaryQuery } from './activity-summary';
import { auditTimelineQuery } from './audit-timeline';
import { cohortMembersQuery } from './cohort-members';
import { cohortsQuery } from './cohorts';
import { connectionsQuery } from './connections';
import { cumulativeSignupsQuery } from './cumulative-signups';
import { errorsQuery } from './errors';
import { facetsQuery } from './facets';
import { failedLoginsQuery } from './failed-logins';
import { growthQuery } from './growth';
import { loginsQuery } from './logins';
import { m2mTokensQuery } from './m2m-tokens';
import { organizationsQuery } from './organizations';
import { signupsQuery } from './signups';
import { timelineHistogramQuery } from './timeline-histogram';
import { topApplicationsQuery } from './top-applications';
import { topAuthenticationMethodsQuery } from './top-authentication-methods';
import { topBrowsersQuery } from './top-browsers';
import { topConnectionsQuery } from './top-connections';
import { topDevicesQuery } from './top-devices';
import { topEmailDomainsQuery } from './top-email-domains';
import { usageQuery } from './usage';
import { userRetentionQuery } from './user-retention';

export const queries: readonly Query[] = [
  auditTimelineQuery,
  timelineHistogramQuery,
  facetsQuery,
  activitySummaryQuery,
  activeUsersQuery,
  loginsQuery,
  signupsQuery,
  cumulativeSignupsQuery,
  failedLoginsQuery,
  topBrowsersQuery,
  topDevicesQuery,
  topAuthenticationMethodsQuery,
  topApplicationsQuery,
  topConnectionsQuery,
  topEmailDomainsQuery,
  userRetentionQuery,
  cohortsQuery,
  cohortMembersQuery,
  growthQuery,
  organizationsQuery,
  connectionsQuery,
  errorsQuery,
  m2mTokensQuery,
  usageQuery,
];

/** @throws Failure view.unknown */
export function queryOf(viewId: string): Query {
  const query = queries.find(known => known.view.id === viewId);
  if (query === undefined) throw new Failure('view.unknown', { view: viewId });
  return query;
}
