/** Runs the tests and ends with one line of counts: `N passed, M failed, K skipped`. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildIfStale, exitCodeOf, root } from './build-if-stale.mjs';
import { addCounts, countsOf, countsText, isSuccess } from './test-counts.mjs';

const words = process.argv.slice(2);
const isFull = words.includes('--full');
const filters = words.filter(word => word !== '--full');

/** Each runner writes a JSON report of the shape of vitest's. */
const runners = [
  { name: 'vitest', commandFor: report => [path.join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...filters] },
];

// The runners empty their own output folders when they start.
const reports = mkdtempSync(path.join(tmpdir(), 'tenantscope-tests-'));
try {
  await buildIfStale();
  const results = [];
  for (const runner of runners) results.push(await runTests(runner));
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

async function runTests({ name, commandFor }) {
  const report = path.join(reports, `${name}.json`);
  const env = { ...process.env, ...(isFull ? { TENANTSCOPE_TEST_FULL: '1' } : {}) };
  const code = await exitCodeOf(spawn(process.execPath, commandFor(report), { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] }));
  return countsOf({ name, code, report: existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null });
}
