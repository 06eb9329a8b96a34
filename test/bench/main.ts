/** The benchmark: measures archives of several sizes, each stage in its own process, and prints what was reached beside what was to be. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { bundleStages } from './bundle';
import { loadNow, machine } from './machine';
import type { Measurement } from './measurement';
import { merged, timed } from './measurement';
import type { BenchOptions } from './options';
import { readOptions, usage } from './options';
import { measurePageStart } from './page-start';
import type { SizeResult } from './report';
import { numberText, reportRows, tableText } from './report';
import { createStageRunner } from './stage-runner';
import type { StageRunner } from './stage-runner';
import { measureSync } from './sync';

/** Starts beyond the one that the reading stage makes anyway, as long as they are short. */
const moreStarts = { most: 2, untilMs: 15_000 };

async function told<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  process.stderr.write(`${what} ...`);
  let result: Result | null = null;
  const ms = await timed(async () => { result = await work(); });
  process.stderr.write(` ${numberText(ms / 1_000)} s\n`);
  return result as Result;
}

async function startAgain(stages: StageRunner, folder: string): Promise<readonly Measurement[]> {
  const measurements: Measurement[] = [];
  let spentMs = 0;
  for (let turn = 0; turn < moreStarts.most && spentMs < moreStarts.untilMs; turn += 1) {
    spentMs += await timed(async () => { measurements.push(...await stages.run('start', { folder })); });
  }
  return measurements;
}

async function measureSize(stages: StageRunner, events: number): Promise<SizeResult> {
  const folder = mkdtempSync(join(tmpdir(), 'tenantscope-bench-'));
  const size = `${events.toLocaleString('en-US')} events`;
  try {
    await told(`${size}: generating`, () => stages.run('generate', { folder, count: events }));
    const ingest = await told(`${size}: ingest`, () => stages.run('ingest', { folder }));
    const reading = await told(`${size}: start and questions`, () => stages.run('read', { folder }));
    const starts = await told(`${size}: start again`, () => startAgain(stages, folder));
    const sync = await told(`${size}: sync over HTTP`, () => measureSync({ stages, folder, count: events }));
    return { events, measurements: merged([...ingest, ...sync, ...reading, ...starts]) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureAll(options: BenchOptions): Promise<void> {
  const nodeFlags = options.profile === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${resolve(options.profile)}`];
  const startedAt = new Date().toISOString();
  const loadBefore = loadNow();
  const stages = createStageRunner(await bundleStages(), nodeFlags);
  const results: SizeResult[] = [];
  for (const events of options.sizes) results.push(await measureSize(stages, events));
  const [smallest, ...larger] = results;
  const page = await told('the page in a browser', measurePageStart);
  const rows = reportRows(smallest === undefined ? [] : [{ ...smallest, measurements: [...smallest.measurements, ...page] }, ...larger]);
  const about = { startedAt, endedAt: new Date().toISOString(), ...machine(), loadBefore, loadAfter: loadNow() };
  mkdirSync(dirname(resolve(options.json)), { recursive: true });
  writeFileSync(options.json, `${JSON.stringify({ ...about, rows }, null, 2)}\n`);
  console.log(tableText(rows));
  console.log(`\nNode ${about.node}, ${about.platform}, ${String(about.cores)} cores, ${about.processor}; load ${numberText(loadBefore)} before, ${numberText(about.loadAfter)} after.`);
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
