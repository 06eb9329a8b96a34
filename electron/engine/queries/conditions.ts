/** The common filters as conditions on `log_event`: OR within one filter, AND between filters. */
import type { LogEvents } from '../store/log-events';
import { packLogId, unpackedLogId } from '../store/pack-log-id';
import type { Sql } from '../store/sql';
import { join, name, nothing, sql } from '../store/sql';
import { outcomes } from '../../../shared/domain/event-types';
import { excludableFields } from '../../../shared/views/common-params';
import type { ExcludableField } from '../../../shared/views/common-params';
import type { IdColumnName } from '../columns/columns';
import type { Scope } from './define-query';

const unpacked: Sql = { text: unpackedLogId, values: [] };
const never: Sql = sql`0`;
/** Up to so many ids stand in the statement itself. */
const listedIds = 500;
const listedNeedles = 20;

const isOneOf = (column: string, ids: readonly number[]): Sql => {
  const [only] = ids;
  if (only === undefined) return never;
  // With one id SQLite reads the rows in the index's order; a list of one would be sorted. The indexes of dictionary ids leave out 0, and are used where that is said.
  if (ids.length === 1) return only === 0 ? sql`${name(column)} = 0` : sql`${name(column)} = ${only} AND ${name(column)} <> 0`;
  if (ids.length <= listedIds) return sql`${name(column)} IN (${join(ids.map(id => sql`${id}`), ', ')})`;
  return sql`${name(column)} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`;
};

/** Dictionary ids whose column equals one of the values. */
function idsWhere(rows: LogEvents, table: string, columns: readonly string[], values: readonly string[]): readonly number[] {
  const matches = join(columns.map(column => sql`${name(column)} IN (SELECT value FROM json_each(${JSON.stringify(values)}))`), ' OR ');
  return rows.all(sql`SELECT id FROM ${name(table)} WHERE ${matches}`).map(([id]) => Number(id));
}

/** The column a filter looks at, and the dictionary columns its value may equal. */
type Lookup = { readonly column: IdColumnName; readonly table: string; readonly matches: readonly string[] };

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
  browser: { column: 'userAgent', table: 'd_user_agent', matches: ['browser'] },
  device: { column: 'userAgent', table: 'd_user_agent', matches: ['device'] },
};

/** The name in SQL of a column that scans call by the other name. */
const sqlNames: Readonly<Partial<Record<IdColumnName, string>>> = { userName: 'user_name', userAgent: 'user_agent' };
const sqlName = (column: IdColumnName): string => sqlNames[column] ?? column;

export type FieldMatch = { readonly column: IdColumnName; readonly ids: readonly number[] };

/** The dictionary ids that a filter finds. An outcome is one of the type. */
export function idsMatching(rows: LogEvents, field: ExcludableField, values: readonly string[]): FieldMatch {
  if (field === 'outcome') return { column: 'type', ids: idsWhere(rows, 'd_type', ['outcome'], values) };
  const { column, table, matches } = lookups[field];
  return { column, ids: idsWhere(rows, table, matches, values) };
}

/** Fields with an index that is in order of time behind each id. */
const indexedFields: readonly ExcludableField[] = ['application', 'connection', 'organization', 'user', 'type', 'outcome', 'ip'];

/** Whether a page can be read straight off an index: without filters, or with one that finds a single id of an indexed field. */
export function isInIndexOrder({ rows, params: { filter } }: Scope): boolean {
  const fields = excludableFields.filter(field => filter[field].length > 0);
  const [only] = fields;
  if (filter.q.length > 0 || filter.exclude.length > 0 || fields.length > 1) return false;
  if (only === undefined) return true;
  if (only === 'outcome') return filter.outcome.length === 1;
  return indexedFields.includes(only) && idsMatching(rows, only, filter[only]).ids.length === 1;
}

function matching(rows: LogEvents, field: ExcludableField, values: readonly string[]): Sql {
  if (field === 'outcome') return isOneOf('outcome', values.map(value => outcomes.findIndex(known => known === value)));
  const { column, ids } = idsMatching(rows, field, values);
  return isOneOf(sqlName(column), ids);
}

const searched = [['userName', 'd_user_name'], ['user', 'd_user'], ['description', 'd_description'], ['address', 'd_address']] as const;

/** Whether a text contains one of the needles; a long list is passed as one value. */
function containsOne(haystack: Sql, needles: readonly string[]): Sql {
  if (needles.length <= listedNeedles) return sql`(${join(needles.map(needle => sql`instr(${haystack}, ${needle})`), ' OR ')})`;
  return sql`EXISTS (SELECT 1 FROM json_each(${JSON.stringify(needles)}) WHERE instr(${haystack}, value))`;
}

