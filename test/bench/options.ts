/** What the benchmark is told on its command line. */
import { parseArgs } from 'node:util';

export const usage = `Usage: npm run bench -- [--events N[,N...]] [--peers] [--json FILE] [--profile FOLDER]
  --events   sizes of the archives to measure, default 100000
  --peers    installs the packages of the peers first (better-sqlite3 may need a compiler); later runs use them without it
  --json     where the results are written, default test-results/bench.json
  --profile  writes a CPU profile of each stage into a folder; the numbers are then not worth quoting`;

export type BenchOptions = { readonly sizes: readonly number[]; readonly peers: 'as-found' | 'installed'; readonly json: string; readonly profile: string | null };

/** The sample world needs a certain number of events to hold every kind. */
const fewestEvents = 5_000;

/** @throws Error that says what is wrong with the words */
export function readOptions(words: readonly string[]): BenchOptions | 'help' {
  const { values } = parseArgs({
    args: [...words],
    options: {
      events: { type: 'string', default: '100000' }, json: { type: 'string', default: 'test-results/bench.json' },
      profile: { type: 'string' }, peers: { type: 'boolean', default: false }, help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const sizes = [...new Set(values.events.split(',').map(Number))].sort((a, b) => a - b);
  if (!sizes.every(size => Number.isSafeInteger(size) && size >= fewestEvents)) throw new Error(`--events takes whole numbers from ${String(fewestEvents)} up, with commas between them`);
  return { sizes, peers: values.peers ? 'installed' : 'as-found', json: values.json, profile: values.profile ?? null };
}
