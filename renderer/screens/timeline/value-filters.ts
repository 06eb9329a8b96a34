/** Which filter a value of a log event stands for, whether it is a cell of the table or a value inside the event. */
import type { TimelineRow } from './timeline-row';
import type { Filter, FilterField } from '../../filters';

export type FilterTarget = { readonly field: FilterField | 'q'; readonly value: string };

/** A parameter may be no longer; with its field's name when it is left out. */
const longestValue = 4000;

const target = (field: FilterField | 'q', value: string | null): FilterTarget | null =>
  (value === null || value.trim() === '' || value.length > longestValue ? null : { field, value });

/** The filter of a column's cell; null where nothing can be filtered. An id is filtered where there is one, since names repeat. */
export function cellTarget(columnId: string, row: TimelineRow): FilterTarget | null {
  switch (columnId) {
    case 'outcome': return target('outcome', row.outcome);
    case 'eventName': case 'type': return target('type', row.type);
    case 'category': return target('category', row.category);
    case 'userName': case 'userId': return target('user', row.userId) ?? target('q', row.userName);
    case 'connection': case 'connectionId': return target('connection', row.connectionId ?? row.connection);
    case 'strategy': return target('strategy', row.strategy);
    case 'organizationName': case 'organizationId': return target('organization', row.organizationId);
    case 'applicationName': case 'applicationId': return target('application', row.applicationId);
    case 'ip': return target('ip', row.ip);
    case 'hostname': return target('hostname', row.hostname);
    case 'description': return target('q', row.description);
    case 'logId': return target('q', row.logId);
    default: return null;
  }
}

const pathFields: ReadonlyMap<string, FilterField | 'q'> = new Map([
  ['type', 'type'], ['user_id', 'user'], ['user_name', 'q'], ['connection', 'connection'], ['connection_id', 'connection'], ['strategy', 'strategy'],
  ['client_id', 'application'], ['organization_id', 'organization'], ['ip', 'ip'], ['hostname', 'hostname'], ['description', 'q'], ['log_id', 'q'],
  ['location_info.country_code', 'country'],
]);

/** The filter of a text inside the event by the names that lead to it; null where the index does not know it. */
export function pathTarget(keys: readonly (string | number)[], text: string): FilterTarget | null {
  // A name that itself has a dot is not a path.
  if (keys.some(key => typeof key === 'number' || key.includes('.'))) return null;
  const field = pathFields.get(keys.join('.'));
  return field === undefined ? null : target(field, field === 'country' ? text.toUpperCase() : text);
}

export const filterFor = ({ field, value }: FilterTarget): Filter => ({ field, value, sense: 'for' });

/** Free text cannot be left out. */
export const filterOut = ({ field, value }: FilterTarget): Filter | null => (field === 'q' ? null : { field, value, sense: 'not' });
