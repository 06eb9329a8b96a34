/** The SQL references of the views of activity over time. */
import type { Extra, Question } from './questions';
import { only } from './questions';
import type { Reference } from './reference';
import { byDay, byGrain } from './reference';

const grainOf = ({ grain }: Question): Extra => only('grain', grain);
const auth0Or = ({ grain, counting }: Question): Extra => ({ ...only('grain', grain), ...only('definition', counting === 'auth0' ? 'auth0' : 'tenantscope') });

const series = (view: string, sql: string, extra: Reference['extra'] = grainOf): Reference => ({ view, sql, grain: byGrain, extra, ranking: null });

const activeByDefinition = `CASE
  WHEN EXISTS (SELECT 1 FROM parameter WHERE name = 'activity' AND value = 'logins') THEN is_login
  WHEN EXISTS (SELECT 1 FROM parameter WHERE name = 'definition' AND value = 'auth0') THEN is_auth0_active
  ELSE is_active END`;

export const logins = series('logins', `
  SELECT b.start AS bucketStart, count(e.seq) AS logins, b.state
  FROM bucket b LEFT JOIN asked_event e ON e.occurred_at >= b.start AND e.occurred_at < b.finish AND e.is_login
  GROUP BY b.number ORDER BY b.number`);

export const signups = series('signups', `
  SELECT b.start AS bucketStart, count(e.seq) AS signups, b.state
  FROM bucket b LEFT JOIN asked_event e ON e.occurred_at >= b.start AND e.occurred_at < b.finish AND e.is_signup
  GROUP BY b.number ORDER BY b.number`);

export const activeUsers = series('active-users', `
  SELECT b.start AS bucketStart, count(DISTINCT e.user_id) AS activeUsers, b.state
  FROM bucket b LEFT JOIN asked_event e ON e.occurred_at >= b.start AND e.occurred_at < b.finish AND ${activeByDefinition}
  GROUP BY b.number ORDER BY b.number`,
question => (question.counting === 'logins' ? { ...grainOf(question), activity: ['logins'] } : auth0Or(question)));

export const cumulativeSignups = series('cumulative-signups', `
  SELECT b.start AS bucketStart, count(DISTINCT e.user_id) AS users, b.state
  FROM bucket b JOIN asked a LEFT JOIN known_event e ON e.occurred_at < min(b.finish, a.finish) AND e.is_signup
  GROUP BY b.number ORDER BY b.number`);

export const failedLogins = series('failed-logins', `
  WITH failure AS (
    SELECT occurred_at, is_blocked_attempt, CASE
      WHEN is_blocked_attempt THEN 'blocked'
      WHEN type IN ('fp', 'fepft') THEN 'wrong password'
      WHEN type = 'fu' THEN 'unknown user'
      WHEN type IN ('f', 'fc') AND strategy NOT IN ('auth0', 'email', 'sms') THEN 'identity provider'
      WHEN type IN ('fco', 'fcoa') THEN 'origin'
      ELSE 'other' END AS reason
    FROM asked_event
    WHERE CASE WHEN EXISTS (SELECT 1 FROM parameter WHERE name = 'definition' AND value = 'auth0') THEN type = 'f' ELSE is_failed_login OR is_blocked_attempt END)
  SELECT b.start AS bucketStart, count(*) FILTER (WHERE reason <> 'blocked') AS total,
    count(*) FILTER (WHERE reason = 'wrong password') AS wrongPassword, count(*) FILTER (WHERE reason = 'unknown user') AS unknownUser,
    count(*) FILTER (WHERE reason = 'identity provider') AS identityProvider, count(*) FILTER (WHERE reason = 'origin') AS origin,
    count(*) FILTER (WHERE reason = 'other') AS other, count(*) FILTER (WHERE reason = 'blocked') AS blocked, b.state
  FROM bucket b LEFT JOIN failure e ON e.occurred_at >= b.start AND e.occurred_at < b.finish
  GROUP BY b.number ORDER BY b.number`, auth0Or);

export const userRetention = series('user-retention', `
  WITH people AS (
    SELECT b.number,
      count(DISTINCT CASE WHEN ${activeByDefinition} AND e.occurred_at >= max(a.start, b.start) THEN e.user_id END) AS active,
      count(DISTINCT e.user_id) AS known
    FROM bucket b JOIN asked a LEFT JOIN known_event e ON e.occurred_at < min(b.finish, a.finish)
    GROUP BY b.number)
  SELECT b.start AS bucketStart, p.active AS activeUsers, p.known AS knownUsers, CASE WHEN p.known > 0 THEN 1.0 * p.active / p.known END AS share, b.state
  FROM bucket b JOIN people p USING (number) ORDER BY b.number`, auth0Or);

export const timelineHistogram = series('timeline-histogram', `
  SELECT b.start AS bucketStart, count(*) FILTER (WHERE e.outcome = 'success') AS success, count(*) FILTER (WHERE e.outcome = 'failure') AS failure,
    count(*) FILTER (WHERE e.outcome = 'blocked') AS blocked, count(*) FILTER (WHERE e.outcome = 'warning') AS warning, count(*) FILTER (WHERE e.outcome = 'info') AS info,
    count(e.seq) AS total, b.state
  FROM bucket b LEFT JOIN asked_event e ON e.occurred_at >= b.start AND e.occurred_at < b.finish
  GROUP BY b.number ORDER BY b.number`);

export const activitySummary: Reference = {
  view: 'activity-summary', grain: byDay, extra: () => ({}), ranking: null,
  sql: `
  WITH stretch AS (
      SELECT 'value' AS name, coalesce(b.start, -1e15) AS start, coalesce(b.finish, 1e15) AS finish FROM bounds b UNION ALL SELECT 'previous', previous_start, start FROM asked WHERE is_previous_covered),
    figures AS (
      SELECT s.name, count(DISTINCT e.user_id) AS users, count(DISTINCT e.application_key) AS applications, count(DISTINCT e.audience) AS apis, count(DISTINCT e.connection_key) AS connections,
        count(DISTINCT e.organization_id) AS organizations, count(*) FILTER (WHERE e.is_login) AS logins, count(*) FILTER (WHERE e.is_failed_login) AS failed,
        count(*) FILTER (WHERE e.is_signup) AS signups, count(DISTINCT CASE WHEN e.is_active THEN e.user_id END) AS active
      FROM stretch s LEFT JOIN filtered_event e ON e.occurred_at >= s.start AND e.occurred_at < s.finish GROUP BY s.name),
    metric (place, metric) AS (
      VALUES (1, 'users'), (2, 'applications'), (3, 'apis'), (4, 'connections'), (5, 'organizations'), (6, 'logins'), (7, 'failedLogins'), (8, 'signups'), (9, 'activeUsers')),
    figure AS (
      SELECT name, place, CASE place WHEN 1 THEN users WHEN 2 THEN applications WHEN 3 THEN apis WHEN 4 THEN connections WHEN 5 THEN organizations
        WHEN 6 THEN logins WHEN 7 THEN failed WHEN 8 THEN signups ELSE active END AS count
      FROM figures JOIN metric)
  SELECT metric, coalesce(max(CASE WHEN name = 'value' THEN count END), 0) AS value, max(CASE WHEN name = 'previous' THEN count END) AS previous
  FROM metric LEFT JOIN figure USING (place) GROUP BY place ORDER BY place`,
};
