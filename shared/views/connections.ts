/** Connections: how logins on each of them went, against the weeks before, and what failed last. */
import { z } from 'zod';
import { commonParams } from './common-params';
import { defineView } from './define-view';
import { rowLimit } from './series-params';

const count = z.number().int();
const rate = z.number().min(0).max(1).nullable();

export const connections = defineView({
  id: 'connections',
  title: 'Connections',
  definition: 'Every connection that the filtered log events name before the end of the time range, those without an event in it included; told apart by id, and by name where an event gives no id, as names are used again. Logins and failed logins count events of the time range, password grants among them, blocked attempts not. Success rate: logins of both; the baseline is that of the 4 weeks before the time range. Active users: distinct users with a successful login, token exchange or silent authentication in it. Last success and last error are the latest successful and failed login before the end of the time range, the error with its text. Quiet: nobody was active on it in the 30 days before the end of the time range. Most logins first.',
  kind: 'ranking',
  params: [...commonParams, rowLimit],
  columns: [
    { id: 'connectionId', header: 'Connection id', kind: 'text' },
    { id: 'connection', header: 'Connection', kind: 'text' },
    { id: 'strategy', header: 'Strategy', kind: 'text' },
    { id: 'logins', header: 'Logins', kind: 'number' },
    { id: 'failedLogins', header: 'Failed logins', kind: 'number' },
    { id: 'successRate', header: 'Success rate', kind: 'number' },
    { id: 'baselineSuccessRate', header: 'Success rate, 4 weeks before', kind: 'number' },
    { id: 'activeUsers', header: 'Active users', kind: 'number' },
    { id: 'lastSuccessAt', header: 'Last success', kind: 'instant' },
    { id: 'lastErrorAt', header: 'Last error at', kind: 'instant' },
    { id: 'lastError', header: 'Last error', kind: 'text' },
    { id: 'quiet', header: 'Quiet', kind: 'text' },
  ],
  row: z.object({
    connectionId: z.string().nullable(), connection: z.string().nullable(), strategy: z.string().nullable(), logins: count, failedLogins: count,
    successRate: rate, baselineSuccessRate: rate, activeUsers: count,
    lastSuccessAt: z.string().nullable(), lastErrorAt: z.string().nullable(), lastError: z.string().nullable(), quiet: z.boolean(),
  }),
});
