/** E-mail domains by successful logins and signups. */
import { z } from 'zod';
import { commonParams } from './common-params';
import { defineView } from './define-view';
import { rankingLimit } from './series-params';

export const topEmailDomains = defineView({
  id: 'top-email-domains',
  title: 'Top e-mail domains',
  definition: 'Successful logins and signups by the domain of the user name, and their distinct users. Failed logins do not count: their names are typed by strangers.',
  kind: 'ranking',
  params: [...commonParams, rankingLimit],
  columns: [
    { id: 'value', header: 'Value', kind: 'text' },
    { id: 'label', header: 'Label', kind: 'text' },
    { id: 'events', header: 'Events', kind: 'number' },
    { id: 'users', header: 'Users', kind: 'number' },
  ],
  row: z.object({ value: z.string(), label: z.string(), events: z.number().int(), users: z.number().int() }),
});
