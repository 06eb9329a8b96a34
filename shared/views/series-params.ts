/** Parameters that several views share: those over time, and those that rank. */
import type { ParamSpec } from './define-view';

/** Stands at the end of the definition of every view with buckets. */
export const wrongDates = 'Log events dated before 2013 or more than a day ahead have a wrong date, and are in none, nor known in a later one, unless the time range asks for them.';

export const seriesGrain: ParamSpec = { name: 'grain', type: 'choice', default: 'day', values: ['hour', 'day', 'week', 'month'], help: 'Width of a bucket, by the calendar of timeZone; weeks begin on Mondays.' };
export const activityParam: ParamSpec = { name: 'activity', type: 'choice', default: 'all', values: ['all', 'logins'], help: 'What makes a user active: logins, token exchanges and silent authentications, or logins only.' };
export const definitionParam: ParamSpec = { name: 'definition', type: 'choice', default: 'tenantscope', values: ['tenantscope', 'auth0'], help: 'How to count: as Tenantscope does, or as the Activity page of Auth0 does.' };
export const rankingLimit: ParamSpec = { name: 'limit', type: 'count', default: '10', values: null, help: 'How many rows at most, largest first.' };
/** What a screen that draws so many, and one more, can tell a cut by. */
export const newestParam = (what: string): ParamSpec => ({ name: 'newest', type: 'count', default: null, values: null, help: `How many ${what} at most: the newest of them, oldest first all the same. Default: all.` });
export const rowLimit: ParamSpec = { name: 'limit', type: 'count', default: null, values: null, help: 'How many rows at most, in the order of the view. Default: all.' };
