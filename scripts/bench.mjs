/** Runs the benchmarks of test/bench/main.ts, which exports `main(words)`, over a fresh build. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { runnerImport } from 'vite';
import { buildIfStale, root } from './build-if-stale.mjs';

const entry = path.join(root, 'test', 'bench', 'main.ts');

try {
  if (!existsSync(entry)) throw new Error('there are no benchmarks in test/bench/main.ts');
  await buildIfStale();
  const { module } = await runnerImport(entry, { root, configFile: false, logLevel: 'error' });
  process.exitCode = (await module.main(process.argv.slice(2))) ?? 0;
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
