/** The share of known users who are active, over time. */
import { z } from 'zod';
import { commonParams } from './common-params';
import { bucketStates, defineView } from './define-view';
import { definitionParam, seriesGrain, wrongDates } from './series-params';

export const userRetention = defineView({
  id: 'user-retention',
  title: 'User retention',
  definition: `Active users of each bucket (distinct users with a successful login, token exchange or silent authentication) as a share of the distinct users seen, by any event, from the start of the archive to the bucket's end. The same filters hold for both. Auth0's Activity page counts logins and token exchanges only. ${wrongDates}`,
  kind: 'series',
  params: [...commonParams, seriesGrain, definitionParam],
  columns: [
    { id: 'bucketStart', header: 'Start', kind: 'instant' },
    { id: 'activeUsers', header: 'Active users', kind: 'number' },
    { id: 'knownUsers', header: 'Known users', kind: 'number' },
    { id: 'share', header: 'Share', kind: 'number' },
    { id: 'state', header: 'State', kind: 'text' },
  ],
  row: z.object({ bucketStart: z.string(), activeUsers: z.number().int(), knownUsers: z.number().int(), share: z.number().min(0).max(1).nullable(), state: z.enum(bucketStates) }),
});
