/** Adds up the reports of the test runners, and finds what a report does not own up to. */

/**
 * @typedef {{ passed: number, failed: number, skipped: number, problems: string[] }} Counts
 * @typedef {{ status: string, assertionResults: { status: string }[] }} FileResult
 */

const skippedStates = ['pending', 'skipped', 'todo', 'disabled'];

/**
 * Counts of one runner. A file that failed before its first test counts as one failure.
 * @param {{ name: string, code: number, report: { testResults: FileResult[] } | null }} run `code` is the runner's exit code
 * @returns {Counts}
 */
export function countsOf({ name, code, report }) {
  if (report === null) return { passed: 0, failed: 1, skipped: 0, problems: [`${name} left no report`] };
  const count = states => report.testResults.flatMap(file => file.assertionResults).filter(test => states.includes(test.status)).length;
  const brokenFiles = report.testResults.filter(file => file.status === 'failed' && !file.assertionResults.some(test => test.status === 'failed')).length;
  const failed = count(['failed']) + brokenFiles;
  const counts = { passed: count(['passed']), skipped: count(skippedStates) };
  return code !== 0 && failed === 0 ? { ...counts, failed: 1, problems: [`${name} failed outside the tests`] } : { ...counts, failed, problems: [] };
}

/**
 * Counts of Playwright's own report. What passed only at a second try has failed: there is none here.
 * @param {{ name: string, code: number, report: { stats?: { expected: number, unexpected: number, flaky: number, skipped: number }, errors?: unknown[] } | null }} run
 * @returns {Counts}
 */
export function playwrightCountsOf({ name, code, report }) {
  if (report?.stats === undefined) return { passed: 0, failed: 1, skipped: 0, problems: [`${name} left no report`] };
  const { expected, unexpected, flaky, skipped } = report.stats;
  const failed = unexpected + flaky + (report.errors?.length ?? 0);
  const counts = { passed: expected, skipped };
  return code !== 0 && failed === 0 ? { ...counts, failed: 1, problems: [`${name} failed outside the tests`] } : { ...counts, failed, problems: [] };
}

/**
 * @param {Counts[]} runs
 * @returns {Counts}
 */
export const addCounts = runs => ({
  passed: runs.reduce((sum, run) => sum + run.passed, 0),
  failed: runs.reduce((sum, run) => sum + run.failed, 0),
  skipped: runs.reduce((sum, run) => sum + run.skipped, 0),
  problems: runs.flatMap(run => run.problems),
});

/** No test at all is not a success. @param {{ passed: number, failed: number }} counts */
export const isSuccess = ({ passed, failed }) => failed === 0 && passed > 0;

/** @param {{ passed: number, failed: number, skipped: number }} counts */
export const countsText = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;
