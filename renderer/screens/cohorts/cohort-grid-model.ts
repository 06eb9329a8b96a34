/** The cohort grid as numbers: cells in rows, the summary over complete cells, shares and how sure they are. */
import type { z } from 'zod';
import type { cohorts } from '../../../shared/views/cohorts';

export type CohortRow = z.output<(typeof cohorts)['row']>;

/** One cohort; `cells` by period, 0 being that of its birth. */
export type Cohort = { readonly start: string; readonly size: number; readonly isCensored: boolean; readonly cells: readonly CohortRow[] };
/** All complete cells of one period together. */
export type SummaryCell = { readonly active: number; readonly size: number; readonly cohorts: number };
export type Grid = { readonly cohorts: readonly Cohort[]; readonly summary: readonly SummaryCell[]; readonly periods: number };

/** Fewer members than this, and a percentage says more than it knows. */
export const leastForShare = 5;

/** Newest cohort first. Cohorts of nobody are left out. */
export function gridOf(rows: readonly CohortRow[]): Grid {
  const byStart = new Map<string, CohortRow[]>();
  for (const row of rows) {
    const cells = byStart.get(row.cohortStart) ?? [];
    cells[row.period] = row;
    byStart.set(row.cohortStart, cells);
  }
  const cohorts = [...byStart].map(([start, cells]): Cohort => ({ start, size: cells[0]?.size ?? 0, isCensored: cells.some(cell => cell.state === 'left-censored'), cells }))
    .filter(cohort => cohort.size > 0).sort((a, b) => (a.start < b.start ? 1 : -1));
  const periods = Math.max(0, ...cohorts.map(cohort => cohort.cells.length));
  return { cohorts, periods, summary: Array.from({ length: periods }, (_none, period) => summaryOf(cohorts.flatMap(cohort => cohort.cells[period] ?? []))) };
}

function summaryOf(cells: readonly CohortRow[]): SummaryCell {
  const complete = cells.filter(cell => cell.state === 'complete');
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  return { active: sum(complete.map(cell => cell.active ?? 0)), size: sum(complete.map(cell => cell.size)), cohorts: complete.length };
}

/** The largest share of a row behind its birth, or of the whole grid, for a colour scale. */
export function largestShare(cells: readonly CohortRow[]): number {
  return Math.max(0.01, ...cells.filter(cell => cell.period > 0).map(cell => cell.share ?? 0));
}

const z95 = 1.96;

/** Wilson's 95 % interval of a share of `size`; null of nobody. */
export function wilson(active: number, size: number): { readonly low: number; readonly high: number } | null {
  if (size === 0) return null;
  const share = active / size;
  const squared = z95 * z95;
  const middle = share + squared / (2 * size);
  const reach = z95 * Math.sqrt((share * (1 - share)) / size + squared / (4 * size * size));
  return { low: Math.max(0, (middle - reach) / (1 + squared / size)), high: Math.min(1, (middle + reach) / (1 + squared / size)) };
}
