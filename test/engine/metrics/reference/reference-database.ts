/** A flat table of the events of a generated log in a database of its own, with what a question asks for beside it. */
import type { Database, SqlJsStatic } from 'sql.js';
import { describeUserAgent } from '../../../../electron/engine/store/user-agent';
import { eventTypeOf } from '../../../../shared/domain/event-types';
import type { GeneratedLog } from '../../../builders/generated-log';
import { addresses } from '../../../builders/generated-log';
import type { RawEvent } from '../../../builders/log-event';
import type { Stretch } from './local-calendar';
import { definitions } from './definitions';
import type { Extra } from './questions';

type Value = string | number | null;
export type ReferenceRow = Readonly<Record<string, Value>>;

/** What a question's time and filters are, for the statements to read. */
export type Setting = {
  readonly asked: Stretch | null; readonly buckets: readonly (Stretch & { readonly number: number })[]; readonly days: readonly Stretch[];
};

export type ReferenceDatabase = {
  readonly span: { readonly start: number; readonly finish: number; readonly last: number } | null;
  readonly filter: (filters: readonly (readonly [field: string, values: readonly string[]])[], exclude: readonly string[], q: readonly string[]) => void;
  readonly ask: (statement: string, setting: Setting, extra: Extra) => readonly ReferenceRow[];
  readonly close: () => void;
};

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

function errorOf(raw: RawEvent): string | null {
  const error = (raw['details'] as { readonly error?: unknown } | undefined)?.error;
  if (typeof error !== 'object' || error === null) return text(error);
  const { message, oauthError, type } = error as Readonly<Record<string, unknown>>;
  return text(message) ?? text(oauthError) ?? text(type);
}

/** What stands behind the last @, when something stands on both sides. */
function domainOf(name: string | null): string | null {
  const parts = (name ?? '').split('@');
  const domain = parts.at(-1);
  return parts.length < 2 || parts.slice(0, -1).join('@') === '' ? null : text(domain)?.toLowerCase() ?? null;
}

const columns = [
  'seq', 'log_id', 'occurred_at', 'type', 'type_name', 'category', 'outcome', 'user_id', 'user_name', 'email_domain', 'connection_id', 'connection_name', 'strategy', 'organization_id', 'organization_name',
  'application_id', 'application_name', 'audience', 'ip', 'country', 'hostname', 'browser', 'device', 'error', 'description', 'searched',
] as const;

function rowOf(raw: RawEvent, seq: number): readonly Value[] {
  const { name, category, outcome } = eventTypeOf(raw.type);
  const { browser, device } = describeUserAgent(text(raw['user_agent']), typeof raw['isMobile'] === 'boolean' ? raw['isMobile'] : null);
  const country = text((raw['location_info'] as { readonly country_code?: string } | undefined)?.country_code);
  const searched = [raw['user_name'], raw['user_id'], raw['description'], raw['ip'], raw.log_id].map(part => String(part ?? '').toLowerCase()).join('\n');
  return [
    seq, raw.log_id, Date.parse(raw.date), raw.type, name, category, outcome, text(raw['user_id']), text(raw['user_name']), domainOf(text(raw['user_name'])), text(raw['connection_id']), text(raw['connection']), text(raw['strategy']),
    text(raw['organization_id']), text(raw['organization_name']), text(raw['client_id']), text(raw['client_name']), text(raw['audience']), text(addresses.find(([spelt]) => spelt === raw['ip'])?.[1]), country?.toUpperCase() ?? null, text(raw['hostname']),
    browser, device, errorOf(raw), text(raw['description']), searched,
  ];
}

const questionMarks = (count: number): string => Array.from({ length: count }, () => '?').join(', ');

function allRows(database: Database, statement: string): readonly ReferenceRow[] {
  const prepared = database.prepare(statement);
  const rows: ReferenceRow[] = [];
  while (prepared.step()) rows.push(prepared.getAsObject() as ReferenceRow);
  prepared.free();
  return rows;
}

export function openReference(sqlite: SqlJsStatic, { files, now }: GeneratedLog): ReferenceDatabase {
  const database = new sqlite.Database();
  database.exec(definitions);
  let filled: Setting | null = null;
  const insert = (table: string, rows: readonly (readonly Value[])[]): void => {
    if (rows[0] === undefined) return;
    const statement = database.prepare(`INSERT OR IGNORE INTO ${table} VALUES (${questionMarks(rows[0].length)})`);
    for (const row of rows) statement.run([...row]);
    statement.free();
  };
  const refill = (table: string, rows: readonly (readonly Value[])[]): void => {
    database.run(`DELETE FROM ${table}`);
    insert(table, rows);
  };
  insert(`reference_event (${columns.join(', ')})`, files.flat().map(({ event }, seq) => rowOf(event, seq)));
  insert('clock', [[now]]);
  database.exec('INSERT INTO event_field SELECT seq, field, value FROM named_value WHERE value IS NOT NULL');
  const [span] = allRows(database, 'SELECT start, finish, last FROM archive_span WHERE start IS NOT NULL');
  const spelling = (field: string, value: string): string => (field === 'ip' ? addresses.find(([spelt]) => spelt === value)?.[1] ?? value : value);
  return {
    span: span === undefined ? null : { start: Number(span['start']), finish: Number(span['finish']), last: Number(span['last']) },
    filter: (filters, exclude, q) => {
      refill('wanted', filters.flatMap(([field, all]) => all.map(value => [field, spelling(field, value)])));
      refill('unwanted', exclude.map(item => { const [field = '', ...rest] = item.split(':'); return [field, spelling(field, rest.join(':'))]; }));
      refill('needle', q.map(needle => [needle.toLowerCase()]));
      database.exec('DELETE FROM filtered_event; INSERT INTO filtered_event SELECT * FROM passing_event');
    },
    ask: (statement, setting, extra) => {
      if (setting !== filled) {
        const { asked, buckets, days } = setting;
        refill('question', asked === null ? [] : [[asked.start, asked.finish]]);
        refill('calendar_bucket', buckets.map(({ number, start, finish }) => [number, start, finish]));
        refill('calendar_day', days.map(({ start, finish }) => [start, finish]));
        filled = setting;
      }
      refill('parameter', Object.entries(extra).flatMap(([name, all]) => all.map(value => [name, value])));
      return allRows(database, statement);
    },
    close: () => { database.close(); },
  };
}
