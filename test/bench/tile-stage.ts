/** The stage that asks for every tile and grid, each beside DuckDB over the same events, in turns. */
import { findView, views } from '../../shared/views/index';
import type { Span } from './duck-events';
import { loadEvents } from './duck-events';
import { disagreement } from './agreement';
import type { EventFile } from './event-file';
import { benchTenant, openEventFile } from './event-file';
import { archiveFolder } from './ingest';
import type { Allowance, Measurement, StageResult } from './measurement';
import { repeated, timed } from './measurement';
import type { DuckConnection, DuckValue } from './peer-modules';
import { openDuck } from './peer-modules';
import type { PeerPackages } from './peer-packages';
import type { Question, Reader } from './reader';
import { listed, openReader } from './reader';
import type { Tile } from './tile';
import { tiles } from './tiles';

const allowance: Allowance = { atLeast: 5, atMost: 15, budgetMs: 1_000 };
const warmUp: Allowance = { atLeast: 2, atMost: 3, budgetMs: 500 };
const largestPage = 5_000;
const pageRows = 100;

const questionOf = ({ view, params, kind }: Tile, span: Span): Question =>
  ({ tenant: benchTenant, view, params: listed(params(span)), size: kind === 'page' ? pageRows : largestPage });

type Rows = readonly Readonly<Record<string, DuckValue>>[];

async function allRows(reader: Reader, question: Question, kind: Tile['kind']): Promise<Rows> {
  const rows: Rows[number][] = [];
  let page: string | null = null;
  do {
    const answer: Awaited<ReturnType<typeof reader.ask<'view.read'>>> = await reader.ask('view.read', { ...question, ...(page === null ? {} : { page }) });
    rows.push(...(answer.rows as unknown as Rows));
    page = kind === 'page' ? null : answer.next;
  } while (page !== null);
  return rows;
}

/** What DuckDB answers, or why it cannot: one question must not cost the others their measurement. */
async function answerOf(duck: DuckConnection, sql: string): Promise<Rows | string> {
  try {
    return (await duck.runAndReadAll(sql)).getRowObjects();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

type Bench = { readonly reader: Reader; readonly duck: DuckConnection | null; readonly span: Span };

async function measureTile(tile: Tile, { reader, duck, span }: Bench): Promise<StageResult> {
  const question = questionOf(tile, span);
  const id = tile.kind === 'page' ? tile.id : `tile.${tile.id}`;
  const [group, key] = [id.slice(0, id.indexOf('.')), id.slice(id.indexOf('.') + 1)];
  const ask = (): Promise<number> => timed(() => reader.ask('view.read', question));
  const own: Measurement = { id, what: tile.what, unit: 'ms', samples: [] };
  await repeated(warmUp, ask);
  const sql = tile.sql(span);
  const answer = duck === null ? null : await answerOf(duck, sql);
  if (duck === null || answer === null || typeof answer === 'string') {
    const notes = answer === null ? [] : [`${tile.what} (${tile.id}): DuckDB could not answer: ${answer}`];
    return { measurements: [{ ...own, samples: await repeated(allowance, ask) }], notes };
  }
  const problem = disagreement(tile.agree, await allRows(reader, question, tile.kind), answer);
  const theirs: number[] = [];
  const samples = await repeated(allowance, async () => {
    const ms = await ask();
    theirs.push(await timed(() => duck.runAndReadAll(sql)));
    return ms;
  });
  return {
    measurements: [
      { ...own, samples },
      { id: `${group}-peer.${key}`, what: '  peer: DuckDB', unit: 'ms', samples: theirs },
      { id: `${group}-ratio.${key}`, what: '    times as fast as this peer', unit: '×', samples: theirs.map((ms, turn) => ms / (samples[turn] ?? Number.NaN)) },
    ],
    notes: problem === null ? [] : [`${tile.what} (${tile.id}) does not agree with DuckDB: ${problem}.`],
  };
}

async function prepareDuck(events: EventFile, folder: string, peers: PeerPackages): Promise<{ readonly duck: DuckConnection | null; readonly span: Span }> {
  const duck = await openDuck(peers);
  const dateOf = (number: number): number => Date.parse(String(events.event(number)['date']));
  const span = duck === null ? { first: dateOf(0), last: dateOf(events.count - 1) } : await loadEvents(duck, events, folder);
  return { duck, span };
}

export async function measureTiles({ folder, peers }: { readonly folder: string; readonly peers: PeerPackages }): Promise<StageResult> {
  const events = openEventFile(folder);
  const { duck, span } = await prepareDuck(events, folder, peers);
  const reader = openReader(archiveFolder(folder));
  const measurements: Measurement[] = [];
  const notes: string[] = views.filter(({ id }) => tiles.every(tile => tile.view !== id)).map(({ id }) => `The view ${id} has no tile in test/bench, and was not measured.`);
  for (const tile of tiles) {
    if (findView(tile.view) === undefined) {
      notes.push(`${tile.what} (${tile.id}): not built.`);
      continue;
    }
    const measured = await measureTile(tile, { reader, duck, span });
    measurements.push(...measured.measurements);
    notes.push(...measured.notes);
  }
  await reader.close();
  duck?.closeSync();
  events.close();
  return { measurements, notes };
}
