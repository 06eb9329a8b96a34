/** The audit timeline: pages of log events, newest first, found by scanning columns and read from SQL. */
import { formatInstant } from '../../../shared/domain/time';
import { auditTimeline } from '../../../shared/views/audit-timeline';
import type { Dictionaries } from '../store/dictionaries';
import { unpackedLogId } from '../store/pack-log-id';
import type { SqlValue } from '../store/sql';
import { latestPassing, latestRows } from '../columns/latest-rows';
import { rowSearch, rowTest } from '../columns/select-rows';
import type { Cells, ListQuery, OrderKey, Page, Scope } from './define-query';

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

const rowText = `
  SELECT seq, occurred_at, type, user, user_name, connection, strategy, organization, application,
         address, user_agent, hostname, description, revisions, ${unpackedLogId}
    FROM log_event
   WHERE seq = ?`;

export const auditTimelineQuery: ListQuery = {
  kind: 'list',
  view: auditTimeline,
  total: async scope => (await scope.selected()).length,
  page,
};

async function page(scope: Scope, after: OrderKey | null, size: number): Promise<Page> {
  const { columns } = scope.rows;
  const search = rowSearch(scope);
  const wanted = { after, size };
  const found = latestPassing(columns, { ...search, test: rowTest(scope.rows, search) }, wanted) ?? latestRows(await scope.selected(), columns, wanted);
  return readRows(scope, found);
}

function readRows(scope: Scope, found: readonly number[]): Page {
  const rows: Cells[] = [];
  const keys: OrderKey[] = [];
  const { seq } = scope.rows.columns;
  for (const row of found) {
    scope.rows.each({ text: rowText, values: [seq[row] ?? 0] }, cells => {
      rows.push(cellsOf(scope.rows.dictionaries, cells));
      keys.push([Number(cells[1]), Number(cells[0])]);
    });
  }
  return { rows, keys };
}
