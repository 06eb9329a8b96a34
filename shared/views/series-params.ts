/** Parameters that several views share: those over time, and those that rank. */
import type { ParamSpec } from './define-view';

export const seriesGrain: ParamSpec = { name: 'grain', type: 'choice', default: 'day', values: ['hour', 'day', 'week', 'month'], help: 'Width of a bucket, by the calendar of timeZone; weeks begin on Mondays.' };
export const activityParam: ParamSpec = { name: 'activity', type: 'choice', default: 'all', values: ['all', 'logins'], help: 'What makes a user active: logins, token exchanges and silent authentications, or logins only.' };
export const definitionParam: ParamSpec = { name: 'definition', type: 'choice', default: 'tenantscope', values: ['tenantscope', 'auth0'], help: 'How to count: as Tenantscope does, or as the Activity page of Auth0 does.' };
export const rankingLimit: ParamSpec = { name: 'limit', type: 'count', default: '10', values: null, help: 'How many rows at most, largest first.' };
export const rowLimit: ParamSpec = { name: 'limit', type: 'count', default: null, values: null, help: 'How many rows at most, in the order of the view. Default: all.' };
