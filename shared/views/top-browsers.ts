/** Browsers by successful logins. */
import { z } from 'zod';
import { commonParams } from './common-params';
import { defineView } from './define-view';
import { rankingLimit } from './series-params';

export const topBrowsers = defineView({
  id: 'top-browsers',
  title: 'Top browsers',
  definition: 'Successful logins (password grants among them) by browser family, and their distinct users. Raw and normalized user agents are read alike; Edge, Opera, Samsung Internet and Brave are not Chrome. Logins without a known browser are not listed.',
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
