/** The common filters as one SQL statement over a tenant's rows: the plain reference of what scans find. */
import type { Scope } from '../../electron/engine/queries/define-query';
import { unpackedLogId } from '../../electron/engine/store/pack-log-id';
import type { Sql } from '../../electron/engine/store/sql';
import { join, name, sql } from '../../electron/engine/store/sql';
import type { ExcludableField } from '../../shared/views/common-params';
import { excludableFields } from '../../shared/views/common-params';

/** Of each field the column of a row, its dictionary, and what of it may equal a value. */
const fields: Readonly<Record<ExcludableField, readonly [column: string, table: string, ...texts: string[]]>> = {
  application: ['application', 'd_application', 'application_id'], connection: ['connection', 'd_connection', 'connection_id', 'connection_name'],
  organization: ['organization', 'd_organization', 'organization_id'], user: ['user', 'd_user', 'value'], type: ['type', 'd_type', 'code'],
  category: ['type', 'd_type', 'category'], outcome: ['type', 'd_type', 'outcome'], ip: ['address', 'd_address', 'canonical'], strategy: ['strategy', 'd_strategy', 'value'],
  country: ['country', 'd_country', 'value'], hostname: ['hostname', 'd_hostname', 'value'], browser: ['user_agent', 'd_user_agent', 'browser'], device: ['user_agent', 'd_user_agent', 'device'],
};

function isOneOf(field: ExcludableField, values: readonly string[]): Sql {
  const [column, table, ...texts] = fields[field];
  const equal = join(texts.flatMap(text => values.map(value => sql`${name(text)} = ${value}`)), ' OR ');
  return sql`${name(column)} IN (SELECT id FROM ${name(table)} WHERE ${equal})`;
}

const contains = (needle: string): Sql => join([
  ...[['user_name', 'd_user_name'], ['user', 'd_user'], ['description', 'd_description'], ['address', 'd_address']]
    .map(([column = '', table = '']) => sql`${name(column)} IN (SELECT id FROM ${name(table)} WHERE instr(folded, ${needle}))`),
  sql`instr(lower(${{ text: unpackedLogId, values: [] }}), ${needle})`,
], ' OR ');

/** The `seq` of each row that passes all filters of a question, in order. */
export function matchingSeqs(scope: Scope): readonly number[] {
  const { filter } = scope.params;
  const conditions = [
    sql`seq <= ${scope.asOf}`,
    ...(filter.from === null ? [] : [sql`occurred_at >= ${filter.from}`]), ...(filter.to === null ? [] : [sql`occurred_at < ${filter.to}`]),
    ...excludableFields.filter(field => filter[field].length > 0).map(field => isOneOf(field, filter[field])),
    ...filter.exclude.map(({ field, value }) => sql`NOT (${isOneOf(field, [value])})`),
    ...(filter.q.length === 0 ? [] : [sql`(${join(filter.q.map(contains), ' OR ')})`]),
  ];
  return scope.rows.all(sql`SELECT seq FROM log_event WHERE ${join(conditions, ' AND ')} ORDER BY seq`).map(([seq]) => Number(seq));
}
