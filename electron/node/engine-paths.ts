/** Where the bundler put the engine's worker, sql.js's WebAssembly, the countries of addresses and the licences of what is bundled; the look-ups must stand in one file. */
import { dirname, join } from 'node:path';
import countriesPath from '@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb?asset';
import wasmPath from 'sql.js/dist/sql-wasm.wasm?asset';
import workerPath from './worker?modulePath';
import type { EnginePaths } from './host';

/** The worker lies in a folder beside the programs. */
export const bundledPaths: EnginePaths = { workerPath, wasmPath, countriesPath, licensesPath: join(dirname(workerPath), '..', 'licenses.json') };
