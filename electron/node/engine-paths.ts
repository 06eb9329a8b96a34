/** Where the bundler put the engine's worker, sql.js's WebAssembly and the licences of what is bundled; the look-ups must stand in one file. */
import { dirname, join } from 'node:path';
import wasmPath from 'sql.js/dist/sql-wasm.wasm?asset';
import workerPath from './worker?modulePath';
import type { EnginePaths } from './host';

/** The worker lies in a folder beside the programs. */
export const bundledPaths: EnginePaths = { workerPath, wasmPath, licensesPath: join(dirname(workerPath), '..', 'licenses.json') };
