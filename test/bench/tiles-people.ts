/** Tiles that follow users, connections and organizations: growth, cohorts, and the health of each. */
import type { Span } from './duck-events';
import type { Tile } from './tile';
import { connectionKey, everything, isActivity, isFailedLogin, isLogin } from './tile';

const growthSql = `
  WITH day AS (SELECT DISTINCT user_id AS u, date_trunc('day', occurred_at) AS d FROM e WHERE ${isActivity} AND user_id IS NOT NULL),
  period AS (SELECT u, date_trunc('week', d) AS p, count(*) AS days FROM day GROUP BY 1, 2),
  seen AS (SELECT p, days, lag(p) OVER (PARTITION BY u ORDER BY p) AS before FROM period),
  counted AS (
    SELECT p, count(*) AS active, count(*) FILTER (before IS NULL) AS new, count(*) FILTER (before = p - INTERVAL 7 DAY) AS retained,
      count(*) FILTER (before < p - INTERVAL 7 DAY) AS resurrected, sum(days) AS "activeDays"
    FROM seen GROUP BY p)
  SELECT p AS "periodStart", active, new, retained, resurrected, COALESCE(lag(active) OVER (ORDER BY p), 0) - retained AS churned, "activeDays" FROM counted`;

const growth: Tile = {
  id: 'growth', what: 'growth by week', view: 'growth', params: everything, sql: () => growthSql,
  agree: { keys: ['periodStart'], counts: ['active', 'new', 'retained', 'resurrected', 'churned', 'activeDays'] },
};

const cells = (key: string): string => `
  active AS (SELECT DISTINCT ${key} AS k, date_trunc('week', occurred_at) AS w FROM e WHERE ${isActivity} AND ${key} IS NOT NULL),
  born AS (SELECT k, min(w) AS c FROM active GROUP BY k)`;

/** Bounded: active in the very period. */
const boundedSql = (key: string): string => `
  WITH ${cells(key)}
  SELECT c AS "cohortStart", date_diff('week', c, w) AS period, count(*) AS active FROM active JOIN born USING (k) WHERE date_diff('week', c, w) < 12 GROUP BY 1, 2`;

/** Unbounded: active in it or later; a member counts in every period up to its last. */
const unboundedSql = `
  WITH ${cells('user_id')},
  last AS (SELECT k, c, date_diff('week', c, max(w)) AS until FROM active JOIN born USING (k) GROUP BY k, c)
  SELECT c AS "cohortStart", period, count(*) AS active FROM last, range(12) periods(period) WHERE period <= until GROUP BY 1, 2`;

const agreeInCells = { keys: ['cohortStart', 'period'], counts: ['active'] };

const cohorts: readonly Tile[] = [
  { id: 'cohorts.user', what: 'cohorts of users', view: 'cohorts', params: everything, sql: () => boundedSql('user_id'), agree: agreeInCells },
  { id: 'cohorts.unbounded', what: 'cohorts of users, unbounded', view: 'cohorts', params: () => ({ mode: ['unbounded'] }), sql: () => unboundedSql, agree: agreeInCells },
  { id: 'cohorts.connection', what: 'cohorts of connections', view: 'cohorts', params: () => ({ unit: ['connection'] }), sql: () => boundedSql(connectionKey), agree: agreeInCells },
  { id: 'cohorts.organization', what: 'cohorts of organizations', view: 'cohorts', params: () => ({ unit: ['organization'] }), sql: () => boundedSql('organization_id'), agree: agreeInCells },
];

const weekMs = 7 * 86_400_000;
/** 1 January 1970 was a Thursday. */
const mondayShiftMs = 3 * 86_400_000;

/** The Monday on which the fifth week of the archive begins, in milliseconds since 1970. */
const fifthWeek = ({ first }: Span): number => Math.floor((first + mondayShiftMs) / weekMs) * weekMs - mondayShiftMs + 4 * weekMs;

const members: Tile = {
  id: 'cohort-members', what: 'members behind a cell', view: 'cohort-members',
  params: span => ({ cohort: [new Date(fifthWeek(span)).toISOString()], period: ['1'] }),
  sql: span => `
    WITH ${cells('user_id')}
    SELECT k AS id FROM active JOIN born USING (k) WHERE c = epoch_ms(${String(fifthWeek(span))}) AND w = c + INTERVAL 7 DAY`,
  agree: { keys: ['id'], counts: [] },
};

const organizations: Tile = {
  id: 'organizations', what: 'organizations', view: 'organizations', params: everything,
  sql: () => `
    SELECT organization_id AS "organizationId", count(DISTINCT user_id) FILTER (${isActivity}) AS "activeMembers", count(*) FILTER (${isLogin}) AS logins,
      count(*) FILTER (${isFailedLogin}) AS "failedLogins", max(occurred_at) FILTER (${isActivity} AND user_id IS NOT NULL) AS "lastActivityAt", list(DISTINCT ${connectionKey}) AS connections
    FROM e WHERE organization_id IS NOT NULL GROUP BY 1`,
  agree: { keys: ['organizationId', 'lastActivityAt'], counts: ['activeMembers', 'logins', 'failedLogins'] },
};

const connections: Tile = {
  id: 'connections', what: 'connections', view: 'connections', params: everything,
  sql: () => `
    SELECT ${connectionKey} AS k, count(*) FILTER (${isLogin}) AS logins, count(*) FILTER (${isFailedLogin}) AS "failedLogins",
      count(DISTINCT user_id) FILTER (${isActivity}) AS "activeUsers", arg_max(strategy, occurred_at) AS strategy, max(occurred_at) FILTER (${isLogin}) AS "lastSuccessAt",
      max(occurred_at) FILTER (${isFailedLogin}) AS "lastErrorAt", arg_max(COALESCE(error, description), occurred_at) FILTER (${isFailedLogin}) AS "lastError"
    FROM e WHERE ${connectionKey} IS NOT NULL GROUP BY 1`,
  agree: { keys: ['lastSuccessAt', 'lastErrorAt'], counts: ['logins', 'failedLogins', 'activeUsers'] },
};

export const peopleTiles: readonly Tile[] = [growth, ...cohorts, members, organizations, connections];
