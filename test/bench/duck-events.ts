/** Gives DuckDB the same events: one table, one row an event, read as the product reads them. */
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createNormalizer } from '../../electron/engine/sync/normalize-log-event';
import { describeUserAgent } from '../../electron/engine/store/user-agent';
import type { LogEvent } from '../../shared/domain/log-event';
import { canonicalAddress } from '../../shared/domain/address';
import { eventTypeOf } from '../../shared/domain/event-types';
import type { EventFile } from './event-file';
import { eventsPerPage } from './event-file';
import type { DuckConnection } from './peer-modules';

type Described = { readonly browser: string | null; readonly device: string | null };
type Cells = Readonly<Record<string, string | number | null>>;

/** Column to value; `occurred_at` becomes a timestamp in UTC. */
function cellsOf(event: LogEvent, { browser, device }: Described): Cells {
  const { category, outcome } = eventTypeOf(event.type);
  return {
    occurred_at: event.occurredAt, type: event.type, category, outcome, user_id: event.userId, user_name: event.userName,
    connection: event.connection, connection_id: event.connectionId, strategy: event.strategy, organization_id: event.organizationId,
    application_id: event.applicationId, ip: event.ip === null ? null : canonicalAddress(event.ip), browser, device, audience: event.audience,
    description: event.description, error: event.error, country: event.country, hostname: event.hostname,
  };
}

const columns = [
  'occurred_at', 'type', 'category', 'outcome', 'user_id', 'user_name', 'connection', 'connection_id', 'strategy', 'organization_id', 'application_id',
  'ip', 'browser', 'device', 'audience', 'description', 'error', 'country', 'hostname',
] as const;

/** When the events begin and end, in milliseconds since 1970. */
export type Span = { readonly first: number; readonly last: number };

const quoted = (text: string): string => `'${text.replaceAll('\'', '\'\'')}'`;

/** Makes the table `e`. `folder`: for a file on the way. */
export async function loadEvents(connection: DuckConnection, events: EventFile, folder: string): Promise<Span> {
  const path = join(folder, 'duckdb-rows.json');
  const span = writeRows(events, path);
  const types = columns.map(name => `${name}: '${name === 'occurred_at' ? 'BIGINT' : 'VARCHAR'}'`).join(', ');
  await connection.runAndReadAll(`
    CREATE TABLE e AS SELECT epoch_ms(occurred_at) AS occurred_at, ${columns.slice(1).join(', ')}
    FROM read_json(${quoted(path)}, format = 'newline_delimited', columns = {${types}})`);
  rmSync(path);
  return span;
}

function writeRows(events: EventFile, path: string): Span {
  const normalize = createNormalizer();
  const encoder = new TextEncoder();
  const agents = new Map<string, Described>();
  const file = openSync(path, 'w');
  let span: Span = { first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY };
  const rowOf = (body: unknown): string => {
    const normalized = normalize(encoder.encode(JSON.stringify(body)), null);
    if (normalized.kind === 'rejected') throw new Error(`an event was rejected: ${normalized.reason}`);
    const { value } = normalized;
    const key = JSON.stringify([value.userAgent, value.isMobile]);
    const described = agents.get(key) ?? describeUserAgent(value.userAgent, value.isMobile);
    agents.set(key, described);
    span = { first: Math.min(span.first, value.occurredAt), last: Math.max(span.last, value.occurredAt) };
    return `${JSON.stringify(cellsOf(value, described))}\n`;
  };
  for (let page = 0; page * eventsPerPage < events.count; page += 1) {
    const bodies = JSON.parse(new TextDecoder().decode(events.page(page))) as readonly unknown[];
    writeSync(file, bodies.map(rowOf).join(''));
  }
  closeSync(file);
  return span;
}
