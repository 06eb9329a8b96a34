/** Groups units by the period of their birth, and counts which of them are active in each period after. */
import type { EpochMs } from '../../../shared/domain/ids';
import type { CohortCellState } from '../../../shared/views/cohorts';
import type { BucketState } from '../../../shared/views/define-view';
import type { Stretch } from '../columns/coverage';
import { statesWithin } from '../columns/coverage';
import type { Scope } from '../queries/define-query';
import type { CohortQuestion } from './cohorts-question';
import type { CohortScan } from './cohorts-scan';
import { scanCohorts } from './cohorts-scan';
import { isLeftCensored } from './left-censoring';

export type CohortCell = {
  readonly cohortStart: EpochMs; readonly size: number; readonly period: number; readonly periodStart: EpochMs;
  /** Null in the future. */
  readonly active: number | null;
  readonly state: CohortCellState;
  /** When the period is over, where it is not yet. */
  readonly completesAt: EpochMs | null;
};

/** Cohort after cohort, oldest first, `periods` cells each. @throws Failure view.param-invalid, operation.cancelled */
export async function cohortCells(scope: Scope, question: CohortQuestion): Promise<readonly CohortCell[]> {
  const scan = await scanCohorts(scope, question);
  if (scan === null) return [];
  const { periods, newest } = question;
  const first = Math.max(0, scan.cohortCount - newest);
  const sizes = new Uint32Array(scan.cohortCount - first);
  const active = new Uint32Array(sizes.length * periods);
  // Cohorts that are not listed are negative here, as units in none are.
  const listed = { ...scan, cohortOf: scan.cohortOf.map(cohort => cohort - first) };
  for (let unit = 0; unit < listed.cohortOf.length; unit += 1) {
    const cohort = listed.cohortOf[unit] ?? -1;
    if (cohort >= 0) sizes[cohort] = (sizes[cohort] ?? 0) + 1;
  }
  if (question.mode === 'bounded') countBounded(listed, active, periods);
  else countUnbounded(listed, active, periods);
  const cellOf = describeCells(scope, question, scan);
  return Array.from(active, (count, index): CohortCell => {
    const cohort = Math.floor(index / periods);
    const cell = cellOf(first + cohort, index % periods);
    return { ...cell, size: sizes[cohort] ?? 0, active: cell.state === 'future' ? null : count };
  });
}

function countBounded({ cohortOf, words, activeIn }: CohortScan, active: Uint32Array, periods: number): void {
  for (let unit = 0; unit < cohortOf.length; unit += 1) {
    const cohort = cohortOf[unit] ?? -1;
    if (cohort < 0) continue;
    for (let word = 0; word < words; word += 1) {
      for (let bits = activeIn[unit * words + word] ?? 0; bits !== 0; bits &= bits - 1) {
        const cell = cohort * periods + word * 32 + 31 - Math.clz32(bits & -bits);
        active[cell] = (active[cell] ?? 0) + 1;
      }
    }
  }
}

/** Whoever is active in a period counts in all before it; activity behind the last period of a row counts in all of them. */
function countUnbounded({ cohortOf, lastPeriodOf }: CohortScan, active: Uint32Array, periods: number): void {
  for (let unit = 0; unit < cohortOf.length; unit += 1) {
    const cohort = cohortOf[unit] ?? -1;
    const last = cohort < 0 ? -1 : lastPeriodOf(unit);
    if (last < 0) continue;
    const cell = cohort * periods + Math.min(last, periods - 1);
    active[cell] = (active[cell] ?? 0) + 1;
  }
  for (let cell = active.length - 2; cell >= 0; cell -= 1) {
    if ((cell + 1) % periods !== 0) active[cell] = (active[cell] ?? 0) + (active[cell + 1] ?? 0);
  }
}

type Described = Omit<CohortCell, 'size' | 'active'>;

/** Where a cell lies in time and what is known of it. */
export function describeCells(scope: Scope, { grain, birth }: CohortQuestion, { asked, buckets, cohortCount }: CohortScan): (cohort: number, period: number) => Described {
  const { coverage, now } = scope;
  const everything: Stretch = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  const statesOf = (asking: Stretch, count: number): readonly BucketState[] => {
    const ofStretch = statesWithin(coverage, asking, now);
    return Array.from({ length: count }, (_none, bucket) => ofStretch({ from: buckets.startOf(bucket), to: buckets.endOf(bucket) }));
  };
  const states = statesOf(everything, buckets.count);
  const births = statesOf(asked, cohortCount);
  const stateOf = (cohort: number, target: number): CohortCellState => {
    if (buckets.startOf(target) > now) return 'future';
    if (births[cohort] === 'uncovered' || states[target] === 'uncovered') return 'uncovered';
    if (birth === 'first-seen' && isLeftCensored(buckets.startOf(cohort), grain, coverage)) return 'left-censored';
    return births[cohort] === 'complete' && states[target] === 'complete' ? 'complete' : 'partial';
  };
  return (cohort, period) => {
    const target = cohort + period;
    const end = buckets.endOf(target);
    return {
      cohortStart: buckets.startOf(cohort), period, periodStart: buckets.startOf(target), state: stateOf(cohort, target), completesAt: end > now ? end : null,
    };
  };
}
