/** The SQL references of the rankings of logins, and of facets. */
import { only } from './questions';
import type { Reference } from './reference';
import { byDay } from './reference';

const ranking = (view: string, sql: string): Reference => ({ view, sql, grain: byDay, extra: ({ limit }) => only('limit', limit), ranking: { largest: 'events', within: null, limit: 'ten' } });

export const topBrowsers = ranking('top-browsers', `
  SELECT browser AS value, browser AS label, count(*) AS events, count(DISTINCT user_id) AS users
  FROM listed_event WHERE is_login AND browser IS NOT NULL GROUP BY browser ORDER BY events DESC`);

export const topDevices = ranking('top-devices', `
  SELECT device AS value, device AS label, count(*) AS events, count(DISTINCT user_id) AS users
  FROM listed_event WHERE is_login AND device IS NOT NULL GROUP BY device ORDER BY events DESC`);

export const topEmailDomains = ranking('top-email-domains', `
  SELECT email_domain AS value, email_domain AS label, count(*) AS events, count(DISTINCT user_id) AS users
  FROM listed_event WHERE (is_login OR is_signup) AND email_domain IS NOT NULL GROUP BY email_domain ORDER BY events DESC`);

export const topApplications = ranking('top-applications', `
  SELECT coalesce(n.id, n.name) AS value, coalesce(n.name, n.id) AS label, count(*) AS events, count(DISTINCT user_id) AS users
  FROM listed_event e JOIN names_of n ON n.kind = 'application' AND n.key = e.application_key WHERE is_login GROUP BY application_key ORDER BY events DESC`);

export const topConnections = ranking('top-connections', `
  SELECT coalesce(n.id, n.name) AS value, coalesce(n.name, n.id) AS label, count(*) AS events, count(DISTINCT user_id) AS users
  FROM listed_event e JOIN names_of n ON n.kind = 'connection' AND n.key = e.connection_key WHERE is_login GROUP BY connection_key ORDER BY events DESC`);

export const topAuthenticationMethods = ranking('top-authentication-methods', `
  SELECT strategy, connection_id AS connectionId, coalesce(n.name, n.id) AS connection, count(*) AS events, count(DISTINCT user_id) AS users
  FROM listed_event e LEFT JOIN names_of n ON n.kind = 'connection' AND n.key = e.connection_key WHERE is_login GROUP BY strategy, connection_key ORDER BY events DESC`);

export const facets: Reference = {
  view: 'facets', grain: byDay, extra: ({ fields, limit }) => ({ field: fields, ...only('limit', limit) }), ranking: { largest: 'count', within: 'field', limit: 'ten' },
  sql: `
  WITH valued AS (
    SELECT p.value AS field, CASE p.value
      WHEN 'type' THEN type WHEN 'category' THEN category WHEN 'outcome' THEN outcome WHEN 'connection' THEN coalesce(connection_id, connection_name) WHEN 'strategy' THEN strategy
      WHEN 'organization' THEN organization_id WHEN 'application' THEN application_id WHEN 'user' THEN user_id WHEN 'ip' THEN ip WHEN 'country' THEN country
      WHEN 'browser' THEN browser WHEN 'device' THEN device WHEN 'hostname' THEN hostname END AS value
    FROM parameter p JOIN listed_event e WHERE p.name = 'field')
  SELECT field, value, count(*) AS count, CASE field
      WHEN 'type' THEN (SELECT type_name FROM reference_event WHERE type = v.value)
      ELSE coalesce((SELECT n.name FROM names_of n WHERE n.kind = v.field AND coalesce(n.id, n.name) = v.value), v.value) END AS label
  FROM valued v WHERE value IS NOT NULL GROUP BY field, value ORDER BY field, count DESC`,
};
