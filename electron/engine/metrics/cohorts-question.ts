/** What a cohort grid was asked for, out of the parameters of its views. */
import { Failure } from '../../../shared/errors';
import type { CohortBirth, CohortMode, CohortUnit } from '../../../shared/views/cohorts';
import { cohortBirths, cohortModes, cohortUnits, mostPeriods } from '../../../shared/views/cohorts';
import type { Grain } from '../columns/buckets';
import { bucketLimit } from '../columns/buckets';
import type { ParsedParams } from '../queries/parse-params';

export type CohortQuestion = {
  readonly unit: CohortUnit; readonly grain: Grain; readonly mode: CohortMode; readonly birth: CohortBirth;
  /** How many cells a cohort has, that of its birth included. */
  readonly periods: number;
  /** How many cohorts are listed at most. */
  readonly newest: number;
};

export function cohortQuestionOf({ filter, extra }: ParsedParams): CohortQuestion {
  const chosen = <Value extends string>(name: string, values: readonly Value[], otherwise: Value): Value => values.find(value => value === extra[name]?.[0]) ?? otherwise;
  return {
    unit: chosen('unit', cohortUnits, 'user'), mode: chosen('mode', cohortModes, 'bounded'), birth: chosen('birth', cohortBirths, 'first-seen'),
    grain: filter.grain ?? 'week', periods: Number(extra['periods']?.[0] ?? 12), newest: Number(extra['newest']?.[0] ?? Number.POSITIVE_INFINITY),
  };
}

/** @throws Failure view.param-invalid when the grid would be too large */
export function checkGrid(cohortCount: number, periods: number): void {
  if (periods > mostPeriods) throw new Failure('view.param-invalid', { param: 'periods', value: String(periods), expected: `Give at most ${String(mostPeriods)}.` });
  if (cohortCount * periods <= bucketLimit) return;
  throw new Failure('view.param-invalid', { param: 'periods', value: String(periods), expected: 'The time range has too many cohorts for so many periods: give from and to, newest, fewer periods, or a wider grain.' });
}
