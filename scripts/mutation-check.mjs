/** Takes one safeguard of the archive out at a time, in a copy of the project, and sees whether a test turns red. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const copied = ['electron', 'shared', 'test', 'package.json', 'tsconfig.json', 'vitest.config.ts'];

/** `text` must stand in the file exactly once. */
const mutations = [
  {
    name: 'the sync of a frame before it is acknowledged',
    file: 'electron/engine/store/journal-writer.ts',
    text: '    this.#tail?.file.sync();\n    this.#writeHead(',
    replacement: '    this.#writeHead(',
    tests: ['test/faults/power-loss.test.ts', 'test/faults/failpoints.test.ts'],
  },
  {
    name: 'the sync of the names of new segments',
    file: 'electron/engine/store/journal-writer.ts',
    text: '      this.#ports.archiveFiles.syncFolder(folder);\n',
    replacement: '',
    tests: ['test/faults/power-loss.test.ts', 'test/faults/failpoints.test.ts'],
  },
  {
    name: 'the sync of what is cut off after a failed sync',
    file: 'electron/engine/store/journal-writer.ts',
    text: '      file.truncate(readUpTo);\n      // A frame that came back after a loss of power would bear the number of one that is acknowledged by then.\n      file.sync();\n',
    replacement: '      file.truncate(readUpTo);\n',
    tests: ['test/faults/power-loss.test.ts'],
  },
  {
    name: 'the cutting off of every segment behind the last vouched frame',
    file: 'electron/engine/store/journal-writer.ts',
    text: '[...this.#journal.segmentsFromLastFrame()].reverse()',
    replacement: '[...this.#journal.segmentsFromLastFrame()].slice(-1)',
    tests: ['test/faults/segment-roll.test.ts'],
  },
  {
    name: 'the order in which segments are cut off',
    file: 'electron/engine/store/journal-writer.ts',
    text: '[...this.#journal.segmentsFromLastFrame()].reverse()',
    replacement: 'this.#journal.segmentsFromLastFrame()',
    tests: ['test/faults/segment-roll.test.ts'],
  },
  {
    name: 'the doubt after a sync that failed where a segment ends',
    file: 'electron/engine/store/journal-writer.ts',
    text: '    this.#isDoubtful = true;\n',
    replacement: '',
    tests: ['test/faults/segment-roll.test.ts'],
  },
  {
    name: 'the second writing of frames that no head vouches for',
    file: 'electron/engine/store/journal-writer.ts',
    text: '      else this.#writeUnvouchedAgain();\n',
    replacement: '',
    tests: ['test/faults/segment-roll.test.ts'],
  },
  {
    name: 'the sync of the names of segments that another process put in place',
    file: 'electron/engine/store/journal-writer.ts',
    text: '    this.#ports.archiveFiles.syncFolder(this.#journal.folder);\n',
    replacement: '',
    tests: ['test/faults/removal-faults.test.ts'],
  },
  {
    name: 'the order in which segments are replaced',
    file: 'electron/engine/store/rewrite-journal.ts',
    text: '[...names].reverse()',
    replacement: 'names',
    tests: ['test/faults/removal-faults.test.ts'],
  },
  {
    name: 'the sync of a segment before it takes the place of another',
    file: 'electron/engine/store/rewrite-segment.ts',
    text: '    to.sync();\n',
    replacement: '',
    tests: ['test/faults/removal-faults.test.ts'],
  },
  {
    name: 'the removal of snapshots of what was taken out',
    file: 'electron/engine/store/rewrite-journal.ts',
    text: '  removeSnapshots(rewriting);\n',
    replacement: '',
    tests: ['test/faults/removal-faults.test.ts'],
  },
  {
    name: 'the destruction of a forgotten tenant\'s key',
    file: 'electron/vault/forget-tenant.ts',
    text: 'files.overwrite(`${folder}/${name}`)',
    replacement: 'void name',
    tests: ['test/faults/forget-tenant-faults.test.ts'],
  },
  {
    name: 'the second release of a tenant that is forgotten',
    file: 'electron/engine/forget.ts',
    text: '    // Whoever was about to read has opened what is gone.\n    await archives.release(tenant);\n',
    replacement: '',
    tests: ['test/engine/store/reopened-tenant.test.ts'],
  },
  {
    name: 'the look at the key of a tenant that was made anew',
    file: 'electron/engine/archives.ts',
    text: 'known !== undefined && !equalBytes(known.journalPlace.context.key, key)',
    replacement: 'false',
    tests: ['test/engine/store/reopened-tenant.test.ts'],
  },
  {
    name: 'the order in which a backup copies segments',
    file: 'electron/node/backup.ts',
    text: '.sort().reverse().map(',
    replacement: '.sort().map(',
    tests: ['test/faults/backup-while-writing.test.ts'],
  },
  {
    name: 'the gap behind the last sync, when damage is looked for again',
    file: 'electron/engine/sync/sync-tenant.ts',
    text: 'await readFromStart(run, checkpoint).then(() => false)',
    replacement: 'await readFromStart(run, null).then(() => false)',
    tests: ['test/faults/healed-by-simulator.test.ts'],
  },
  {
    name: 'the sync of the first head',
    file: 'electron/engine/store/journal-head.ts',
    text: '  if (head.generation === 1) file.sync();\n',
    replacement: '',
    tests: ['test/faults/power-loss.test.ts', 'test/faults/failpoints.test.ts'],
  },
  {
    name: 'the duplicate check',
    file: 'electron/engine/store/sort-batch.ts',
    text: 'if (bodies.length === 0) fresh.set(logId, item);',
    replacement: 'if (bodies.length >= 0) fresh.set(logId, item);',
    tests: ['test/faults/power-loss.test.ts', 'test/faults/archive-faults.test.ts'],
  },
  {
    name: 'the check of the tag of what is sealed',
    file: 'electron/node/crypto.ts',
    text: '    decipher.final();\n',
    replacement: '',
    tests: ['test/faults/damage.test.ts'],
  },
  {
    name: 'the check that a page gets further',
    file: 'electron/engine/sync/read-log.ts',
    text: 'if (reading.stalls >= maxStalls) throw',
    replacement: 'if (reading.stalls === -1) throw',
    tests: ['test/faults/sync-faults.test.ts'],
  },
];

