/** Runs the tests and ends with one line of counts: `N passed, M failed, K skipped`. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildIfStale, exitCodeOf, root } from './build-if-stale.mjs';
import { findChromium } from './find-chromium.mjs';
import { addCounts, countsOf, countsText, isSuccess, playwrightCountsOf } from './test-counts.mjs';

const words = process.argv.slice(2);
const isFull = words.includes('--full');
const filters = words.filter(word => word !== '--full');

/** Each runner writes a JSON report; the browser's wants a browser. */
const runners = [
  {
    name: 'vitest', counts: countsOf, needsBrowser: false,
    wordsFor: report => [path.join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...filters],
  },
  {
    name: 'playwright', counts: playwrightCountsOf, needsBrowser: true,
    wordsFor: () => [path.join(root, 'node_modules', '@playwright', 'test', 'cli.js'), 'test', '--config', path.join(root, 'test', 'e2e', 'playwright.config.ts'), '--reporter=list,json', ...filters],
  },
];

// The runners empty their own output folders when they start.
const reports = mkdtempSync(path.join(tmpdir(), 'tenantscope-tests-'));
try {
  await buildIfStale();
  const results = [];
  for (const runner of runners.filter(isWanted)) results.push(await runTests(runner));
  const counts = addCounts(results);
  for (const problem of counts.problems) console.error(problem);
  console.log(countsText(counts));
  process.exitCode = isSuccess(counts) ? 0 : 1;
} catch (error) {
  console.error(`error: ${error.message}`);
  console.log(countsText({ passed: 0, failed: 1, skipped: 0 }));
  process.exitCode = 1;
} finally {
  rmSync(reports, { recursive: true, force: true });
}

/** File filters name either unit tests or browser tests; without any, all run. */
function isWanted({ needsBrowser }) {
  if (filters.length === 0) return true;
  return needsBrowser ? filters.some(filter => filter.includes('e2e')) : filters.some(filter => !filter.includes('e2e'));
}

async function runTests({ name, counts, needsBrowser, wordsFor }) {
  const report = path.join(reports, `${name}.json`);
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: report, ...(isFull ? { TENANTSCOPE_TEST_FULL: '1' } : {}) };
  if (needsBrowser) {
    const browser = await findChromium(line => { console.log(line); });
    if (browser.problem !== undefined) return { passed: 0, failed: 1, skipped: 0, problems: [`${name}: ${browser.problem}`] };
    console.log(`Browser tests run in ${browser.path}.`);
    env.TENANTSCOPE_CHROMIUM = browser.path;
  }
  const code = await exitCodeOf(spawn(process.execPath, wordsFor(report), { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] }));
  return counts({ name, code, report: existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null });
}
