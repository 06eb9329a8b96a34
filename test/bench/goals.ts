/** The numbers to reach, each for archives of up to 100,000, a million and three million events. */
import type { Statistic, Summary, Unit } from './measurement';
import { isMoreBetter } from './measurement';

export type Goal = {
  /** Holds for the measurement with this id, or whose id goes on with a dot behind it. */
  readonly of: string;
  readonly statistic: Statistic;
  /** For up to 100,000, a million, and more; null where there is none. */
  readonly limits: readonly [number | null, number | null, number | null];
  /** How much dearer it may get for ten times the events. */
  readonly growth?: number;
};

const none = [null, null, null] as const;

const goals: readonly Goal[] = [
  { of: 'insert.ratio', statistic: 'median', limits: [0.65, 0.65, 0.65] },
  { of: 'ingest.peer', statistic: 'median', limits: none },
  { of: 'ingest.ratio', statistic: 'median', limits: none },
  { of: 'ingest', statistic: 'median', limits: [25_000, 20_000, 15_000] },
  { of: 'sync.peer', statistic: 'median', limits: none },
  { of: 'sync.ratio', statistic: 'median', limits: [1, 1, 1] },
  { of: 'sync', statistic: 'median', limits: [20_000, null, null] },
  { of: 'start.snapshot', statistic: 'median', limits: [100, 350, 1_000] },
  { of: 'page', statistic: 'p95', limits: [5, 5, 5], growth: 1.3 },
  { of: 'tile', statistic: 'median', limits: [8, 25, 60] },
  { of: 'tile-ratio', statistic: 'median', limits: [1, 1, 1] },
  { of: 'export.csv.peer', statistic: 'median', limits: none },
  { of: 'export.csv-exact.peer', statistic: 'median', limits: none },
  { of: 'export.csv.ratio', statistic: 'median', limits: [1, 1, 1] },
  { of: 'export.csv-exact.ratio', statistic: 'median', limits: [1, 1, 1] },
  { of: 'export.jsonl', statistic: 'median', limits: none },
  { of: 'export', statistic: 'median', limits: [200_000, 200_000, 200_000] },
  { of: 'delay', statistic: 'worst', limits: [16, 16, 16] },
  { of: 'cancel', statistic: 'worst', limits: [20, 20, 20] },
  { of: 'window.paint', statistic: 'median', limits: [600, 600, 600] },
  { of: 'window.usable', statistic: 'median', limits: [1_500, 1_500, 1_500] },
  { of: 'memory', statistic: 'worst', limits: [null, 500, 1_200] },
];

/** The first in the list that fits; null where none was set. */
export const goalOf = (id: string): Goal | null => goals.find(({ of }) => id === of || id.startsWith(`${of}.`)) ?? null;

const brackets = [100_000, 1_000_000, Number.POSITIVE_INFINITY];

/** The number to reach with so many events; null where none was set. */
export const limitOf = (goal: Goal | null, events: number): number | null => goal?.limits[brackets.findIndex(most => events <= most)] ?? null;

/** The figure of a summary that a goal is about; the median where there is no goal, the worst where there are too few runs for a p95. */
export const figureOf = (goal: Goal | null, summary: Summary): number => summary[goal?.statistic ?? 'median'] ?? summary.worst;

export const isReached = (unit: Unit, figure: number, limit: number): boolean => (isMoreBetter(unit) ? figure >= limit : figure <= limit);
