/** What a benchmark measures: samples of one quantity, and what they say together. */

/** Of `ms`, `MB` and `B/event` less is better, of the others more. `×` is how many times the product is as fast as a peer. */
export type Unit = 'ms' | 'MB' | 'B/event' | 'events/s' | 'rows/s' | '×';

/** `id` is stable and names the row in the JSON; `what` is for people. Samples are in `unit`. */
export type Measurement = { readonly id: string; readonly what: string; readonly unit: Unit; readonly samples: readonly number[] };

/** What a stage has to say: `notes` are sentences about what could not be measured, or not be believed. */
export type StageResult = { readonly measurements: readonly Measurement[]; readonly notes: readonly string[] };

/** `p95`: 95 % of the samples are at least as good; null below twenty samples. `worst`: the largest cost or the lowest rate. */
export type Summary = { readonly median: number; readonly p95: number | null; readonly worst: number; readonly runs: number };
export type Statistic = 'median' | 'p95' | 'worst';

const fewestForP95 = 20;

export const isMoreBetter = (unit: Unit): boolean => unit === 'events/s' || unit === 'rows/s' || unit === '×';

/** @throws Error when nothing was sampled */
export function summarize({ id, unit, samples }: Measurement): Summary {
  const bestFirst = [...samples].sort((a, b) => (isMoreBetter(unit) ? b - a : a - b));
  const at = (index: number): number => {
    const value = bestFirst[index];
    if (value === undefined) throw new Error(`${id} has no samples`);
    return value;
  };
  const runs = bestFirst.length;
  return {
    median: (at(Math.ceil(runs / 2) - 1) + at(Math.floor(runs / 2))) / 2,
    p95: runs < fewestForP95 ? null : at(Math.ceil(0.95 * runs) - 1),
    worst: at(runs - 1),
    runs,
  };
}

/** Milliseconds until the work is done. */
export async function timed(work: () => unknown): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** `run` again and again: `atLeast` times, then until `atMost` times or until the milliseconds are used up. */
export type Allowance = { readonly atLeast: number; readonly atMost: number; readonly budgetMs: number };

export async function repeated(allowance: Allowance, run: (turn: number) => Promise<number>): Promise<readonly number[]> {
  const samples: number[] = [];
  const startedAt = performance.now();
  const isSpent = (): boolean => performance.now() - startedAt >= allowance.budgetMs;
  while (samples.length < allowance.atMost && (samples.length < allowance.atLeast || !isSpent())) samples.push(await run(samples.length));
  return samples;
}

export const perSecond = (count: number) => (ms: number): number => (count * 1_000) / ms;
export const megabytes = (bytes: number): number => bytes / 1e6;

/** Joins the samples of measurements with the same id, in the order in which the ids first come. */
export function merged(measurements: readonly Measurement[]): readonly Measurement[] {
  const byId = new Map<string, Measurement>();
  for (const one of measurements) byId.set(one.id, { ...one, samples: [...(byId.get(one.id)?.samples ?? []), ...one.samples] });
  return [...byId.values()];
}
