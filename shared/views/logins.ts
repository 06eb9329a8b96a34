/** Successful logins over time. */
import { z } from 'zod';
import { commonParams } from './common-params';
import { bucketStates, defineView } from './define-view';
import { seriesGrain, wrongDates } from './series-params';

export const logins = defineView({
  id: 'logins',
  title: 'Logins',
  definition: `Successful logins in each bucket: events of the category login with the outcome success, and the password grant (sepft). Events, not users. ${wrongDates}`,
  kind: 'series',
  params: [...commonParams, seriesGrain],
  columns: [
    { id: 'bucketStart', header: 'Start', kind: 'instant' },
    { id: 'logins', header: 'Logins', kind: 'number' },
    { id: 'state', header: 'State', kind: 'text' },
  ],
  row: z.object({ bucketStart: z.string(), logins: z.number().int(), state: z.enum(bucketStates) }),
});
