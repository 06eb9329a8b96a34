/** The audit timeline: pages of log events, newest first, read straight off an index where one holds them together, else found by scanning columns. */
import { formatInstant } from '../../../shared/domain/time';
import { auditTimeline } from '../../../shared/views/audit-timeline';
import type { Dictionaries } from '../store/dictionaries';
import { unpackedLogId } from '../store/pack-log-id';
import type { Sql, SqlValue } from '../store/sql';
import { sql } from '../store/sql';
import { latestPassing, latestRows } from '../columns/latest-rows';
import { createRowTest } from '../columns/select-rows';
import { countConditions, isInIndexOrder, pageWhere, whereAll } from './conditions';
import type { Cells, ListQuery, OrderKey, Page, Scope } from './define-query';

const unpacked: Sql = { text: unpackedLogId, values: [] };

/** Cells in the order of `auditTimeline.columns`, from a row of the query below. */
function cellsOf(dictionaries: Dictionaries, row: readonly SqlValue[]): Cells {
  const id = (index: number): number => Number(row[index]);
  const type = dictionaries.type.entry(id(2));
  const connection = dictionaries.connection.entry(id(5));
  const organization = dictionaries.organization.entry(id(7));
  const application = dictionaries.application.entry(id(8));
  return [
    formatInstant(id(1)), type?.code ?? '', type?.name ?? '', type?.category ?? '', type?.outcome ?? '',
    dictionaries.user.entry(id(3)), dictionaries.userName.entry(id(4)),
    connection?.name ?? null, connection?.id ?? null, dictionaries.strategy.entry(id(6)),
    organization?.id ?? null, organization?.name ?? null, application?.id ?? null, application?.name ?? null,
    dictionaries.address.entry(id(9))?.value ?? null, dictionaries.userAgent.entry(id(10))?.value ?? null,
    dictionaries.hostname.entry(id(11)), dictionaries.description.entry(id(12)),
    String(row[14]), id(13),
  ];
}

const selection = sql`
  SELECT seq, occurred_at, type, user, user_name, connection, strategy, organization, application,
         address, user_agent, hostname, description, revisions, ${unpacked}
    FROM log_event`;

/** What is newer than `asOf` is few, and found at the end of the rows. */
async function total(scope: Scope): Promise<number> {
  if (!isInIndexOrder(scope)) return (await scope.selected()).length;
  const count = (conditions: readonly Sql[]): number => Number(scope.rows.all(sql`SELECT COUNT(*) FROM log_event ${whereAll(conditions)}`)[0]?.[0] ?? 0);
  const conditions = countConditions(scope);
  const all = conditions.length === 0 ? scope.rows.count : count(conditions);
  return scope.asOf >= scope.rows.lastSeq ? all : all - count([...conditions, sql`seq > ${scope.asOf}`]);
}

export const auditTimelineQuery: ListQuery = {
  kind: 'list',
  view: auditTimeline,
  total,
  page: (scope, after, size) => (isInIndexOrder(scope) ? Promise.resolve(indexedPage(scope, after, size)) : scannedPage(scope, after, size)),
};

/** Read straight off an index. */
function indexedPage(scope: Scope, after: OrderKey | null, size: number): Page {
  const [at, seq] = after ?? [];
  return readRows(scope, [sql`
    ${selection}
     WHERE ${pageWhere(scope, at ?? null, at === undefined || seq === undefined ? [] : [sql`(occurred_at < ${at} OR seq < ${seq})`])}
     ORDER BY occurred_at DESC, seq DESC
     LIMIT ${size}`]);
}

/** Where no index holds the rows together, they are found among the columns. */
async function scannedPage(scope: Scope, after: OrderKey | null, size: number): Promise<Page> {
  const { columns } = scope.rows;
  const { seq } = columns;
  const wanted = { after, size };
  const rows = latestPassing(columns, createRowTest(scope), wanted) ?? latestRows(await scope.selected(), columns, wanted);
  return readRows(scope, rows.map(row => sql`${selection} WHERE seq = ${seq[row] ?? 0}`));
}

function readRows(scope: Scope, queries: readonly Sql[]): Page {
  const rows: Cells[] = [];
  const keys: OrderKey[] = [];
  for (const query of queries) {
    scope.rows.each(query, row => {
      rows.push(cellsOf(scope.rows.dictionaries, row));
      keys.push([Number(row[1]), Number(row[0])]);
    });
  }
  return { rows, keys };
}
