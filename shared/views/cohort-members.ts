/** Who stands behind a cell of the cohort grid. */
import { z } from 'zod';
import { cohortParams, cohortUnits } from './cohorts';
import { defineView } from './define-view';

export const memberChoices = ['active', 'lost'] as const;
export type MemberChoice = (typeof memberChoices)[number];

export const cohortMembers = defineView({
  id: 'cohort-members',
  title: 'Cohort members',
  definition: 'The users, connections or organizations behind the cells of cohorts, counted exactly as there: those of one cohort (or of all) that are active in one of its periods, or, with members=lost, that are not; without a period, all of them. firstSeenAt is the birth that put them into the cohort, lastActiveAt their latest activity; latest first.',
  kind: 'ranking',
  params: [
    ...cohortParams,
    { name: 'cohort', type: 'instant', default: null, values: null, help: 'Start of the cohort, or any instant in its period. Default: all cohorts.' },
    { name: 'period', type: 'ordinal', default: null, values: null, help: 'Number of the period, 0 being that of the birth. Default: whoever is in the cohort.' },
    { name: 'members', type: 'choice', default: 'active', values: [...memberChoices], help: 'Of the cohort, who is active in the period, or who is lost to it.' },
  ],
  columns: [
    { id: 'unit', header: 'Unit', kind: 'text' },
    { id: 'id', header: 'Id', kind: 'text' },
    { id: 'name', header: 'Name', kind: 'text' },
    { id: 'cohortStart', header: 'Cohort', kind: 'instant' },
    { id: 'firstSeenAt', header: 'First seen', kind: 'instant' },
    { id: 'lastActiveAt', header: 'Last active', kind: 'instant' },
  ],
  row: z.object({
    unit: z.enum(cohortUnits), id: z.string(), name: z.string().nullable(), cohortStart: z.string(), firstSeenAt: z.string(), lastActiveAt: z.string().nullable(),
  }),
});
