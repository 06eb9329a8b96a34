/** Growth: how many users are new, stay, come back or leave, period by period. */
import { z } from 'zod';
import { commonParams } from './common-params';
import { bucketStates, defineView } from './define-view';
import { newestParam } from './series-params';

const users = z.number().int();

export const growthGrains = ['day', 'week', 'month'] as const;

export const growth = defineView({
  id: 'growth',
  title: 'Growth',
  definition: 'Distinct users with a successful login, token exchange or silent authentication in each calendar period. New: their first ever, at any time the archive knows of. Retained: active in the period before as well. Resurrected: active some time before, but not in the period before. Churned: active in the period before, not in this one. So active = new + retained + resurrected, and the active of one period = retained + churned of the next. In periods that begin within a week (with months: 4 weeks) of the archive\'s start, new users may be older than the archive. Active days are those on which each user was active, added up over the users; stickiness is the share of the period\'s covered days on which its users were active, on average. Log events dated before 2013 or more than a day ahead have a wrong date, and count in no period and as no earlier activity. Auth0 shows none of this.',
  kind: 'series',
  params: [
    ...commonParams,
    { name: 'grain', type: 'choice', default: 'week', values: [...growthGrains], help: 'Length of a period, by the calendar of timeZone; weeks begin on Mondays.' },
    newestParam('periods'),
  ],
  columns: [
    { id: 'periodStart', header: 'Start', kind: 'instant' },
    { id: 'active', header: 'Active', kind: 'number' },
    { id: 'new', header: 'New', kind: 'number' },
    { id: 'retained', header: 'Retained', kind: 'number' },
    { id: 'resurrected', header: 'Resurrected', kind: 'number' },
    { id: 'churned', header: 'Churned', kind: 'number' },
    { id: 'activeDays', header: 'Active days', kind: 'number' },
    { id: 'stickiness', header: 'Stickiness', kind: 'number' },
    { id: 'leftCensored', header: 'Left-censored', kind: 'text' },
    { id: 'state', header: 'State', kind: 'text' },
  ],
  row: z.object({
    periodStart: z.string(), active: users, new: users, retained: users, resurrected: users, churned: users,
    activeDays: z.number().int(), stickiness: z.number().min(0).max(1).nullable(), leftCensored: z.boolean(), state: z.enum(bucketStates),
  }),
});
