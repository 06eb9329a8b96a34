import { describe, expect, it } from 'vitest';
import { cellAfterKey } from '../../../renderer/screens/cohorts/cohort-grid';
import { gridOf, largestShare, wilson } from '../../../renderer/screens/cohorts/cohort-grid-model';
import type { CohortRow } from '../../../renderer/screens/cohorts/cohort-grid-model';
import { cellText, cellWords, createPeriodLabels, summaryText } from '../../../renderer/screens/cohorts/cohort-words';
import { cohortChoiceOf } from '../../../renderer/screens/cohorts/use-cohort-choice';

const cell = (fields: Partial<CohortRow>): CohortRow => ({
  cohortStart: '2026-06-01T00:00:00.000Z', size: 10, period: 0, periodStart: '2026-06-01T00:00:00.000Z', active: 10, share: 1, state: 'complete', completesAt: null, ...fields,
});
const older = [cell({}), cell({ period: 1, active: 4, share: 0.4 }), cell({ period: 2, active: 2, share: 0.2, state: 'partial', completesAt: '2026-06-22T00:00:00.000Z' })];
const newer = [cell({ cohortStart: '2026-06-08T00:00:00.000Z', size: 30, active: 30 }), cell({ cohortStart: '2026-06-08T00:00:00.000Z', size: 30, period: 1, active: 6, share: 0.2 }), cell({ cohortStart: '2026-06-08T00:00:00.000Z', size: 30, period: 2, active: null, share: null, state: 'future' })];

describe('the cohort grid', () => {
  it('puts the newest cohort first and weighs the summary by the sizes of complete cells only', () => {
    const grid = gridOf([...older, ...newer, cell({ cohortStart: '2026-06-15T00:00:00.000Z', size: 0, active: 0, share: null })]);
    expect(grid.cohorts.map(cohort => [cohort.start, cohort.size])).toEqual([['2026-06-08T00:00:00.000Z', 30], ['2026-06-01T00:00:00.000Z', 10]]);
    expect(grid.summary).toEqual([{ active: 40, size: 40, cohorts: 2 }, { active: 10, size: 40, cohorts: 2 }, { active: 0, size: 0, cohorts: 0 }]);
    expect(gridOf([])).toEqual({ cohorts: [], summary: [], periods: 0 });
  });

  it('does not take the birth of a cohort for its strongest cell', () => {
    expect(largestShare(older)).toBe(0.4);
    expect(largestShare([cell({})])).toBe(0.01);
  });

  it('is moved through by keys and never left by them', () => {
    const grid = gridOf([...older, ...newer]);
    expect(cellAfterKey('ArrowRight', { row: 0, period: 2 }, grid)).toEqual({ row: 0, period: 2 });
    expect(cellAfterKey('ArrowDown', { row: 0, period: 1 }, grid)).toEqual({ row: 1, period: 1 });
    expect(cellAfterKey('End', { row: 1, period: 0 }, grid)).toEqual({ row: 1, period: 2 });
    expect(cellAfterKey('x', { row: 1, period: 0 }, grid)).toBeNull();
    expect(cellAfterKey('End', { row: 0, period: 0 }, gridOf([]))).toBeNull();
  });

  it('says the percentage of a cell, its count or who was lost, and no percentage of fewer than five', () => {
    expect(cellText(cell({ period: 1, active: 4, share: 0.4 }), 'percent')).toBe('40%');
    expect(cellText(cell({ period: 1, active: 4, share: 0.4 }), 'count')).toBe('4');
    expect(cellText(cell({ period: 1, active: 4, share: 0.4 }), 'lost')).toBe('6');
    expect(cellText(cell({ size: 3, period: 1, active: 2, share: 0.67 }), 'percent')).toBe('2/3');
    expect(cellText(newer[2] as CohortRow, 'percent')).toBeNull();
    expect(cellText(cell({ state: 'uncovered', active: 0, share: 0 }), 'percent')).toBeNull();
  });

  it('sums up a column in the terms of its cells', () => {
    const cells = { active: 12, size: 48, cohorts: 3 };
    expect([summaryText(cells, 'percent'), summaryText(cells, 'count'), summaryText(cells, 'lost')]).toEqual(['25%', '12', '36']);
  });

  it('tells a cell in a sentence, with its interval and its state', () => {
    const place = { unit: 'user', grain: 'week', cohort: '1 – 7 Jun', date: (at: string) => at.slice(0, 10) } as const;
    expect(cellWords(older[1] as CohortRow, place)).toBe('Cohort 1 – 7 Jun, week 1: 4 of 10 users active, 6 lost, 40% (95% interval 17% to 69%).');
    expect(cellWords(older[2] as CohortRow, place)).toContain('Not complete before 2026-06-22.');
    expect(cellWords(newer[2] as CohortRow, place)).toContain('still to come');
    expect(cellWords(cell({ state: 'uncovered' }), place)).toContain('nothing of it');
    expect(cellWords(cell({ state: 'left-censored' }), place)).toContain('older than the archive');
  });

  it('knows how sure a share is', () => {
    expect(wilson(0, 0)).toBeNull();
    expect(wilson(0, 10)?.low).toBe(0);
    expect(wilson(10, 10)?.high).toBe(1);
    expect(wilson(50, 100)?.low).toBeCloseTo(0.4038, 3);
    expect(wilson(50, 100)?.high).toBeCloseTo(0.5962, 3);
  });

  it('names periods on the clocks of their zone', () => {
    expect(createPeriodLabels('week', 'Europe/Berlin')('2026-10-18T22:00:00.000Z')).toMatch(/19\D+25/);
    expect(createPeriodLabels('month', 'UTC')('2026-06-01T00:00:00.000Z')).toContain('2026');
  });

  it('takes from the address what it knows, and the default for the rest', () => {
    expect(cohortChoiceOf({ unit: ['organization'], grain: ['month'], mode: ['sideways'], show: ['lost'] })).toEqual({ unit: 'organization', grain: 'month', mode: 'bounded', birth: 'first-seen', show: 'lost', scale: 'grid' });
  });
});
