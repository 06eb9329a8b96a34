/** The audit timeline: pages of log events, newest first, found by scanning columns and read from SQL. */
import { createInstantWriter } from '../../../shared/domain/instant-text';
import { auditTimeline } from '../../../shared/views/audit-timeline';
import type { IdColumnName } from '../columns/columns';
import type { Dictionary } from '../store/dictionary';
import type { LogEvents, RestOfRow } from '../store/log-events';
import { countRows } from '../columns/count-rows';
import { latestPassing, latestRows } from '../columns/latest-rows';
import { rowSearch, rowTest } from '../columns/select-rows';
import type { Cells, ListQuery, OrderKey, Page, Scope } from './define-query';

/** Reads a row's cells, in the order of `auditTimeline.columns`. */
function cellReader({ columns, dictionaries }: LogEvents): (row: number, rest: RestOfRow) => Cells {
  const read = <Entry>(name: IdColumnName, dictionary: Dictionary<Entry>): ((row: number) => Entry | null) => {
    const ids = columns.ids(name);
    return row => dictionary.entry(ids[row] ?? 0);
  };
  const [type, user, userName] = [read('type', dictionaries.type), read('user', dictionaries.user), read('userName', dictionaries.userName)];
  const [connection, strategy, organization] = [read('connection', dictionaries.connection), read('strategy', dictionaries.strategy), read('organization', dictionaries.organization)];
  const [application, address, userAgent] = [read('application', dictionaries.application), read('address', dictionaries.address), read('userAgent', dictionaries.userAgent)];
  const [hostname, description] = [read('hostname', dictionaries.hostname), read('description', dictionaries.description)];
  const { occurredAt } = columns;
  const instantText = createInstantWriter();
  return (row, { logId, revisions }) => {
    const [eventType, by, to, through] = [type(row), connection(row), organization(row), application(row)];
    return [
      instantText(occurredAt[row] ?? 0), eventType?.code ?? '', eventType?.name ?? '', eventType?.category ?? '', eventType?.outcome ?? '',
      user(row), userName(row), by?.name ?? null, by?.id ?? null, strategy(row), to?.id ?? null, to?.name ?? null, through?.id ?? null, through?.name ?? null,
      address(row)?.value ?? null, userAgent(row)?.value ?? null, hostname(row), description(row), logId, revisions,
    ];
  };
}

export const auditTimelineQuery: ListQuery = {
  kind: 'list',
  view: auditTimeline,
  total: countRows,
  page,
};

async function page(scope: Scope, after: OrderKey | null, size: number): Promise<Page> {
  const { columns } = scope.rows;
  const search = rowSearch(scope);
  const wanted = { after, size };
  const found = latestPassing(columns, { ...search, test: rowTest(scope.rows, search) }, wanted) ?? latestRows(await scope.selected(), columns, wanted);
  return readRows(scope, found);
}

function readRows({ rows: stored }: Scope, found: readonly number[]): Page {
  const { seq, occurredAt } = stored.columns;
  const rests = stored.restOf(found.map(row => seq[row] ?? 0));
  if (rests.length !== found.length) throw new Error('a row of the columns is not in SQL');
  const cellsOf = cellReader(stored);
  return {
    rows: rests.map((rest, index) => cellsOf(found[index] ?? 0, rest)),
    keys: rests.map((rest, index) => [occurredAt[found[index] ?? 0] ?? 0, rest.seq]),
  };
}
