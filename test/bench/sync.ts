/** Measures the built command line as a user runs it: against the simulator over HTTP, each command a process of its own. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandLine } from '../builders/command-line';
import { commandLine } from '../builders/command-line';
import type { Allowance, Measurement } from './measurement';
import { megabytes, repeated, timed } from './measurement';
import { compete, syncPeers } from './peers';
import type { SimulatedServer } from './plain-fetch-loop';
import type { StageRunner } from './stage-runner';

export type SyncBench = { readonly stages: StageRunner; readonly folder: string; readonly server: SimulatedServer; readonly count: number };

const syncs: Allowance = { atLeast: 1, atMost: 3, budgetMs: 15_000 };
const commands: Allowance = { atLeast: 1, atMost: 3, budgetMs: 4_000 };
/** Where a sync took longer, a command that replays the journal tells nothing that the start does not tell. */
const longestSyncMs = 30_000;
const memoryEveryMs = 100;

/** @throws Error when the command fails */
async function runCommand(line: CommandLine, words: readonly string[]): Promise<string> {
  const { code, text, stderr } = await line.run([...words, '--json']);
  if (code !== 0) throw new Error(`${words[0] ?? ''} ended with ${String(code)}: ${stderr}`);
  return text;
}

async function connect(line: CommandLine, { domain, clientId, clientSecret, origin }: SimulatedServer): Promise<void> {
  const secret = line.file('client-secret', clientSecret);
  await runCommand(line, ['connect', '--domain', domain, '--client-id', clientId, '--client-secret-file', secret, '--api-origin', origin]);
}

/** Most memory a process has had, in bytes, as Linux counts it; 0 elsewhere and when it has gone. */
function peakOf(pid: number | undefined): number {
  try {
    const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8')) ?? [];
    return Number(kilobytes ?? 0) * 1024;
  } catch {
    return 0;
  }
}

type Synced = { readonly ms: number; readonly peak: number };

/** @throws Error when not every event was stored */
async function syncOnce(line: CommandLine, server: SimulatedServer, count: number): Promise<Synced> {
  let peak = 0;
  let text = '';
  const ms = await timed(async () => {
    const { child, finished } = line.start(['sync', '--tenant', server.domain, '--json']);
    const watch = setInterval(() => { peak = Math.max(peak, peakOf(child.pid)); }, memoryEveryMs);
    const { code, stderr, ...ended } = await finished;
    clearInterval(watch);
    if (code !== 0) throw new Error(`sync ended with ${String(code)}: ${stderr}`);
    text = ended.text;
  });
  const { stored } = JSON.parse(text) as { readonly stored: number };
  if (stored !== count) throw new Error(`${String(stored)} of ${String(count)} events were synced`);
  return { ms, peak };
}

/** Commands on the archive that the sync left, key derivation and the start of the process included. */
async function measureCommands(line: CommandLine, server: SimulatedServer): Promise<readonly Measurement[]> {
  const status = JSON.parse(await runCommand(line, ['status', '--tenant', server.domain])) as { readonly tenants: readonly { readonly digest: string }[] };
  if (status.tenants[0]?.digest !== server.digest) throw new Error('the archive does not hold what the simulator served');
  const measure = (words: readonly string[]): Promise<readonly number[]> => repeated(commands, () => timed(() => runCommand(line, [...words, '--tenant', server.domain])));
  return [
    { id: 'command.sync-again', what: 'command: sync, nothing new', unit: 'ms', samples: await measure(['sync']) },
    { id: 'command.view', what: 'command: view, first page', unit: 'ms', samples: await measure(['view', 'audit-timeline']) },
  ];
}

/** The first run keeps its data folder for the commands that follow. */
async function measureWith({ stages, folder, server, count }: SyncBench, first: CommandLine): Promise<readonly Measurement[]> {
  const runs: Synced[] = [];
  const rates = await compete({
    id: 'sync', what: 'sync over HTTP, built command line', unit: 'events/s', count, allowance: syncs, peers: syncPeers,
    job: { server, count, stages, path: join(folder, 'plain-fetch.json') },
    product: async turn => {
      const line = turn === 0 ? first : commandLine();
      try {
        await connect(line, server);
        const run = await syncOnce(line, server, count);
        runs.push(run);
        return run.ms;
      } finally {
        if (line !== first) line.end();
      }
    },
  });
  const peaks = runs.map(run => run.peak).filter(peak => peak > 0).map(megabytes);
  const memory: readonly Measurement[] = peaks.length === 0 ? [] : [{ id: 'memory.sync', what: 'memory at its peak in a sync', unit: 'MB', samples: peaks }];
  const isShort = runs.every(run => run.ms <= longestSyncMs);
  return [...rates, ...memory, ...(isShort ? await measureCommands(first, server) : [])];
}

export async function measureSync(bench: SyncBench): Promise<readonly Measurement[]> {
  const line = commandLine();
  try {
    return await measureWith(bench, line);
  } finally {
    line.end();
  }
}
