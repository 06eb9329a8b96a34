/** Distinct active users over time. */
import { z } from 'zod';
import { commonParams } from './common-params';
import { bucketStates, defineView } from './define-view';
import { activityParam, definitionParam, seriesGrain, wrongDates } from './series-params';

export const activeUsers = defineView({
  id: 'active-users',
  title: 'Active users',
  definition: `Distinct users with a successful login, token exchange or silent authentication in each bucket. Counted by logins alone, those with a successful login (password grants among them). Machines have no user id and do not count. Auth0's Activity page counts logins and token exchanges only. ${wrongDates}`,
  kind: 'series',
  params: [...commonParams, seriesGrain, activityParam, definitionParam],
  columns: [
    { id: 'bucketStart', header: 'Start', kind: 'instant' },
    { id: 'activeUsers', header: 'Active users', kind: 'number' },
    { id: 'state', header: 'State', kind: 'text' },
  ],
  row: z.object({ bucketStart: z.string(), activeUsers: z.number().int(), state: z.enum(bucketStates) }),
});
