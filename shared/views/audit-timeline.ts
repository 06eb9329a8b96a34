/** The audit timeline: every log event that a filter lets through, newest first. */
import { z } from 'zod';
import { commonParams } from './common-params';
import { defineView } from './define-view';

const text = z.string().nullable();

export const auditTimeline = defineView({
  id: 'audit-timeline',
  title: 'Audit timeline',
  definition: 'Every stored log event that the filters let through, one row each, newest first by its own date (then by order of arrival).',
  kind: 'list',
  params: commonParams,
  columns: [
    { id: 'occurredAt', header: 'Occurred at (UTC)', kind: 'instant' },
    { id: 'type', header: 'Type', kind: 'text' },
    { id: 'eventName', header: 'Event', kind: 'text' },
    { id: 'category', header: 'Category', kind: 'text' },
    { id: 'outcome', header: 'Outcome', kind: 'text' },
    { id: 'userId', header: 'User id', kind: 'text' },
    { id: 'userName', header: 'User name', kind: 'text' },
    { id: 'connection', header: 'Connection', kind: 'text' },
    { id: 'connectionId', header: 'Connection id', kind: 'text' },
    { id: 'strategy', header: 'Strategy', kind: 'text' },
    { id: 'organizationId', header: 'Organization id', kind: 'text' },
    { id: 'organizationName', header: 'Organization', kind: 'text' },
    { id: 'applicationId', header: 'Application id', kind: 'text' },
    { id: 'applicationName', header: 'Application', kind: 'text' },
    { id: 'ip', header: 'Address', kind: 'text' },
    { id: 'userAgent', header: 'User agent', kind: 'text' },
    { id: 'hostname', header: 'Host name', kind: 'text' },
    { id: 'description', header: 'Description', kind: 'text' },
    { id: 'logId', header: 'Log id', kind: 'text' },
    { id: 'revisions', header: 'Other versions', kind: 'number' },
  ],
  row: z.object({
    logId: z.string(),
    occurredAt: z.string(),
    type: z.string(),
    eventName: z.string(),
    category: z.string(),
    outcome: z.string(),
    userId: text,
    userName: text,
    connection: text,
    connectionId: text,
    strategy: text,
    organizationId: text,
    organizationName: text,
    applicationId: text,
    applicationName: text,
    ip: text,
    userAgent: text,
    hostname: text,
    description: text,
    revisions: z.number().int(),
  }),
});
