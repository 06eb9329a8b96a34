/** The stage that reads what the ingest left: pages, look-ups, free text and exports. */
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { exportFormats } from '../../shared/contract';
import type { CsvJob } from './csv-stringify-peer';
import { csvStringifyPeer } from './csv-stringify-peer';
import type { EventFile } from './event-file';
import { benchTenant, openEventFile } from './event-file';
import { archiveFolder } from './ingest';
import type { Allowance, Measurement } from './measurement';
import { megabytes, repeated, timed } from './measurement';
import type { PeerPackages } from './peer-packages';
import { compete } from './peers';
import { measurePages, measureTextSearch } from './pages';
import type { Reader } from './reader';
import { openReader, timeline } from './reader';
import { seededRandom } from './seeded-random';

const aFew: Allowance = { atLeast: 1, atMost: 7, budgetMs: 2_000 };
const many: Allowance = { atLeast: 50, atMost: 200, budgetMs: 4_000 };
const exportRuns: Allowance = { atLeast: 1, atMost: 3, budgetMs: 6_000 };

type Job = { readonly folder: string; readonly peers: PeerPackages };
const rss = (): number => megabytes(process.memoryUsage.rss());

type Format = (typeof exportFormats)[number];
const formats: readonly Format[] = ['csv', 'csv-exact', 'jsonl'];

const rowsForPeer = 20_000;
const largestPage = 5_000;

/** The rows that the export writes, as many as are repeated for the peer. */
async function rowsOf(reader: Reader, count: number): Promise<CsvJob> {
  const rows: CsvJob['rows'][number][] = [];
  let columns: readonly string[];
  let next: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof reader.ask<'view.read'>>> = await reader.ask('view.read', { ...timeline({}), size: largestPage, ...(next === null ? {} : { page: next }) });
    columns = page.columns.map(({ id }) => id);
    rows.push(...page.rows);
    next = page.next;
  } while (next !== null && rows.length < rowsForPeer);
  return { columns, rows, count };
}

async function measureExports(reader: Reader, events: EventFile, { folder, peers }: Job): Promise<readonly Measurement[]> {
  const measurements: Measurement[] = [];
  const job = await rowsOf(reader, events.count);
  for (const format of formats) {
    const out = join(folder, `export.${format}`);
    measurements.push(...await compete({
      id: `export.${format}`, what: `export of all as ${format}`, unit: 'rows/s', count: events.count, allowance: exportRuns,
      peers: format === 'jsonl' ? [] : csvStringifyPeer(peers), job,
      product: () => {
        rmSync(out, { force: true });
        return timed(() => reader.ask('view.export', { tenant: benchTenant, view: 'audit-timeline', format, out }));
      },
    }));
    if (statSync(out).size < events.count) throw new Error(`${out} does not hold every event`);
    rmSync(out);
  }
  return measurements;
}

async function measureEvents(reader: Reader, events: EventFile): Promise<Measurement> {
  const random = seededRandom(11);
  const samples = await repeated(many, () => {
    const logId = events.logId(random.below(events.count));
    return timed(() => reader.ask('event.read', { tenant: benchTenant, logId }));
  });
  return { id: 'event', what: 'one event by its log id', unit: 'ms', samples };
}

async function measureStatus(reader: Reader, events: EventFile): Promise<Measurement> {
  const samples = await repeated(aFew, () => timed(async () => {
    const { tenants: [status] } = await reader.ask('archive.status', { tenant: benchTenant });
    if (status?.events !== events.count) throw new Error('the archive does not hold every event');
  }));
  return { id: 'status', what: 'status with both digests', unit: 'ms', samples };
}

export async function measureReading(job: Job): Promise<readonly Measurement[]> {
  const events = openEventFile(job.folder);
  const reader = openReader(archiveFolder(job.folder));
  const answers = [
    ...await measurePages(reader, events),
    ...await measureTextSearch(reader, events),
    await measureEvents(reader, events),
    await measureStatus(reader, events),
  ];
  const memory: readonly Measurement[] = [
    { id: 'memory.read', what: 'memory after all questions', unit: 'MB', samples: [rss()] },
    { id: 'memory.read.peak', what: 'memory at its peak while reading', unit: 'MB', samples: [megabytes(process.resourceUsage().maxRSS * 1024)] },
  ];
  // Last, so that what the peer holds is not counted.
  const exports = await measureExports(reader, events, job);
  await reader.close();
  events.close();
  return [...answers, ...exports, ...memory];
}
