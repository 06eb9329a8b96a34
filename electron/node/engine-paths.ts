/** Where the bundler put the engine's worker and sql.js's WebAssembly; both look-ups must stand in one file. */
import wasmPath from 'sql.js/dist/sql-wasm.wasm?asset';
import workerPath from './worker?modulePath';

export { wasmPath, workerPath };
