/** What the values of a filter are among the dictionary ids of a tenant: the names, ids and texts in it are looked up in SQL, the rows by scanning columns. */
import type { LogEvents } from '../store/log-events';
import { packLogId, unpackedLogId } from '../store/pack-log-id';
import type { Sql } from '../store/sql';
import { join, name, sql } from '../store/sql';
import type { ExcludableField } from '../../../shared/views/common-params';
import type { IdColumnName } from '../columns/columns';

const unpacked: Sql = { text: unpackedLogId, values: [] };
const listedNeedles = 20;

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

export type FieldMatch = { readonly column: IdColumnName; readonly ids: readonly number[] };

/** The dictionary ids that a filter finds. An outcome is one of the type. */
export function idsMatching(rows: LogEvents, field: ExcludableField, values: readonly string[]): FieldMatch {
  if (field === 'outcome') return { column: 'type', ids: idsWhere(rows, 'd_type', ['outcome'], values) };
  const { column, table, matches } = lookups[field];
  return { column, ids: idsWhere(rows, table, matches, values) };
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
export type TextMatches = { readonly fields: readonly FieldMatch[]; readonly seqs: ReadonlySet<number> };

/** Free text: a part of the folded user name, user id, description or address, or of the log id, which is digits but for odd ones. */
export function freeTextMatches(rows: LogEvents, needles: readonly string[]): TextMatches {
  const logIds = ofLogIds(rows, needles);
  const seqs = logIds.length === 0 ? [] : rows.all(sql`SELECT seq FROM log_event WHERE ${join(logIds, ' OR ')}`).map(([seq]) => Number(seq));
  return { fields: searchedFields(rows, needles), seqs: new Set(seqs) };
}
