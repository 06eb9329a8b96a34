/** Applications by successful logins. */
import { z } from 'zod';
import { commonParams } from './common-params';
import { defineView } from './define-view';
import { rankingLimit } from './series-params';

export const topApplications = defineView({
  id: 'top-applications',
  title: 'Top applications',
  definition: 'Successful logins (password grants among them) by application, and their distinct users. Applications are told apart by client id, by name where there is none.',
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
