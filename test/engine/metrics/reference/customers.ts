/** The SQL references of organizations, connections and what failed on them. */
import { only } from './questions';
import type { Reference } from './reference';
import { byDay } from './reference';

const shared: Pick<Reference, 'grain' | 'extra'> = { grain: byDay, extra: ({ limit }) => only('limit', limit) };
/** Nobody was active in so long before the end. */
const quietMs = '30 * 86400000';

export const organizations: Reference = {
  ...shared, view: 'organizations', ranking: { largest: 'activeMembers', within: null, limit: 'given' },
  sql: `
  WITH known AS (
      SELECT e.*, coalesce(e.occurred_at >= b.start, 1) AS is_asked, e.occurred_at < a.start AND e.occurred_at >= a.previous_start AS is_previous, e.is_active AND e.user_id IS NOT NULL AS is_visit,
        e.occurred_at < max(c.now + 86400001, a.finish) AS is_known
      FROM filtered_event e JOIN asked a JOIN clock c JOIN bounds b ON coalesce(e.occurred_at < b.finish, 1) WHERE e.organization_id IS NOT NULL),
    last AS (SELECT organization_id, max(occurred_at) FILTER (WHERE is_visit AND is_known) AS at FROM known GROUP BY organization_id)
  SELECT k.organization_id AS organizationId,
    (SELECT n.name FROM names_of n WHERE n.kind = 'organization' AND n.id = k.organization_id) AS organizationName,
    count(DISTINCT CASE WHEN k.is_visit AND k.is_asked THEN k.user_id END) AS activeMembers,
    CASE WHEN a.is_previous_covered THEN count(DISTINCT CASE WHEN k.is_visit AND k.is_previous THEN k.user_id END) END AS previousActiveMembers,
    count(*) FILTER (WHERE k.is_login AND k.is_asked) AS logins, count(*) FILTER (WHERE k.is_failed_login AND k.is_asked) AS failedLogins, l.at AS lastActivityAt,
    (SELECT json_group_array(name) FROM (
      SELECT DISTINCT coalesce(c.name, c.id) AS name FROM names_of c JOIN known u ON u.connection_key = c.key WHERE c.kind = 'connection' AND u.organization_id = k.organization_id AND u.is_asked ORDER BY name)) AS connections,
    coalesce(l.at < a.finish - ${quietMs}, 1) AS quiet
  FROM known k JOIN last l USING (organization_id) JOIN asked a GROUP BY k.organization_id ORDER BY activeMembers DESC`,
};

export const connections: Reference = {
  ...shared, view: 'connections', ranking: { largest: 'logins', within: null, limit: 'given' },
  sql: `
  WITH known AS (
      SELECT e.*, coalesce(e.occurred_at >= b.start, 1) AS is_asked, coalesce(e.occurred_at < b.start AND e.occurred_at >= b.start - 28 * 86400000, 0) AS is_baseline, coalesce(e.error, e.description) AS error_text,
        e.occurred_at < max(c.now + 86400001, a.finish) AS is_known
      FROM filtered_event e JOIN asked a JOIN clock c JOIN bounds b ON coalesce(e.occurred_at < b.finish, 1) WHERE e.connection_key IS NOT NULL),
    figures AS (
      SELECT connection_key, connection_id, count(*) FILTER (WHERE is_login AND is_asked) AS logins, count(*) FILTER (WHERE is_failed_login AND is_asked) AS failed,
        count(*) FILTER (WHERE is_login AND is_baseline) AS earlier_logins, count(*) FILTER (WHERE is_failed_login AND is_baseline) AS earlier_failed,
        count(DISTINCT CASE WHEN is_active AND is_asked THEN user_id END) AS active, max(occurred_at) FILTER (WHERE is_login AND is_known) AS last_login,
        max(occurred_at) FILTER (WHERE is_failed_login AND is_known) AS last_failed, max(occurred_at) FILTER (WHERE is_active AND is_known) AS last_active
      FROM known GROUP BY connection_key)
  SELECT f.connection_id AS connectionId,
    (SELECT n.name FROM names_of n WHERE n.kind = 'connection' AND n.key = f.connection_key) AS connection,
    (SELECT n.strategy FROM known n WHERE n.connection_key = f.connection_key AND n.strategy IS NOT NULL AND n.is_known ORDER BY n.occurred_at DESC, n.seq DESC LIMIT 1) AS strategy,
    logins, failed AS failedLogins, CASE WHEN logins + failed > 0 THEN 1.0 * logins / (logins + failed) END AS successRate,
    CASE WHEN earlier_logins + earlier_failed > 0 THEN 1.0 * earlier_logins / (earlier_logins + earlier_failed) END AS baselineSuccessRate,
    active AS activeUsers, last_login AS lastSuccessAt, last_failed AS lastErrorAt,
    (SELECT n.error_text FROM known n WHERE n.connection_key = f.connection_key AND n.is_failed_login AND n.is_known ORDER BY n.occurred_at DESC, n.seq DESC LIMIT 1) AS lastError,
    coalesce(last_active < a.finish - ${quietMs}, 1) AS quiet
  FROM figures f JOIN asked a ORDER BY logins DESC`,
};

export const errors: Reference = {
  ...shared, view: 'errors', ranking: { largest: 'events', within: null, limit: 'given' },
  sql: `
  WITH failure AS (
    SELECT *, coalesce(error, description) AS error_text, coalesce(connection_name, connection_id) AS connection, coalesce(application_name, application_id) AS application FROM listed_event WHERE outcome = 'failure')
  SELECT f.type, f.error_text AS error, count(*) AS events, count(DISTINCT f.user_id) AS users, min(f.occurred_at) AS firstAt, max(f.occurred_at) AS lastAt, 1.0 * count(*) / (SELECT count(*) FROM failure) AS share,
    (SELECT json_group_array(name) FROM (SELECT DISTINCT connection AS name FROM failure o WHERE o.type = f.type AND o.error_text IS f.error_text AND connection IS NOT NULL ORDER BY name)) AS connections,
    (SELECT json_group_array(name) FROM (SELECT DISTINCT application AS name FROM failure o WHERE o.type = f.type AND o.error_text IS f.error_text AND application IS NOT NULL ORDER BY name)) AS applications
  FROM failure f GROUP BY f.type, f.error_text ORDER BY events DESC`,
};
