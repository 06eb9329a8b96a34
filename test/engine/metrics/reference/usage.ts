/** The SQL references of usage against a plan. */
import { only } from './questions';
import type { Reference } from './reference';
import { byDay } from './reference';

export const m2mTokens: Reference = {
  view: 'm2m-tokens', grain: byDay, extra: ({ limit }) => only('limit', limit), ranking: { largest: 'tokens', within: null, limit: 'given' },
  sql: `
  SELECT application_id AS applicationId, n.name AS applicationName, audience, count(*) AS tokens, 1.0 * count(*) / (SELECT count(*) FROM listed_event WHERE is_m2m_token) AS share
  FROM listed_event e LEFT JOIN names_of n ON n.kind = 'application' AND n.key = e.application_key WHERE is_m2m_token GROUP BY application_key, audience ORDER BY tokens DESC`,
};

const forecasts = ['activeUsers', 'm2mTokens', 'rateLimitEvents'].flatMap(name => ['Forecast', 'ForecastLow', 'ForecastHigh'].map(end => `CASE WHEN b.state = 'running' THEN '*' END AS ${name}${end}`));
const limits = [['limitActiveUsers', 'activeUsersLimit'], ['limitM2mTokens', 'm2mTokensLimit'], ['limitRateLimitEvents', 'rateLimitEventsLimit']]
  .map(([given, column]) => `(SELECT CAST(value AS INTEGER) FROM parameter WHERE name = '${given!}') AS ${column!}`);

/** How the running month is forecast is a test of its own; the months before have none. */
export const usage: Reference = {
  view: 'usage', grain: () => 'month', extra: ({ plan, unit }) => (unit === 'user' ? only('limitActiveUsers', plan) : unit === 'connection' ? only('limitM2mTokens', plan) : only('limitRateLimitEvents', plan)), ranking: null,
  sql: `
  SELECT b.start AS month, count(DISTINCT CASE WHEN e.is_login OR e.is_signup THEN e.user_id END) AS activeUsers, count(*) FILTER (WHERE e.is_m2m_token) AS m2mTokens,
    count(*) FILTER (WHERE e.is_rate_limit_event) AS rateLimitEvents, ${[...forecasts, ...limits].join(', ')}, b.state
  FROM bucket b LEFT JOIN asked_event e ON e.occurred_at >= b.start AND e.occurred_at < b.finish
  GROUP BY b.number ORDER BY b.number`,
};
