/** The parameters every view takes. */
import { eventCategories, outcomes } from '../domain/event-types';
import type { ParamSpec } from './define-view';

/** Filters that `exclude` can turn round. */
export const excludableFields = [
  'application', 'connection', 'organization', 'user', 'type', 'outcome', 'ip', 'category', 'strategy', 'country', 'hostname', 'browser', 'device',
] as const;
export type ExcludableField = (typeof excludableFields)[number];

const text = (name: string, help: string): ParamSpec => ({ name, type: 'text', default: null, values: null, help });

export const commonParams: readonly ParamSpec[] = [
  { name: 'from', type: 'instant', default: null, values: null, help: 'Start, included: an ISO instant, or a local date in timeZone. Default: the first event.' },
  { name: 'to', type: 'instant', default: null, values: null, help: 'End, excluded: an ISO instant, or a local date in timeZone. Default: after the last event.' },
  { name: 'timeZone', type: 'time-zone', default: 'UTC', values: null, help: 'IANA name of the time zone of dates and buckets.' },
  { name: 'grain', type: 'choice', default: null, values: ['hour', 'day', 'week', 'month'], help: 'Width of a bucket, where a view has buckets.' },
  text('application', 'Client id of the application.'),
  text('connection', 'Name or id of the connection.'),
  text('organization', 'Id of the organization.'),
  text('user', 'User id.'),
  text('type', 'Event type code.'),
  { name: 'outcome', type: 'choice', default: null, values: [...outcomes], help: 'What came of it.' },
  { name: 'category', type: 'choice', default: null, values: [...eventCategories], help: 'Kind of event type.' },
  text('strategy', 'Strategy of the connection, such as samlp.'),
  text('country', 'ISO 3166 code of the country that the event names, else that of its address.'),
  text('hostname', 'Host name the request came to.'),
  text('browser', 'Browser family, as the facet lists it.'),
  text('device', 'Kind of device: desktop, phone, tablet, bot or server.'),
  text('ip', 'Address; the spellings of one IPv6 address are the same.'),
  text('exclude', `Leaves out what a filter would find: FIELD:VALUE, with FIELD one of ${excludableFields.join(', ')}.`),
  text('q', 'Free text in user name and id, description, address and log id; upper and lower case are the same.'),
];
