/** The figures of the Activity screen's tiles, each beside that of the period before. */
import { z } from 'zod';
import { commonParams } from './common-params';
import { defineView } from './define-view';

export const summaryMetrics = ['users', 'applications', 'apis', 'connections', 'organizations', 'logins', 'failedLogins', 'signups', 'activeUsers'] as const;
export type SummaryMetric = (typeof summaryMetrics)[number];

export const activitySummary = defineView({
  id: 'activity-summary',
  title: 'Activity summary',
  definition: 'For the time range: distinct users, applications, APIs (audiences), connections and organizations that any filtered log event names; logins, failed logins and signups as events, active users as distinct users, each as the view of its name counts. The previous number is the same for the stretch of equal length before; there is none where the archive covers none of that. Without a time range every log event counts, as in the timeline, also one whose date is wrong (before 2013, or more than a day ahead).',
  kind: 'ranking',
  params: commonParams,
  columns: [
    { id: 'metric', header: 'Metric', kind: 'text' },
    { id: 'value', header: 'Value', kind: 'number' },
    { id: 'previous', header: 'Period before', kind: 'number' },
  ],
  row: z.object({ metric: z.enum(summaryMetrics), value: z.number().int(), previous: z.number().int().nullable() }),
});
