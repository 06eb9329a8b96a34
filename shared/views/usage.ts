/** What a tenant uses of its plan, month by month, with a forecast for the running month. */
import { z } from 'zod';
import { commonParams } from './common-params';
import { bucketStates, defineView } from './define-view';
import { wrongDates } from './series-params';

const count = z.number().int();
const maybe = z.number().int().nullable();
const limit = (name: string, of: string) => ({ name, type: 'amount', default: null, values: null, help: `The plan's limit of ${of} a month, shown beside them.` }) as const;

export const usage = defineView({
  id: 'usage',
  title: 'Usage',
  definition: `Per calendar month: active users (distinct users with a successful login or signup), machine-to-machine tokens (seccft, without those for the Management API) and rate-limit events (api_limit, api_limit_warning, limit_*). Estimated from the log; the bill is Auth0's. The running month has a forecast to its end with an 80 % interval: for tokens and rate-limit events, what the remaining weekdays brought in the last four weeks; for active users, how much the same stretch grew in the weeks before. There is none where the archive covers too little for it. ${wrongDates}`,
  kind: 'series',
  params: [
    ...commonParams,
    limit('limitActiveUsers', 'active users'), limit('limitM2mTokens', 'machine-to-machine tokens'), limit('limitRateLimitEvents', 'rate-limit events'),
  ],
  columns: [
    { id: 'month', header: 'Month', kind: 'instant' },
    { id: 'activeUsers', header: 'Active users', kind: 'number' },
    { id: 'activeUsersForecast', header: 'Active users, forecast', kind: 'number' },
    { id: 'activeUsersForecastLow', header: 'Active users, forecast from', kind: 'number' },
    { id: 'activeUsersForecastHigh', header: 'Active users, forecast to', kind: 'number' },
    { id: 'activeUsersLimit', header: 'Active users, limit', kind: 'number' },
    { id: 'm2mTokens', header: 'M2M tokens', kind: 'number' },
    { id: 'm2mTokensForecast', header: 'M2M tokens, forecast', kind: 'number' },
    { id: 'm2mTokensForecastLow', header: 'M2M tokens, forecast from', kind: 'number' },
    { id: 'm2mTokensForecastHigh', header: 'M2M tokens, forecast to', kind: 'number' },
    { id: 'm2mTokensLimit', header: 'M2M tokens, limit', kind: 'number' },
    { id: 'rateLimitEvents', header: 'Rate-limit events', kind: 'number' },
    { id: 'rateLimitEventsForecast', header: 'Rate-limit events, forecast', kind: 'number' },
    { id: 'rateLimitEventsForecastLow', header: 'Rate-limit events, forecast from', kind: 'number' },
    { id: 'rateLimitEventsForecastHigh', header: 'Rate-limit events, forecast to', kind: 'number' },
    { id: 'rateLimitEventsLimit', header: 'Rate-limit events, limit', kind: 'number' },
    { id: 'state', header: 'State', kind: 'text' },
  ],
  row: z.object({
    month: z.string(),
    activeUsers: count, activeUsersForecast: maybe, activeUsersForecastLow: maybe, activeUsersForecastHigh: maybe, activeUsersLimit: maybe,
    m2mTokens: count, m2mTokensForecast: maybe, m2mTokensForecastLow: maybe, m2mTokensForecastHigh: maybe, m2mTokensLimit: maybe,
    rateLimitEvents: count, rateLimitEventsForecast: maybe, rateLimitEventsForecastLow: maybe, rateLimitEventsForecastHigh: maybe, rateLimitEventsLimit: maybe,
    state: z.enum(bucketStates),
  }),
});