/** A whole log id is looked up; a part of one is searched for. */
function ofLogIds(rows: LogEvents, needles: readonly string[]): readonly Sql[] {
  const whole = needles.filter(needle => typeof packLogId(needle) !== 'string');
  const parts = rows.hasOddLogIds ? needles : needles.filter(needle => /^\d{1,55}$/.test(needle));
  return [
    ...(whole.length === 0 ? [] : [sql`log_id IN (${join(whole.map(needle => sql`${packLogId(needle)}`), ', ')})`]),
    ...(parts.length === 0 ? [] : [containsOne(sql`lower(${unpacked})`, parts)]),
  ];
}

const searchedFields = (rows: LogEvents, needles: readonly string[]): readonly FieldMatch[] =>
  searched.map(([column, table]) => ({ column, ids: rows.all(sql`SELECT id FROM ${name(table)} WHERE ${containsOne(sql`folded`, needles)}`).map(([id]) => Number(id)) }));

/** What free text finds: by dictionary, and by log id the places of the events. */
export function freeTextMatches(rows: LogEvents, needles: readonly string[]): { readonly fields: readonly FieldMatch[]; readonly seqs: ReadonlySet<number> } {
  const logIds = ofLogIds(rows, needles);
  const seqs = logIds.length === 0 ? [] : rows.all(sql`SELECT seq FROM log_event WHERE ${join(logIds, ' OR ')}`).map(([seq]) => Number(seq));
  return { fields: searchedFields(rows, needles), seqs: new Set(seqs) };
}

/** Free text: a part of the folded user name, user id, description or address, or of the log id, which is digits but for odd ones. */
function freeText(rows: LogEvents, needles: readonly string[]): Sql {
  const matches = searchedFields(rows, needles).map(({ column, ids }) => isOneOf(sqlName(column), ids));
  const pieces = [...matches.filter(match => match !== never), ...ofLogIds(rows, needles)];
  return pieces.length === 0 ? never : sql`(${join(pieces, ' OR ')})`;
}

/** All filters but the time range and `asOf`; empty when there are none. */
export function filterConditions(scope: Scope): readonly Sql[] {
  const { filter } = scope.params;
  const conditions = excludableFields.filter(field => filter[field].length > 0).map(field => matching(scope.rows, field, filter[field]));
  const excluded = excludableFields.map(field => ({ field, values: filter.exclude.filter(item => item.field === field).map(item => item.value) }))
    .filter(({ values }) => values.length > 0).map(({ field, values }) => sql`NOT (${matching(scope.rows, field, values)})`);
  const texts = filter.q.length === 0 ? [] : [freeText(scope.rows, filter.q)];
  return [...conditions, ...excluded, ...texts];
}

/**
 * The time range as one range of the index. `until` lowers its end (included), as a page goes on behind a row: with two upper
 * bounds SQLite would walk all rows between them.
 */
export function timeConditions(scope: Scope, until: number | null): readonly Sql[] {
  const { from, to } = scope.params.filter;
  const last = Math.min(to === null ? afterAll : to - 1, until ?? afterAll);
  return [sql`occurred_at >= ${from ?? beforeAll}`, sql`occurred_at <= ${last}`];
}
const beforeAll = -9_007_199_254_740_991;
const afterAll = 9_007_199_254_740_991;

/** Nothing where nothing is newer. `+seq` keeps SQLite from walking the rows in order of arrival. */
export const asOfConditions = (scope: Scope): readonly Sql[] => (scope.asOf >= scope.rows.lastSeq ? [] : [sql`+seq <= ${scope.asOf}`]);

/** For a page, which is read in order of time. */
export const pageWhere = (scope: Scope, until: number | null, more: readonly Sql[]): Sql =>
  join([...filterConditions(scope), ...timeConditions(scope, until), ...asOfConditions(scope), ...more], ' AND ');

/** For a count: no condition that is not needed, so that SQLite may count in whatever index covers it. */
export function countConditions(scope: Scope): readonly Sql[] {
  const { from, to } = scope.params.filter;
  return [...filterConditions(scope), ...(from === null && to === null ? [] : timeConditions(scope, null))];
}

export const whereAll = (conditions: readonly Sql[]): Sql => (conditions.length === 0 ? nothing : sql`WHERE ${join(conditions, ' AND ')}`);
