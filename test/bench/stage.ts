/** A process of the benchmark: takes one job, runs its stage, sends the result, and ends when its parent lets go. */
import type { StageName, Stages } from './stage-runner';

type Run<Name extends StageName> = (job: Stages[Name]['job']) => Promise<Stages[Name]['result']>;

/** Each stage loads only what it needs, so that a peer is not charged for the product. */
const stages: { readonly [Name in StageName]: () => Promise<Run<Name>> } = {
  'generate': async () => {
    const { writeEventFile } = await import('./event-file');
    return ({ folder, count }) => {
      writeEventFile(folder, count);
      return Promise.resolve(null);
    };
  },
  'ingest': async () => (await import('./ingest')).measureIngest,
  'read': async () => (await import('./read')).measureReading,
  'tiles': async () => (await import('./tile-stage')).measureTiles,
  'host-sync': async () => (await import('./host-stages')).hostSync,
  'host-start': async () => (await import('./host-stages')).hostStart,
  'host-read': async () => (await import('./host-stages')).hostRead,
  'simulate': async () => (await import('./simulate')).simulate,
  'plain-fetch': async () => (await import('./plain-fetch-loop')).fetchAll,
};

async function runJob({ name, job }: { readonly name: StageName; readonly job: unknown }): Promise<void> {
  const run = (await stages[name]()) as (job: unknown) => Promise<unknown>;
  process.send?.({ result: await run(job) });
}

process.once('disconnect', () => { process.exit(); });
process.once('message', message => {
  runJob(message as { readonly name: StageName; readonly job: unknown }).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
