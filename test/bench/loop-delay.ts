/** How long the main thread keeps messages waiting while something else works. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import type { Measurement } from './measurement';

/** The monitor looks every so many milliseconds; that is in its values and is taken off them. */
const resolutionMs = 1;
const settleMs = 20;

export type Delay = { readonly p999: number; readonly max: number };

/** Milliseconds beyond the moment at which a timer was due. */
export async function delayDuring(work: () => Promise<unknown>): Promise<Delay> {
  const monitor = monitorEventLoopDelay({ resolution: resolutionMs });
  monitor.enable();
  // The first look has nothing to compare itself with.
  await wait(settleMs);
  monitor.reset();
  await work();
  await wait(settleMs);
  monitor.disable();
  const late = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - resolutionMs);
  return { p999: late(monitor.percentile(99.9)), max: late(monitor.max) };
}

export const delayMeasurements = (key: string, what: string, delays: readonly Delay[]): readonly Measurement[] => [
  { id: `delay.${key}.p999`, what: `main-thread delay, ${what}, p99.9`, unit: 'ms', samples: delays.map(delay => delay.p999) },
  { id: `delay.${key}.max`, what: `main-thread delay, ${what}, longest`, unit: 'ms', samples: delays.map(delay => delay.max) },
];
