/** Signups over time. */
import { z } from 'zod';
import { commonParams } from './common-params';
import { bucketStates, defineView } from './define-view';
import { seriesGrain, wrongDates } from './series-params';

export const signups = defineView({
  id: 'signups',
  title: 'Signups',
  definition: `Successful signups (ss) in each bucket, on any connection. Auth0's Activity page counts the same. ${wrongDates}`,
  kind: 'series',
  params: [...commonParams, seriesGrain],
  columns: [
    { id: 'bucketStart', header: 'Start', kind: 'instant' },
    { id: 'signups', header: 'Signups', kind: 'number' },
    { id: 'state', header: 'State', kind: 'text' },
  ],
  row: z.object({ bucketStart: z.string(), signups: z.number().int(), state: z.enum(bucketStates) }),
});
