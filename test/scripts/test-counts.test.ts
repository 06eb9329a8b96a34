import { describe, expect, it } from 'vitest';

type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number; readonly problems: readonly string[] };
type TestCounts = {
  readonly countsOf: (run: { name: string; code: number; report: unknown }) => Counts;
  readonly playwrightCountsOf: (run: { name: string; code: number; report: unknown }) => Counts;
  readonly addCounts: (runs: readonly Counts[]) => Counts;
  readonly countsText: (counts: Counts) => string;
  readonly isSuccess: (counts: Counts) => boolean;
};
const { countsOf, playwrightCountsOf, addCounts, countsText, isSuccess } = (await import(new URL('../../scripts/test-counts.mjs', import.meta.url).href)) as TestCounts;

const file = (status: string, ...tests: readonly string[]) => ({ status, assertionResults: tests.map(state => ({ status: state })) });

describe('the counts of a test run', () => {
  it('add up over files and runners', () => {
    const one = countsOf({ name: 'a', code: 1, report: { testResults: [file('passed', 'passed', 'skipped', 'pending'), file('failed', 'failed', 'passed', 'todo')] } });
    const other = countsOf({ name: 'b', code: 0, report: { testResults: [file('passed', 'passed')] } });
    expect(countsText(addCounts([one, other]))).toBe('3 passed, 1 failed, 3 skipped');
    expect(isSuccess(addCounts([one, other]))).toBe(false);
    expect(isSuccess(other)).toBe(true);
  });

  it('hold a failure for a file that broke before its first test', () => {
    expect(countsOf({ name: 'a', code: 1, report: { testResults: [file('failed'), file('passed', 'passed')] } })).toMatchObject({ passed: 1, failed: 1 });
  });

  it('hold a failure for a runner that failed outside the tests, or left no report', () => {
    expect(countsOf({ name: 'a', code: 1, report: { testResults: [file('passed', 'passed')] } })).toMatchObject({ failed: 1, problems: ['a failed outside the tests'] });
    expect(countsOf({ name: 'a', code: 0, report: null })).toMatchObject({ failed: 1, problems: ['a left no report'] });
  });

  it('of the browser tests come from their own report, where a second try is a failure', () => {
    expect(playwrightCountsOf({ name: 'b', code: 1, report: { stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 } } })).toMatchObject({ passed: 4, failed: 2, skipped: 2 });
    expect(playwrightCountsOf({ name: 'b', code: 1, report: { stats: { expected: 4, unexpected: 0, flaky: 0, skipped: 0 }, errors: [] } })).toMatchObject({ failed: 1, problems: ['b failed outside the tests'] });
    expect(playwrightCountsOf({ name: 'b', code: 1, report: null })).toMatchObject({ failed: 1, problems: ['b left no report'] });
  });

  it('are no success without a test that passed', () => {
    expect(isSuccess(countsOf({ name: 'a', code: 0, report: { testResults: [] } }))).toBe(false);
  });
});
