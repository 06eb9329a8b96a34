/** Peer of the ingest: better-sqlite3 in memory, taking the same rows with the indexes that pages would need of it, and keeping nothing on a disk. */
import { packLogId } from '../../electron/engine/store/pack-log-id';
import type { LogEvent } from '../../shared/domain/log-event';
import type { EventFile } from './event-file';
import { timed } from './measurement';
import type { SqliteDatabase } from './peer-modules';
import { openSqlite } from './peer-modules';
import type { PeerPackages } from './peer-packages';
import type { Peer } from './peers';
import type { IngestJob } from './plain-append';

/** Columns of dictionary ids: what each is called in the event as Auth0 sends it, and as the product reads it. */
const encoded: readonly (readonly [member: string, field: keyof LogEvent])[] = [
  ['type', 'type'], ['user_id', 'userId'], ['user_name', 'userName'], ['connection', 'connection'], ['strategy', 'strategy'], ['organization_id', 'organizationId'],
  ['client_id', 'applicationId'], ['ip', 'ip'], ['user_agent', 'userAgent'], ['hostname', 'hostname'], ['description', 'description'], ['country', 'country'],
  ['audience', 'audience'], ['error', 'error'],
];
const indexed = ['type', 'outcome', 'user_id', 'connection', 'organization_id', 'client_id', 'ip'];
const outcomeCount = 5;

const setUp = `
  PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536;
  CREATE TABLE log_event (
    seq INTEGER PRIMARY KEY, log_id ANY NOT NULL UNIQUE, occurred_at INTEGER NOT NULL,
    ${encoded.map(([name]) => `${name} INTEGER NOT NULL`).join(', ')}, outcome INTEGER NOT NULL, frame INTEGER NOT NULL, slot INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX log_event_time ON log_event (occurred_at);
  ${indexed.map(name => `CREATE INDEX log_event_${name} ON log_event (${name}, occurred_at);`).join('\n')}`;

type Insertable = { readonly logId: string; readonly occurredAt: number; /** In the order of `encoded`. */ readonly texts: readonly unknown[] };

/** Rows of dictionary ids, as the product makes them. */
export class SqliteRows {
  readonly #database: SqliteDatabase;
  readonly #insert: ReturnType<SqliteDatabase['prepare']>;
  readonly #dictionaries = encoded.map(() => new Map<unknown, number>());
  #seq = 0;

  constructor(database: SqliteDatabase) {
    this.#database = database;
    database.exec(setUp);
    this.#insert = database.prepare(`INSERT INTO log_event VALUES (${Array.from({ length: encoded.length + 6 }, () => '?').join(', ')})`);
  }

  /** In one transaction. */
  insertPage(page: number, events: readonly Insertable[]): void {
    this.#database.exec('BEGIN');
    for (const [slot, { logId, occurredAt, texts }] of events.entries()) {
      this.#seq += 1;
      const ids = this.#dictionaries.map((dictionary, index) => idOf(dictionary, texts[index]));
      this.#insert.run(this.#seq, packLogId(logId), occurredAt, ...ids, (ids[0] ?? 0) % outcomeCount, page, slot);
    }
    this.#database.exec('COMMIT');
  }

  /** Closes. @throws Error when there are not so many rows */
  end(count: number): void {
    const found = this.#database.prepare('SELECT COUNT(*) AS count FROM log_event').get() as { readonly count: number };
    this.#database.close();
    if (found.count !== count) throw new Error(`better-sqlite3 holds ${String(found.count)} events`);
  }
}

function idOf(dictionary: Map<unknown, number>, value: unknown): number {
  if (value === undefined || value === null || value === '') return 0;
  const key = typeof value === 'object' ? JSON.stringify(value) : value;
  const known = dictionary.get(key);
  if (known !== undefined) return known;
  dictionary.set(key, dictionary.size + 1);
  return dictionary.size;
}

const bodyOf = (body: Readonly<Record<string, unknown>>): Insertable =>
  ({ logId: String(body['log_id']), occurredAt: Date.parse(String(body['date'])), texts: encoded.map(([member]) => body[member]) });

/** For an event that was read already. */
export const insertable = (event: LogEvent): Insertable => ({ logId: event.logId, occurredAt: event.occurredAt, texts: encoded.map(([, field]) => event[field]) });

/** Null where better-sqlite3 cannot be used. */
export function openSqliteRows(packages: PeerPackages): SqliteRows | null {
  const database = openSqlite(packages);
  return database === null ? null : new SqliteRows(database);
}

/** Pages are parsed, texts encoded and rows inserted, a transaction a page. */
export function sqliteInsert(packages: PeerPackages): readonly Peer<IngestJob>[] {
  if (packages.versions['better-sqlite3'] === undefined) return [];
  return [{
    name: 'better-sqlite3 in memory',
    run: async ({ events }) => {
      const rows = openSqliteRows(packages);
      const ms = await timed(() => { if (rows !== null) insertAll(rows, events); });
      rows?.end(events.count);
      return ms;
    },
  }];
}

function insertAll(rows: SqliteRows, events: EventFile): void {
  const decoder = new TextDecoder();
  for (let page = 0; page < events.pageCount; page += 1) {
    const bodies = JSON.parse(decoder.decode(events.page(page))) as readonly Readonly<Record<string, unknown>>[];
    rows.insertPage(page, bodies.map(bodyOf));
  }
}
