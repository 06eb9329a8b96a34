/** Tiles of the activity screen. */
import type { Span } from './duck-events';
import type { Params } from './reader';
import type { Tile } from './tile';
import { connectionKey, isActivity, isBlocked, isFailedLogin, isLogin, perBucket } from './tile';

const byDay = (): Params => ({ grain: ['day'] });

const dayMs = 86_400_000;
const days = 30;

/** The last days of the archive, whole. */
function lastDays({ last }: Span): { readonly from: number; readonly to: number } {
  const to = (Math.floor(last / dayMs) + 1) * dayMs;
  return { from: to - days * dayMs, to };
}

const iso = (at: number): string => new Date(at).toISOString();

/** One row for each number, in this range and the one before, which is as long. */
function summarySql(span: Span): string {
  const { from, to } = lastDays(span);
  const numbers: Readonly<Record<string, string>> = {
    users: 'count(DISTINCT user_id)', applications: 'count(DISTINCT application_id)', apis: 'count(DISTINCT audience)',
    connections: `count(DISTINCT ${connectionKey})`, organizations: 'count(DISTINCT organization_id)',
    logins: `count(*) FILTER (${isLogin})`, failedLogins: `count(*) FILTER (${isFailedLogin})`, signups: 'count(*) FILTER (type = \'ss\')',
    activeUsers: `count(DISTINCT user_id) FILTER (${isActivity})`,
  };
  const within = (start: number, end: number): string =>
    `SELECT ${Object.entries(numbers).map(([name, sql]) => `${sql} AS "${name}"`).join(', ')} FROM e WHERE occurred_at >= epoch_ms(${String(start)}) AND occurred_at < epoch_ms(${String(end)})`;
  const names = Object.keys(numbers).map(name => `"${name}"`).join(', ');
  return `
    WITH now AS (UNPIVOT (${within(from, to)}) ON ${names} INTO NAME metric VALUE value), before AS (UNPIVOT (${within(from - (to - from), from)}) ON ${names} INTO NAME metric VALUE previous)
    SELECT metric, value, previous FROM now JOIN before USING (metric)`;
}

const summary: Tile = {
  id: 'activity-summary', what: 'activity of 30 days beside those before', view: 'activity-summary', sql: summarySql,
  params: span => ({ from: [iso(lastDays(span).from)], to: [iso(lastDays(span).to)] }),
  agree: { keys: ['metric'], counts: ['value', 'previous'] },
};

const series = (id: string, what: string, sql: string, counts: readonly string[]): Tile =>
  ({ id, what, view: id, params: byDay, sql: () => sql, agree: { keys: ['bucketStart'], counts } });

const reasons = [
  'count(*) FILTER (type IN (\'fp\', \'fepft\')) AS "wrongPassword"', 'count(*) FILTER (type = \'fu\') AS "unknownUser"',
  'count(*) FILTER (type IN (\'f\', \'fc\') AND strategy IS NOT NULL AND strategy NOT IN (\'auth0\', \'email\', \'sms\')) AS "identityProvider"',
  'count(*) FILTER (type IN (\'fco\', \'fcoa\')) AS origin', `count(*) FILTER (${isBlocked}) AS blocked`,
].join(', ');

/** Every day of the archive, also those without an event. */
const everyDay = 'spine AS (SELECT unnest(generate_series(min(date_trunc(\'day\', occurred_at)), max(date_trunc(\'day\', occurred_at)), INTERVAL 1 DAY)) AS d FROM e)';

const cumulativeSql = `
  WITH born AS (SELECT user_id, min(occurred_at) AS born_at FROM e WHERE type = 'ss' AND user_id IS NOT NULL GROUP BY 1),
  day AS (SELECT date_trunc('day', born_at) AS d, count(*) AS n FROM born GROUP BY 1), ${everyDay}
  SELECT d AS "bucketStart", CAST(COALESCE(sum(n) OVER (ORDER BY d), 0) AS BIGINT) AS users FROM spine LEFT JOIN day USING (d)`;

const retentionSql = `
  WITH born AS (SELECT user_id, date_trunc('day', min(occurred_at)) AS d FROM e WHERE user_id IS NOT NULL GROUP BY 1),
  day AS (SELECT d, count(*) AS n FROM born GROUP BY 1), ${everyDay},
  active AS (SELECT date_trunc('day', occurred_at) AS d, count(DISTINCT user_id) FILTER (${isActivity}) AS a FROM e GROUP BY 1)
  SELECT d AS "bucketStart", COALESCE(a, 0) AS "activeUsers", CAST(COALESCE(sum(n) OVER (ORDER BY d), 0) AS BIGINT) AS "knownUsers" FROM spine LEFT JOIN day USING (d) LEFT JOIN active USING (d)`;

const allSeries: readonly Tile[] = [
  series('active-users', 'active users by day', perBucket('day', `count(DISTINCT user_id) FILTER (${isActivity}) AS "activeUsers"`), ['activeUsers']),
  series('logins', 'logins by day', perBucket('day', `count(*) FILTER (${isLogin}) AS logins`), ['logins']),
  series('signups', 'signups by day', perBucket('day', 'count(*) FILTER (type = \'ss\') AS signups'), ['signups']),
  series('cumulative-signups', 'cumulative signups by day', cumulativeSql, ['users']),
  series('failed-logins', 'failed logins by reason and day', perBucket('day', `count(*) FILTER (${isFailedLogin}) AS total, ${reasons}`), ['total', 'wrongPassword', 'unknownUser', 'identityProvider', 'origin', 'blocked']),
  series('user-retention', 'user retention by day', retentionSql, ['activeUsers', 'knownUsers']),
];

/** Of values with the same count either may be the tenth, so that the counts are compared and not the values. */
const top = (id: string, what: string, key: string, where = isLogin): Tile => ({
  id, what, view: id, params: () => ({}), agree: { keys: [], counts: ['events', 'users'] },
  sql: () => `SELECT ${key} AS value, count(*) AS events, count(DISTINCT user_id) AS users FROM e WHERE ${where} AND ${key} IS NOT NULL GROUP BY ALL ORDER BY 2 DESC, 3 DESC LIMIT 10`,
});

/** Names typed by strangers are not counted. */
const isNamed = `(${isLogin} OR type = 'ss')`;

const rankings: readonly Tile[] = [
  top('top-browsers', 'top browsers', 'browser'),
  top('top-devices', 'top devices', 'device'),
  top('top-authentication-methods', 'top authentication methods', `strategy || ' ' || ${connectionKey}`),
  top('top-applications', 'top applications', 'application_id'),
  top('top-connections', 'top connections', connectionKey),
  top('top-email-domains', 'top e-mail domains', 'NULLIF(split_part(lower(user_name), \'@\', 2), \'\')', isNamed),
];

export const activityTiles: readonly Tile[] = [summary, ...allSeries, ...rankings];
