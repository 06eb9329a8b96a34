/** Organizations: what their members did in the time range, and which of them went quiet. */
import { z } from 'zod';
import { commonParams } from './common-params';
import { defineView } from './define-view';
import { rowLimit } from './series-params';

const count = z.number().int();

export const organizations = defineView({
  id: 'organizations',
  title: 'Organizations',
  definition: 'Every organization that the filtered log events name before the end of the time range, those without an event in it included. Active members: distinct users with a successful login, token exchange or silent authentication in it; previous, in the stretch of equal length before (empty where the archive covers none of it). Logins and failed logins count events of the time range, password grants among them; connections are those that its events in the time range name. Last activity: the latest by a member, ever. Quiet: no member was active in the 30 days before the end of the time range. Most active members first.',
  kind: 'ranking',
  params: [...commonParams, rowLimit],
  columns: [
    { id: 'organizationId', header: 'Organization id', kind: 'text' },
    { id: 'organizationName', header: 'Organization', kind: 'text' },
    { id: 'activeMembers', header: 'Active members', kind: 'number' },
    { id: 'previousActiveMembers', header: 'Previous active members', kind: 'number' },
    { id: 'logins', header: 'Logins', kind: 'number' },
    { id: 'failedLogins', header: 'Failed logins', kind: 'number' },
    { id: 'lastActivityAt', header: 'Last activity', kind: 'instant' },
    { id: 'connections', header: 'Connections', kind: 'text' },
    { id: 'quiet', header: 'Quiet', kind: 'text' },
  ],
  row: z.object({
    organizationId: z.string(), organizationName: z.string().nullable(), activeMembers: count, previousActiveMembers: count.nullable(), logins: count, failedLogins: count,
    lastActivityAt: z.string().nullable(), connections: z.array(z.string()), quiet: z.boolean(),
  }),
});
