/** What else is to be known about a run: the machine, and how busy others kept it. */
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

export type Machine = { readonly node: string; readonly platform: string; readonly processor: string; readonly cores: number; readonly memoryGB: number };

export const machine = (): Machine => ({
  node: process.version, platform: `${process.platform} ${process.arch}`, processor: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(), memoryGB: Math.round(totalmem() / 2 ** 30),
});

/** Processes that wanted a core, on average over the last minute; the benchmark itself counts. */
export const loadNow = (): number => loadavg()[0] ?? 0;
