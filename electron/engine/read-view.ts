/** One page of a view: the same rows whoever asks, and however far a sync has come since page 1. */
import type { CheckedInput, ViewPage } from '../../shared/contract';
import { Failure } from '../../shared/errors';
import type { Row, View } from '../../shared/views/define-view';
import type { Archives } from './archives';
import { coverageOf } from './columns/coverage';
import type { Rows } from './columns/select-rows';
import { selectRows } from './columns/select-rows';
import type { ClockPort } from './ports';
import { markOf, readPageToken, writePageToken } from './page-token';
import type { Cells, OrderKey, Query, Scope } from './queries/define-query';
import { queryOf } from './queries/index';
import { parseParams } from './queries/parse-params';
import type { ReadableArchive } from './store/readable-archive';

type Slice = { readonly rows: readonly Cells[]; readonly after: OrderKey | null };

async function readSlice(query: Query, scope: Scope, after: OrderKey | null, size: number): Promise<Slice> {
  if (query.kind === 'list') {
    const page = await query.page(scope, after, size + 1);
    return { rows: page.rows.slice(0, size), after: page.rows.length > size ? (page.keys[size - 1] ?? null) : null };
  }
  const skipped = after?.[0] ?? 0;
  const rows = (await query.rows(scope)).slice(skipped, skipped + size + 1);
  return { rows: rows.slice(0, size), after: rows.length > size ? [skipped + size] : null };
}

function toRow(view: View, cells: Cells): Row {
  return view.row.parse(Object.fromEntries(view.columns.map((column, index) => [column.id, cells[index] ?? null]))) as Row;
}

/** What a view is asked of: `asOf` is the last `seq` that counts. */
export type Question = { readonly query: Query; readonly params: Readonly<Record<string, readonly string[]>>; readonly asOf: number };

/** A scan may block for so long before it lets messages through. */
const longestBlockMs = 8;

export function scopeOf(clock: ClockPort, archive: ReadableArchive, { query, params, asOf }: Question, signal: AbortSignal | undefined): Scope {
  let pausedAt = clock.elapsed();
  const pause = async (): Promise<void> => {
    if (clock.elapsed() - pausedAt < longestBlockMs) return;
    await clock.sleep(0);
    pausedAt = clock.elapsed();
    if (signal?.aborted === true) throw new Failure('operation.cancelled');
  };
  let rows: Promise<Rows> | null = null;
  const scope: Scope = {
    rows: archive.rows, params: parseParams(query.view, params), asOf, now: clock.now(), coverage: coverageOf(archive, clock.now(), asOf), pause,
    selected: () => (rows ??= selectRows(scope)),
  };
  return scope;
}

/** @throws Failure view.*, tenant.unknown, vault.* */
export async function readView(archives: Archives, input: CheckedInput<'view.read'>, signal?: AbortSignal): Promise<ViewPage> {
  const query = queryOf(input.view);
  parseParams(query.view, input.params);
  const archive = await archives.read(input.tenant, signal);
  const question = markOf(input.view, input.params);
  const opened = input.page === undefined ? null : readPageToken(input.page, { question, archive: archive.identity });
  if (opened !== null && (opened.asOf < 0 || opened.asOf > archive.rows.lastSeq)) throw new Failure('view.page-invalid');
  const asOf = opened?.asOf ?? archive.rows.lastSeq;
  const scope = scopeOf(archives.ports.clock, archive, { query, params: input.params, asOf }, signal);
  const slice = await readSlice(query, scope, opened?.after ?? null, input.size);
  return {
    columns: query.view.columns.map(column => ({ ...column })),
    rows: slice.rows.map(cells => toRow(query.view, cells)),
    next: slice.after === null ? null : writePageToken({ question, archive: archive.identity, asOf, after: slice.after }),
    asOf,
    total: query.kind === 'list' ? await archives.totals.get(`${input.tenant} ${archive.identity} ${question} ${String(asOf)}`, () => query.total(scope)) : null,
  };
}
