/** Cohorts: of the users, connections or organizations that were born in one period, how many are active in each period after. */
import { z } from 'zod';
import { commonParams } from './common-params';
import type { ParamSpec } from './define-view';
import { defineView } from './define-view';
import { newestParam } from './series-params';

export const cohortUnits = ['user', 'connection', 'organization'] as const;
export type CohortUnit = (typeof cohortUnits)[number];
export const cohortGrains = ['day', 'week', 'month'] as const;
export const cohortModes = ['bounded', 'unbounded'] as const;
export type CohortMode = (typeof cohortModes)[number];
export const cohortBirths = ['first-seen', 'signup'] as const;
export type CohortBirth = (typeof cohortBirths)[number];
/** `left-censored`: its members may be older than the archive. */
export const cohortCellStates = ['complete', 'partial', 'future', 'uncovered', 'left-censored'] as const;
export type CohortCellState = (typeof cohortCellStates)[number];

/** No row goes further than a year of days. */
export const mostPeriods = 366;

/** What makes a grid, for the view of its cells and that of the members behind a cell. */
export const cohortParams: readonly ParamSpec[] = [
  ...commonParams,
  { name: 'unit', type: 'choice', default: 'user', values: [...cohortUnits], help: 'What is followed.' },
  { name: 'grain', type: 'choice', default: 'week', values: [...cohortGrains], help: 'Length of a period, by the calendar of timeZone; weeks begin on Mondays.' },
  { name: 'periods', type: 'count', default: '12', values: null, help: `How many periods a cohort is followed, that of its birth included; at most ${String(mostPeriods)}.` },
  { name: 'mode', type: 'choice', default: 'bounded', values: [...cohortModes], help: 'bounded: active in the very period; unbounded: active in it or later.' },
  { name: 'birth', type: 'choice', default: 'first-seen', values: [...cohortBirths], help: 'first-seen: the first activity ever; signup: the first successful signup.' },
];

export const cohorts = defineView({
  id: 'cohorts',
  title: 'Cohorts',
  definition: 'Everyone (or every connection, or organization) belongs to the one calendar period of its birth: its first activity ever, or its first successful signup (ss), among the filtered log events of all time. Activity is a successful login, token exchange or silent authentication: of the user, or of any user on the connection or in the organization (a token for a machine is nobody\'s). A cell counts the members of a cohort that are active in the period (bounded) or in it or any later one (unbounded, where a row never rises). The time range chooses the births that count, not how long they are followed. A cell is complete when its period is over and the archive covers it and the cohort\'s own period wholly; partial when one of the two is cut or still runs; future cells are empty; uncovered when the archive has nothing of either; left-censored where the cohort was first seen within a week (with months: 4 weeks) of the archive\'s start and may be older. The share is that of the active among all members of the cohort. Log events dated before 2013 or more than a day ahead have a wrong date, and count neither as a birth nor as activity. Auth0 shows no cohorts.',
  kind: 'series',
  params: [...cohortParams, newestParam('cohorts')],
  columns: [
    { id: 'cohortStart', header: 'Cohort', kind: 'instant' },
    { id: 'size', header: 'Size', kind: 'number' },
    { id: 'period', header: 'Period', kind: 'number' },
    { id: 'periodStart', header: 'Period start', kind: 'instant' },
    { id: 'active', header: 'Active', kind: 'number' },
    { id: 'share', header: 'Share', kind: 'number' },
    { id: 'state', header: 'State', kind: 'text' },
    { id: 'completesAt', header: 'Completes at', kind: 'instant' },
  ],
  row: z.object({
    cohortStart: z.string(), size: z.number().int(), period: z.number().int(), periodStart: z.string(), active: z.number().int().nullable(),
    share: z.number().min(0).max(1).nullable(), state: z.enum(cohortCellStates), completesAt: z.string().nullable(),
  }),
});
