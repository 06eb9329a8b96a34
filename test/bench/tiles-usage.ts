/** Tiles of errors and of what a plan limits. */
import type { Tile } from './tile';
import { connectionKey, everything, isLogin, isM2mToken, isRateLimit, perBucket } from './tile';

const errors: Tile = {
  id: 'errors', what: 'errors', view: 'errors', params: everything,
  sql: () => `
    SELECT type, COALESCE(error, description) AS error, count(*) AS events, count(DISTINCT user_id) AS users, min(occurred_at) AS "firstAt", max(occurred_at) AS "lastAt",
      list(DISTINCT ${connectionKey}) AS connections, list(DISTINCT application_id) AS applications
    FROM e WHERE outcome = 'failure' GROUP BY 1, 2`,
  agree: { keys: ['type', 'error', 'firstAt', 'lastAt'], counts: ['events', 'users'] },
};

const m2mTokens: Tile = {
  id: 'm2m-tokens', what: 'M2M tokens', view: 'm2m-tokens', params: everything,
  sql: () => `SELECT application_id AS "applicationId", audience, count(*) AS tokens FROM e WHERE ${isM2mToken} GROUP BY 1, 2`,
  agree: { keys: ['applicationId', 'audience'], counts: ['tokens'] },
};

const usage: Tile = {
  id: 'usage', what: 'usage by month, with its forecasts', view: 'usage', params: everything,
  sql: () => perBucket('month', `
    count(DISTINCT user_id) FILTER (${isLogin} OR type = 'ss') AS "activeUsers", count(*) FILTER (${isM2mToken}) AS "m2mTokens", count(*) FILTER (${isRateLimit}) AS "rateLimitEvents"`, 'month'),
  agree: { keys: ['month'], counts: ['activeUsers', 'm2mTokens', 'rateLimitEvents'] },
};

export const usageTiles: readonly Tile[] = [errors, m2mTokens, usage];
