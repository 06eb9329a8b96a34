/** The common filters as conditions on `log_event`: OR within one filter, AND between filters. */
import type { LogEvents } from '../store/log-events';
import { unpackedLogId } from '../store/pack-log-id';
import type { Sql, SqlValue } from '../store/sql';
import { join, name, sql } from '../store/sql';
import { outcomes } from '../../../shared/domain/event-types';
import { excludableFields } from '../../../shared/views/common-params';
import type { ExcludableField } from '../../../shared/views/common-params';
import type { Scope } from './define-query';

const unpacked: Sql = { text: unpackedLogId, values: [] };
const never: Sql = sql`0`;
/** Up to so many ids stand in the statement; more are looked up by it. */
const listedIds = 500;

const isOneOf = (column: string, ids: readonly SqlValue[]): Sql => {
  if (ids.length === 0) return never;
  const [only] = ids;
  // With one id SQLite reads the rows in the index's order; a list of one would be sorted.
  return ids.length === 1 && only !== undefined ? sql`${name(column)} = ${only}` : sql`${name(column)} IN (${join(ids.map(id => sql`${id}`), ', ')})`;
};

/** Dictionary ids whose column equals one of the values. */
function idsWhere(rows: LogEvents, table: string, columns: readonly string[], values: readonly string[]): readonly SqlValue[] {
  const list = join(values.map(value => sql`${value}`), ', ');
  const matches = join(columns.map(column => sql`${name(column)} IN (${list})`), ' OR ');
  return rows.all(sql`SELECT id FROM ${name(table)} WHERE ${matches}`).map(([id]) => id ?? 0);
}

/** The column of `log_event` a filter looks at, and the dictionary columns its value may equal. */
type Lookup = { readonly column: string; readonly table: string; readonly matches: readonly string[] };

const lookups: Readonly<Record<Exclude<ExcludableField, 'outcome'>, Lookup>> = {
  application: { column: 'application', table: 'd_application', matches: ['application_id'] },
  connection: { column: 'connection', table: 'd_connection', matches: ['connection_id', 'connection_name'] },
  organization: { column: 'organization', table: 'd_organization', matches: ['organization_id'] },
  user: { column: 'user', table: 'd_user', matches: ['value'] },
  type: { column: 'type', table: 'd_type', matches: ['code'] },
  category: { column: 'type', table: 'd_type', matches: ['category'] },
  ip: { column: 'address', table: 'd_address', matches: ['canonical'] },
  strategy: { column: 'strategy', table: 'd_strategy', matches: ['value'] },
  country: { column: 'country', table: 'd_country', matches: ['value'] },
  hostname: { column: 'hostname', table: 'd_hostname', matches: ['value'] },
  browser: { column: 'user_agent', table: 'd_user_agent', matches: ['browser'] },
  device: { column: 'user_agent', table: 'd_user_agent', matches: ['device'] },
};

function matching(rows: LogEvents, field: ExcludableField, values: readonly string[]): Sql {
  if (field === 'outcome') return isOneOf('outcome', values.map(value => outcomes.findIndex(known => known === value)));
  const { column, table, matches } = lookups[field];
  return isOneOf(column, idsWhere(rows, table, matches, values));
}

const searched = [['user_name', 'd_user_name'], ['user', 'd_user'], ['description', 'd_description'], ['address', 'd_address']] as const;

/** Free text: a part of the folded user name, user id, description or address, or of the log id, which is digits but for odd ones. */
function freeText(rows: LogEvents, needle: string): Sql {
  const matches = searched.map(([column, table]) => {
    const ids = rows.all(sql`SELECT id FROM ${name(table)} WHERE instr(folded, ${needle})`).map(([id]) => id ?? 0);
    return ids.length <= listedIds ? isOneOf(column, ids) : sql`${name(column)} IN (SELECT id FROM ${name(table)} WHERE instr(folded, ${needle}))`;
  });
  const mayBeLogId = rows.hasOddLogIds || /^\d+$/.test(needle);
  const pieces = [...matches.filter(match => match !== never), ...(mayBeLogId ? [sql`instr(lower(${unpacked}), ${needle})`] : [])];
  return pieces.length === 0 ? never : sql`(${join(pieces, ' OR ')})`;
}

/** All filters but the time range and `asOf`; empty when there are none. */
export function filterConditions(scope: Scope): readonly Sql[] {
  const { filter } = scope.params;
  const conditions = excludableFields.filter(field => filter[field].length > 0).map(field => matching(scope.rows, field, filter[field]));
  const excluded = filter.exclude.map(({ field, value }) => sql`NOT (${matching(scope.rows, field, [value])})`);
  const texts = filter.q.length === 0 ? [] : [sql`(${join(filter.q.map(needle => freeText(scope.rows, needle)), ' OR ')})`];
  return [...conditions, ...excluded, ...texts];
}

const beforeAll = -9_007_199_254_740_991;
const afterAll = 9_007_199_254_740_991;

/** The time range as a range of the index, given also when it is open, so that the index is searched and never scanned. */
export const timeConditions = (scope: Scope): readonly Sql[] => [
  sql`occurred_at >= ${scope.params.filter.from ?? beforeAll}`,
  sql`occurred_at < ${scope.params.filter.to ?? afterAll}`,
];

/** `+seq` keeps SQLite from walking the rows in order of arrival. */
export const asOfCondition = (scope: Scope): Sql => sql`+seq <= ${scope.asOf}`;

export const where = (scope: Scope, more: readonly Sql[] = []): Sql =>
  join([...filterConditions(scope), ...timeConditions(scope), asOfCondition(scope), ...more], ' AND ');
