/** The benchmark: measures archives of several sizes, each stage in its own process, and prints what was reached beside what was to be. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { bundleStages } from './bundle';
import { loadNow, machine } from './machine';
import type { Allowance, Measurement } from './measurement';
import { merged, repeated, timed } from './measurement';
import type { BenchOptions } from './options';
import { readOptions, usage } from './options';
import { measurePageStart } from './page-start';
import type { PeerPackages } from './peer-packages';
import { findPeerPackages } from './peer-packages';
import type { SimulatedServer } from './plain-fetch-loop';
import type { SizeResult } from './report';
import { numberText, reportRows, tableText } from './report';
import { createStageRunner } from './stage-runner';
import type { StageRunner } from './stage-runner';
import { measureSync } from './sync';

/** Starts of each way, each in a process of its own, as long as they are short. */
const starts: Allowance = { atLeast: 1, atMost: 3, budgetMs: 12_000 };

async function told<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  process.stderr.write(`${what} ...`);
  let result: Result | null = null;
  const ms = await timed(async () => { result = await work(); });
  process.stderr.write(` ${numberText(ms / 1_000)} s\n`);
  return result as Result;
}

type Bench = { readonly stages: StageRunner; readonly peers: PeerPackages };

/** From the snapshot first, as the other way removes it. */
async function measureStarts(stages: StageRunner, place: { readonly folder: string; readonly server: SimulatedServer }): Promise<readonly Measurement[]> {
  const measurements: Measurement[] = [];
  for (const way of ['snapshot', 'replay'] as const) {
    await repeated(starts, async () => timed(async () => { measurements.push(...await stages.run('host-start', { ...place, way })); }));
  }
  return measurements;
}

async function measureHost(stages: StageRunner, folder: string, count: number, size: string): Promise<readonly Measurement[]> {
  const simulator = await stages.start('simulate', { count });
  const place = { folder, server: simulator.result };
  try {
    return [
      ...await told(`${size}: sync over HTTP`, () => measureSync({ stages, count, ...place })),
      ...await told(`${size}: the host's main thread while it syncs`, () => stages.run('host-sync', { ...place, count })),
      ...await told(`${size}: start of the host`, () => measureStarts(stages, place)),
      ...await told(`${size}: the host's main thread while it answers`, () => stages.run('host-read', place)),
    ];
  } finally {
    await simulator.stop();
  }
}

async function measureSize({ stages, peers }: Bench, events: number): Promise<SizeResult> {
  const folder = mkdtempSync(join(tmpdir(), 'tenantscope-bench-'));
  const size = `${events.toLocaleString('en-US')} events`;
  try {
    await told(`${size}: generating`, () => stages.run('generate', { folder, count: events }));
    const ingest = await told(`${size}: ingest`, () => stages.run('ingest', { folder, peers }));
    const reading = await told(`${size}: pages and exports`, () => stages.run('read', { folder, peers }));
    const answers = await told(`${size}: tiles and grids`, () => stages.run('tiles', { folder, peers }));
    const host = await measureHost(stages, folder, events, size);
    return { events, measurements: merged([...ingest, ...reading, ...answers.measurements, ...host]), notes: answers.notes.map(note => `${size}: ${note}`) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureAll(options: BenchOptions): Promise<void> {
  const nodeFlags = options.profile === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${resolve(options.profile)}`];
  const startedAt = new Date().toISOString();
  const loadBefore = loadNow();
  const peers = await findPeerPackages(options.peers);
  const stages = createStageRunner(await bundleStages(), nodeFlags);
  const results: SizeResult[] = [];
  for (const events of options.sizes) results.push(await measureSize({ stages, peers }, events));
  const [smallest, ...larger] = results;
  const page = await told('the page in a browser', measurePageStart);
  const rows = reportRows(smallest === undefined ? [] : [{ ...smallest, measurements: [...smallest.measurements, ...page] }, ...larger]);
  const about = { startedAt, endedAt: new Date().toISOString(), ...machine(), loadBefore, loadAfter: loadNow(), peers: peers.versions };
  const notes = [...peers.problems, ...results.flatMap(result => result.notes)];
  mkdirSync(dirname(resolve(options.json)), { recursive: true });
  writeFileSync(options.json, `${JSON.stringify({ ...about, notes, rows }, null, 2)}\n`);
  console.log(tableText(rows));
  if (notes.length > 0) console.log(`\n${notes.join('\n')}`);
  const versions = Object.entries(peers.versions).map(([name, version]) => `, ${name} ${version}`).join('');
  console.log(`\nNode ${about.node}${versions}, ${about.platform}, ${String(about.cores)} cores, ${about.processor}; load ${numberText(loadBefore)} before, ${numberText(about.loadAfter)} after.`);
  console.log(`Goals met: ${String(rows.filter(row => row.goal?.isMet === true).length)}, missed: ${String(rows.filter(row => row.goal?.isMet === false).length)}. Written to ${options.json}.`);
}

function optionsOrUsage(words: readonly string[]): BenchOptions | number {
  try {
    const options = readOptions(words);
    if (options !== 'help') return options;
    console.log(usage);
    return 0;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    return 2;
  }
}

/** Exit code: 0 when everything could be measured, whatever was reached; 2 for words it does not understand. @throws what crashed */
export async function main(words: readonly string[]): Promise<number> {
  const options = optionsOrUsage(words);
  if (typeof options === 'number') return options;
  // An interrupt ends the stage that runs; its failure then leads through the clean-up here.
  process.on('SIGINT', () => undefined);
  await measureAll(options);
  return 0;
}
