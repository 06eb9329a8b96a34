/** Users who signed up, added up from the start of the archive. */
import { z } from 'zod';
import { commonParams } from './common-params';
import { bucketStates, defineView } from './define-view';
import { seriesGrain, wrongDates } from './series-params';

export const cumulativeSignups = defineView({
  id: 'cumulative-signups',
  title: 'Cumulative signups',
  definition: `Distinct users with a successful signup (ss) from the start of the archive to the end of each bucket, each counted once by the first of them. ${wrongDates}`,
  kind: 'series',
  params: [...commonParams, seriesGrain],
  columns: [
    { id: 'bucketStart', header: 'Start', kind: 'instant' },
    { id: 'users', header: 'Users', kind: 'number' },
    { id: 'state', header: 'State', kind: 'text' },
  ],
  row: z.object({ bucketStart: z.string(), users: z.number().int(), state: z.enum(bucketStates) }),
});
