/** How the cohort grid is made and drawn, as it stands in the address. */
import { cohortBirths, cohortGrains, cohortModes, cohortUnits } from '../../../shared/views/cohorts';
import type { CohortBirth, CohortMode, CohortUnit } from '../../../shared/views/cohorts';
import { useAddress } from '../../address';
import type { Params } from '../../address';
import type { CohortGrain, CohortShow } from './cohort-words';

export const cohortShows = ['percent', 'count', 'lost'] as const;
export const cohortScales = ['grid', 'row'] as const;
export type CohortScale = (typeof cohortScales)[number];

export type CohortChoice = {
  readonly unit: CohortUnit; readonly grain: CohortGrain; readonly mode: CohortMode; readonly birth: CohortBirth; readonly show: CohortShow; readonly scale: CohortScale;
};

const oneOf = <Value extends string>(values: readonly Value[], given: readonly string[] | undefined, otherwise: Value): Value => values.find(value => value === given?.at(-1)) ?? otherwise;

export function cohortChoiceOf(params: Params): CohortChoice {
  return {
    unit: oneOf(cohortUnits, params.unit, 'user'), grain: oneOf(cohortGrains, params.grain, 'week'), mode: oneOf(cohortModes, params.mode, 'bounded'),
    birth: oneOf(cohortBirths, params.birth, 'first-seen'), show: oneOf(cohortShows, params.show, 'percent'), scale: oneOf(cohortScales, params.scale, 'grid'),
  };
}

export type CohortChoiceControl = { readonly choice: CohortChoice; readonly set: (change: Partial<CohortChoice>) => void };

export function useCohortChoice(): CohortChoiceControl {
  const { address, setParams } = useAddress();
  return { choice: cohortChoiceOf(address.params), set: change => { setParams(change as Readonly<Record<string, string>>); } };
}

/** The choice as parameters of the views. `periods` by the length of one. */
export const cohortViewParams = ({ unit, grain, mode, birth }: CohortChoice): Readonly<Record<string, readonly string[]>> =>
  ({ unit: [unit], grain: [grain], mode: [mode], birth: [birth], periods: [grain === 'day' ? '15' : '13'] });
