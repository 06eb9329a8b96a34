/** Cohorts: the cells of the grid as rows. */
import { formatInstant } from '../../../shared/domain/time';
import { cohorts } from '../../../shared/views/cohorts';
import { cohortCells } from '../metrics/cohorts';
import { cohortQuestionOf } from '../metrics/cohorts-question';
import type { WholeQuery } from './define-query';

export const cohortsQuery: WholeQuery = {
  kind: 'whole',
  view: cohorts,
  rows: async scope => {
    const cells = await cohortCells(scope, cohortQuestionOf(scope.params));
    return cells.map(({ cohortStart, size, period, periodStart, active, state, completesAt }) => [
      formatInstant(cohortStart), size, period, formatInstant(periodStart), active, active === null || size === 0 ? null : active / size, state,
      completesAt === null ? null : formatInstant(completesAt),
    ]);
  },
};