/** Counts of failed and passed tests; a file that does not even load is no proof, as it would be red for any change. */
function runTests(folder, tests) {
  const report = path.join(folder, 'report.json');
  rmSync(report, { force: true });
  const vitest = path.join(folder, 'node_modules', 'vitest', 'vitest.mjs');
  const { error } = spawnSync(process.execPath, [vitest, 'run', '--bail=1', '--reporter=json', `--outputFile=${report}`, ...tests], { cwd: folder, stdio: 'ignore', timeout: 300_000 });
  if (error !== undefined || !existsSync(report)) return { failed: 0, passed: 0, broken: true };
  const { numFailedTests, numPassedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  const broken = testResults.some(file => file.status === 'failed' && file.assertionResults.length === 0);
  return { failed: numFailedTests, passed: numPassedTests, broken };
}

function judge(folder, { file, text, replacement, tests }) {
  const place = path.join(folder, file);
  const source = readFileSync(place, 'utf8');
  if (source.split(text).length !== 2) return 'NO LONGER MATCHES';
  writeFileSync(place, source.replace(text, () => replacement));
  const { failed, broken } = runTests(folder, tests);
  writeFileSync(place, source);
  if (broken) return 'CANNOT BE RUN';
  return failed > 0 ? 'red' : 'STILL GREEN';
}

function copyProject() {
  const folder = mkdtempSync(path.join(tmpdir(), 'tenantscope-mutations-'));
  for (const name of copied) cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  return folder;
}

const folder = copyProject();
try {
  // Without this, a test that is red anyhow would pass for proof.
  const all = [...new Set(mutations.flatMap(({ tests }) => tests))];
  const before = runTests(folder, all);
  console.log(`unchanged: ${before.failed === 0 && !before.broken && before.passed > 0 ? 'green' : 'RED ALREADY'}`);
  const verdicts = before.failed > 0 || before.broken || before.passed === 0 ? ['not judged'] : mutations.map(mutation => {
    const verdict = judge(folder, mutation);
    console.log(`without ${mutation.name}: ${verdict}`);
    return verdict;
  });
  process.exitCode = verdicts.every(verdict => verdict === 'red') ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
