/** The engine of a host: started when it is first needed, started again when its thread has died, closed once. */
import { readFile } from 'node:fs/promises';
import type { Reply } from '../../shared/contract';
import type { EngineWorker, EngineWorkerOptions } from './engine-worker';
import { startEngineWorker } from './engine-worker';
import type { EnginePaths } from './host';
import type { WorkerStart } from './worker-messages';

export type EngineLink = {
  /** @throws when the worker cannot be started */
  readonly call: (name: string, input: unknown, signal: AbortSignal) => Promise<Reply>;
  /** As the engine's own. @throws when the worker cannot be started */
  readonly keep: (folder: string) => Promise<Reply>;
  /** Ends the engine with all that it has in memory; the next call waits for that and starts another. */
  readonly rest: () => Promise<void>;
  readonly close: () => Promise<void>;
};

type Options = Omit<EngineWorkerOptions, 'path' | 'start'> & { readonly start: Omit<WorkerStart, 'wasm' | 'countriesPath'>; readonly paths: () => Promise<EnginePaths> };

async function start({ paths, ...options }: Options): Promise<EngineWorker> {
  const { workerPath, wasmPath, countriesPath } = await paths();
  return startEngineWorker({ ...options, path: workerPath, start: { ...options.start, countriesPath, wasm: new Uint8Array(await readFile(wasmPath)) } });
}

export function createEngineLink(options: Options): EngineLink {
  let engine: Promise<EngineWorker> | null = null;
  let resting: Promise<void> = Promise.resolve();
  const launch = (): Promise<EngineWorker> => {
    const launched = start(options);
    engine = launched;
    launched.catch(() => { if (engine === launched) engine = null; });
    return launched;
  };
  const started = async (): Promise<EngineWorker> => {
    // Two engines at a time would both write to the same archives.
    await resting;
    const known = engine ?? launch();
    const worker = await known;
    if (worker.isAlive()) return worker;
    if (engine === known) engine = null;
    return started();
  };
  const rest = (): Promise<void> => {
    const leaving = engine;
    engine = null;
    resting = resting.then(async () => { await (await leaving?.catch(() => null))?.close(); });
    return resting;
  };
  return {
    call: async (name, input, signal) => (await started()).call(name, input, signal),
    keep: async folder => (await started()).keep(folder),
    rest,
    close: rest,
  };
}
