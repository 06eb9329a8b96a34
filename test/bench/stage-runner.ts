/** Runs each stage of a benchmark in a process of its own, so that one stage's memory and warm code are not another's. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { Measurement, StageResult } from './measurement';
import type { PeerPackages } from './peer-packages';
import type { SimulatedServer } from './plain-fetch-loop';

type Folder = { readonly folder: string };
type WithPeers = Folder & { readonly peers: PeerPackages };
type WithServer = Folder & { readonly server: SimulatedServer };

/** What each stage is given and what it gives; both cross a process boundary as JSON. */
export type Stages = {
  /** Writes the events into the folder. */
  readonly 'generate': { readonly job: Folder & { readonly count: number }; readonly result: null };
  /** Leaves the archive in the folder. */
  readonly 'ingest': { readonly job: WithPeers; readonly result: readonly Measurement[] };
  readonly 'read': { readonly job: WithPeers; readonly result: readonly Measurement[] };
  readonly 'tiles': { readonly job: WithPeers; readonly result: StageResult };
  /** Leaves a data folder, which the next two open. */
  readonly 'host-sync': { readonly job: WithServer & { readonly count: number }; readonly result: readonly Measurement[] };
  readonly 'host-start': { readonly job: WithServer & { readonly way: 'replay' | 'snapshot' }; readonly result: readonly Measurement[] };
  readonly 'host-read': { readonly job: WithServer; readonly result: readonly Measurement[] };
  /** Serves until it is stopped. */
  readonly 'simulate': { readonly job: { readonly count: number }; readonly result: SimulatedServer };
  readonly 'plain-fetch': { readonly job: { readonly server: SimulatedServer; readonly count: number; readonly path: string }; readonly result: null };
};
export type StageName = keyof Stages;

export type RunningStage<Result> = { readonly result: Result; readonly stop: () => Promise<void> };
export type StageRunner = {
  /** @throws Error when the process fails */
  readonly run: <Name extends StageName>(name: Name, job: Stages[Name]['job']) => Promise<Stages[Name]['result']>;
  /** The process goes on after its result until it is stopped. */
  readonly start: <Name extends StageName>(name: Name, job: Stages[Name]['job']) => Promise<RunningStage<Stages[Name]['result']>>;
};

/** `bundle` is the built `stage.ts`; `nodeFlags` such as `--cpu-prof` go to every process. */
export function createStageRunner(bundle: string, nodeFlags: readonly string[]): StageRunner {
  const start: StageRunner['start'] = async (name, job) => {
    const child = fork(bundle, [], { execArgv: [...nodeFlags], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const ended = new Promise<void>(resolve => { child.once('exit', () => { resolve(); }); });
    child.send({ name, job });
    const result = await resultOf(child, name);
    return {
      result: result as never,
      // Every stage ends when nobody is connected to it any more.
      stop: () => {
        if (child.connected) child.disconnect();
        return ended;
      },
    };
  };
  return {
    start,
    run: async (name, job) => {
      const stage = await start(name, job);
      await stage.stop();
      return stage.result;
    },
  };
}

function resultOf(child: ChildProcess, name: StageName): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once('message', message => { resolve((message as { readonly result: unknown }).result); });
    child.once('error', reject);
    child.once('exit', code => { reject(new Error(`the stage ${name} ended with ${String(code)}`)); });
  });
}
