/** Strategies and connections by successful logins. */
import { z } from 'zod';
import { commonParams } from './common-params';
import { defineView } from './define-view';
import { rankingLimit } from './series-params';

export const topAuthenticationMethods = defineView({
  id: 'top-authentication-methods',
  title: 'Top authentication methods',
  definition: 'Successful logins (password grants among them) by strategy, then connection, and their distinct users: two SAML connections are two rows. Logins without a strategy or connection have an empty one.',
  kind: 'ranking',
  params: [...commonParams, rankingLimit],
  columns: [
    { id: 'strategy', header: 'Strategy', kind: 'text' },
    { id: 'connection', header: 'Connection', kind: 'text' },
    { id: 'connectionId', header: 'Connection id', kind: 'text' },
    { id: 'events', header: 'Events', kind: 'number' },
    { id: 'users', header: 'Users', kind: 'number' },
  ],
  row: z.object({ strategy: z.string().nullable(), connection: z.string().nullable(), connectionId: z.string().nullable(), events: z.number().int(), users: z.number().int() }),
});
