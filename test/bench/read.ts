/** The stages that read what the ingest left: start to first page, and every kind of question. */
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { exportFormats } from '../../shared/contract';
import { facetFields } from '../../shared/views/facets';
import type { EventFile } from './event-file';
import { benchTenant, openEventFile } from './event-file';
import { archiveFolder } from './ingest';
import type { Allowance, Measurement } from './measurement';
import { megabytes, perSecond, repeated, timed } from './measurement';
import { measurePages, measureTextSearch } from './pages';
import type { Reader } from './reader';
import { facetsOf, openReader, timeline } from './reader';
import { seededRandom } from './seeded-random';

const aFew: Allowance = { atLeast: 1, atMost: 7, budgetMs: 2_000 };
const many: Allowance = { atLeast: 50, atMost: 200, budgetMs: 4_000 };
const exportRuns: Allowance = { atLeast: 1, atMost: 3, budgetMs: 6_000 };

type Job = { readonly folder: string };
type Started = { readonly reader: Reader; readonly measurements: readonly Measurement[] };

const rss = (): number => megabytes(process.memoryUsage.rss());

/** Opens the archive and asks for the first page, with the data key at hand. */
async function start({ folder }: Job): Promise<Started> {
  const reader = openReader(archiveFolder(folder));
  const ms = await timed(() => reader.ask('view.read', timeline({})));
  return {
    reader,
    measurements: [
      { id: 'start', what: 'encrypted start to first page', unit: 'ms', samples: [ms] },
      { id: 'memory.start', what: 'memory after the first page', unit: 'MB', samples: [rss()] },
    ],
  };
}

export async function measureStart(job: Job): Promise<readonly Measurement[]> {
  const { reader, measurements } = await start(job);
  await reader.close();
  return measurements;
}

async function measureFacets(reader: Reader): Promise<readonly Measurement[]> {
  const measurements: Measurement[] = [];
  for (const field of facetFields) {
    const ask = (): Promise<number> => timed(() => reader.ask('view.read', facetsOf(field)));
    measurements.push({ id: `facets.${field}`, what: `facets of ${field}`, unit: 'ms', samples: await repeated(aFew, ask) });
  }
  return measurements;
}

type Format = (typeof exportFormats)[number];
const formats: readonly Format[] = ['csv', 'csv-exact', 'jsonl'];

async function measureExports(reader: Reader, events: EventFile, { folder }: Job): Promise<readonly Measurement[]> {
  const measurements: Measurement[] = [];
  for (const format of formats) {
    const out = join(folder, `export.${format}`);
    const times = await repeated(exportRuns, async () => {
      rmSync(out, { force: true });
      return timed(() => reader.ask('view.export', { tenant: benchTenant, view: 'audit-timeline', format, out }));
    });
    if (statSync(out).size < events.count) throw new Error(`${out} does not hold every event`);
    rmSync(out);
    measurements.push({ id: `export.${format}`, what: `export of all as ${format}`, unit: 'rows/s', samples: times.map(perSecond(events.count)) });
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
  const { reader, measurements } = await start(job);
  const answers = [
    ...await measurePages(reader, events),
    ...await measureTextSearch(reader, events),
    ...await measureFacets(reader),
    ...await measureExports(reader, events, job),
    await measureEvents(reader, events),
    await measureStatus(reader, events),
  ];
  const memory: readonly Measurement[] = [
    { id: 'memory.read', what: 'memory after all questions', unit: 'MB', samples: [rss()] },
    { id: 'memory.read.peak', what: 'memory at its peak while reading', unit: 'MB', samples: [megabytes(process.resourceUsage().maxRSS * 1024)] },
  ];
  await reader.close();
  events.close();
  return [...measurements, ...answers, ...memory];
}
