/** Failures by what went wrong. */
import { z } from 'zod';
import { commonParams } from './common-params';
import { defineView } from './define-view';
import { rowLimit } from './series-params';

export const errors = defineView({
  id: 'errors',
  title: 'Errors',
  definition: 'Log events with the outcome failure, by event type and error text: that of details.error, else the description. Events, distinct users (events without a user id count in none), first and last of them, and the connections and applications they name. The share is that of the events of all failures, also where fewer rows are asked for.',
  kind: 'ranking',
  params: [...commonParams, rowLimit],
  columns: [
    { id: 'type', header: 'Type', kind: 'text' },
    { id: 'error', header: 'Error', kind: 'text' },
    { id: 'events', header: 'Events', kind: 'number' },
    { id: 'users', header: 'Users', kind: 'number' },
    { id: 'firstAt', header: 'First', kind: 'instant' },
    { id: 'lastAt', header: 'Last', kind: 'instant' },
    { id: 'connections', header: 'Connections', kind: 'text' },
    { id: 'applications', header: 'Applications', kind: 'text' },
    { id: 'share', header: 'Share', kind: 'number' },
  ],
  row: z.object({
    type: z.string(), error: z.string().nullable(), events: z.number().int(), users: z.number().int(), firstAt: z.string(), lastAt: z.string(),
    connections: z.array(z.string()), applications: z.array(z.string()), share: z.number().min(0).max(1),
  }),
});
