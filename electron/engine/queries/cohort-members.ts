/** Cohort members: the units behind a cell as rows. */
import { formatInstant } from '../../../shared/domain/time';
import { cohortMembers, memberChoices } from '../../../shared/views/cohort-members';
import { cohortMembersOf } from '../metrics/cohorts-members';
import { cohortQuestionOf } from '../metrics/cohorts-question';
import type { WholeQuery } from './define-query';

export const cohortMembersQuery: WholeQuery = {
  kind: 'whole',
  view: cohortMembers,
  rows: async scope => {
    const question = cohortQuestionOf(scope.params);
    const { extra } = scope.params;
    const numberOf = (name: string): number | null => (extra[name]?.[0] === undefined ? null : Number(extra[name][0]));
    const members = await cohortMembersOf(scope, question, {
      cohort: numberOf('cohort'), period: numberOf('period'), members: memberChoices.find(choice => choice === extra['members']?.[0]) ?? 'active',
    });
    return members.map(({ id, name, cohortStart, bornAt, lastActiveAt }) => [
      question.unit, id, name, formatInstant(cohortStart), formatInstant(bornAt), lastActiveAt === null ? null : formatInstant(lastActiveAt),
    ]);
  },
};
