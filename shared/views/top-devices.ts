/** Kinds of device by successful logins. */
import { z } from 'zod';
import { commonParams } from './common-params';
import { defineView } from './define-view';
import { rankingLimit } from './series-params';

export const topDevices = defineView({
  id: 'top-devices',
  title: 'Top devices',
  definition: 'Successful logins (password grants among them) by kind of device (desktop, phone, tablet, bot, server), and their distinct users. Logins that do not tell their device are not listed.',
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
