/** A view read to its end into a file: the same query as the screen, page after page, in constant memory. */
import type { CheckedInput, ExportReceipt } from '../../shared/contract';
import { Failure } from '../../shared/errors';
import type { Archives } from './archives';
import type { RowEncoder } from './exports/index';
import { createRowEncoder } from './exports/index';
import type { ExportTarget, Hash } from './ports';
import type { Cells, OrderKey, Query, Scope } from './queries/define-query';
import { queryOf } from './queries/index';
import { parseParams } from './queries/parse-params';
import { scopeOf } from './read-view';
import { utf8 } from './store/bytes';

const rowsPerPage = 2_000;
const progressEveryMs = 200;

/** Pages of rows in the view's order, from the first to the last. */
async function* pagesOf(query: Query, scope: Scope): AsyncGenerator<readonly Cells[]> {
  if (query.kind === 'whole') {
    yield await query.rows(scope);
    return;
  }
  let after: OrderKey | null = null;
  for (;;) {
    const page = await query.page(scope, after, rowsPerPage);
    if (page.rows.length === 0) return;
    yield page.rows;
    after = page.keys.at(-1) ?? null;
    if (page.rows.length < rowsPerPage) return;
  }
}

type Sink = { readonly target: ExportTarget; readonly hash: Hash; readonly encoder: RowEncoder };

async function put(sink: Sink, text: string): Promise<void> {
  if (text === '') return;
  const bytes = utf8(text);
  sink.hash.update(bytes);
  await sink.target.write(bytes);
}

/** In pieces: a page of long cells would not fit into one text. */
const pieceLength = 256 * 1024;

async function putRows(sink: Sink, rows: readonly Cells[]): Promise<void> {
  let piece = '';
  for (const cells of rows) {
    piece += sink.encoder.row(cells);
    if (piece.length < pieceLength) continue;
    await put(sink, piece);
    piece = '';
  }
  await put(sink, piece);
}

type Job = { readonly archives: Archives; readonly tenant: string; readonly query: Query; readonly scope: Scope; readonly signal: AbortSignal };

async function writeAll(job: Job, sink: Sink): Promise<number> {
  const { clock, push } = job.archives.ports;
  const total = job.query.kind === 'list' ? await job.query.total(job.scope) : null;
  let rows = 0;
  let toldAt = clock.elapsed();
  await put(sink, sink.encoder.header());
  for await (const page of pagesOf(job.query, job.scope)) {
    if (job.signal.aborted) throw new Failure('operation.cancelled');
    await putRows(sink, page);
    rows += page.length;
    if (clock.elapsed() - toldAt >= progressEveryMs) {
      toldAt = clock.elapsed();
      push({ name: 'export.progress', value: { tenant: job.tenant, rows, total } });
    }
    await clock.sleep(0, job.signal);
  }
  return rows;
}

/** @throws Failure view.*, tenant.unknown, export.unwritable, operation.cancelled; then no file is left */
export async function exportView(archives: Archives, input: CheckedInput<'view.export'>, signal: AbortSignal): Promise<ExportReceipt> {
  const query = queryOf(input.view);
  parseParams(query.view, input.params);
  const archive = await archives.read(input.tenant, signal);
  const scope = scopeOf(archives.ports.clock, archive, { query, params: input.params, asOf: archive.rows.lastSeq }, signal);
  const sink: Sink = {
    target: archives.ports.userFiles.createExport(input.out),
    hash: archives.ports.crypto.sha256(),
    encoder: createRowEncoder(input.format, query.view.columns),
  };
  try {
    const rows = await writeAll({ archives, tenant: input.tenant, query, scope, signal }, sink);
    if (signal.aborted) throw new Failure('operation.cancelled');
    const path = await sink.target.commit();
    return { rows, files: [{ path, sha256: sink.hash.hex(), rows }], manifest: null, ...sink.encoder.counts() };
  } catch (error) {
    sink.target.abort();
    throw error;
  }
}
