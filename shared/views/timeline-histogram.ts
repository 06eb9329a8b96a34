/** The timeline's histogram: how many log events of each outcome lie in each bucket of time. */
import { z } from 'zod';
import { commonParams } from './common-params';
import { bucketStates, defineView } from './define-view';
import { wrongDates } from './series-params';

const counted = z.number().int();

export const timelineHistogram = defineView({
  id: 'timeline-histogram',
  title: 'Timeline histogram',
  definition: `The filtered log events in each bucket of the time range, by outcome. Buckets without events are rows too; state says which of them the archive covers wholly. ${wrongDates}`,
  kind: 'series',
  params: [
    ...commonParams,
    { name: 'grain', type: 'choice', default: 'auto', values: ['auto', 'hour', 'day', 'week', 'month'], help: 'Width of a bucket; auto goes by the length of the time range.' },
  ],
  columns: [
    { id: 'bucketStart', header: 'Start', kind: 'instant' },
    { id: 'success', header: 'Success', kind: 'number' },
    { id: 'failure', header: 'Failure', kind: 'number' },
    { id: 'blocked', header: 'Blocked', kind: 'number' },
    { id: 'warning', header: 'Warning', kind: 'number' },
    { id: 'info', header: 'Info', kind: 'number' },
    { id: 'total', header: 'Events', kind: 'number' },
    { id: 'state', header: 'State', kind: 'text' },
  ],
  row: z.object({ bucketStart: z.string(), success: counted, failure: counted, blocked: counted, warning: counted, info: counted, total: counted, state: z.enum(bucketStates) }),
});
