/** Compares the rows and columns in memory with log events as they lie in the journal, one by one. */
import type { LogEvent } from '../../../shared/domain/log-event';
import { idColumnNames } from '../columns/columns';
import type { IdColumnName } from '../columns/columns';
import type { Address, Named, UserAgent } from './dictionaries';
import type { LogEvents } from './log-events';
import { unpackedLogId } from './pack-log-id';
import type { SqlValue } from './sql';

/** Table and text columns behind each id of a row. */
const texts = {
  type: ['d_type', 'code'], user: ['d_user', 'value'], userName: ['d_user_name', 'value'], connection: ['d_connection', 'connection_id', 'connection_name'],
  strategy: ['d_strategy', 'value'], organization: ['d_organization', 'organization_id', 'organization_name'], application: ['d_application', 'application_id', 'application_name'],
  address: ['d_address', 'value'], userAgent: ['d_user_agent', 'value'], hostname: ['d_hostname', 'value'], description: ['d_description', 'value'],
  country: ['d_country', 'value'], audience: ['d_audience', 'value'], error: ['d_error', 'value'],
} as const satisfies Readonly<Record<IdColumnName, readonly [string, ...string[]]>>;
const columnOf = (name: IdColumnName): string => name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);

const idCells = idColumnNames.map(columnOf);
const textCells = idColumnNames.flatMap(name => {
  const [table, ...columns] = texts[name];
  return columns.map(column => `(SELECT ${column} FROM ${table} WHERE id = log_event.${columnOf(name)})`);
});
const rowText = `SELECT seq, ${unpackedLogId}, occurred_at, ${[...idCells, ...textCells].join(', ')} FROM log_event WHERE seq = ?`;

/** What the dictionaries in memory have under an id, as texts in the order of `texts`. */
function entryTexts(name: IdColumnName, entry: unknown): readonly (string | null)[] {
  if (entry === null) return texts[name].slice(1).map(() => null);
  if (name === 'connection' || name === 'organization' || name === 'application') return [(entry as Named).id, (entry as Named).name];
  if (name === 'address' || name === 'userAgent') return [(entry as Address | UserAgent).value];
  return [name === 'type' ? (entry as { readonly code: string }).code : (entry as string)];
}

const eventTexts = (event: LogEvent, country: string | null): readonly (string | null)[] => [
  event.type, event.userId, event.userName, event.connectionId, event.connection, event.strategy, event.organizationId, event.organizationName,
  event.applicationId, event.applicationName, event.ip, event.userAgent, event.hostname, event.description, event.country ?? country, event.audience, event.error,
];

const sameCells = (a: readonly SqlValue[], b: readonly SqlValue[]): boolean => a.length === b.length && a.every((cell, index) => cell === b[index]);

export class RowChecker {
  readonly #rows: LogEvents;
  #near = 0;
  #count = 0;

  constructor(rows: LogEvents) {
    this.#rows = rows;
  }

  /** How many events had a row. */
  get count(): number {
    return this.#count;
  }

  /** What is wrong with the row and the columns of an event; null when nothing is. */
  problemOf(event: LogEvent, seq: number): string | null {
    const [row] = this.#rows.all({ text: rowText, values: [seq] });
    if (row === undefined) return 'it has no row';
    this.#count += 1;
    const ids = row.slice(3, 3 + idColumnNames.length).map(Number);
    const { dictionaries } = this.#rows;
    const country = dictionaries.address.entry(ids[idColumnNames.indexOf('address')] ?? 0)?.country ?? null;
    const expected = eventTexts(event, country);
    if (row[1] !== event.logId || Number(row[2]) !== event.occurredAt || !sameCells(row.slice(3 + ids.length), expected)) return 'its row differs from it';
    if (!sameCells(idColumnNames.flatMap((name, index) => entryTexts(name, dictionaries.of(name).entry(ids[index] ?? 0))), expected)) return 'the dictionaries differ from it';
    return this.#columnsHold(seq, event.occurredAt, ids) ? null : 'its columns differ from it';
  }

  #columnsHold(seq: number, occurredAt: number, ids: readonly number[]): boolean {
    const { columns } = this.#rows;
    const places = columns.seq;
    // Rows stand in the order in which they were stored, so nearly always behind the last one.
    const row = places[this.#near] === seq ? this.#near : places.indexOf(seq);
    this.#near = row + 1;
    return row >= 0 && columns.occurredAt[row] === occurredAt && idColumnNames.every((name, index) => columns.ids(name)[row] === ids[index]);
  }
}
