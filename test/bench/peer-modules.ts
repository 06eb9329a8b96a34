/** Loads the peers' packages inside a stage, with as much of their types as the benchmark uses. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { PeerPackages, PeerPackageName } from './peer-packages';

type Statement = { readonly run: (...values: readonly (string | number | Uint8Array | null)[]) => unknown; readonly get: () => unknown };
export type SqliteDatabase = { readonly exec: (sql: string) => unknown; readonly prepare: (sql: string) => Statement; readonly close: () => void };
type Sqlite = new (path: string) => SqliteDatabase;

export type DuckValue = string | number | bigint | boolean | null | { readonly items: readonly DuckValue[] } | { readonly micros: bigint };
export type DuckResult = { readonly getRowObjects: () => readonly Readonly<Record<string, DuckValue>>[] };
export type DuckConnection = { readonly runAndReadAll: (sql: string) => Promise<DuckResult>; readonly closeSync: () => void };
type DuckInstance = { readonly connect: () => Promise<DuckConnection> };
type Duck = { readonly DuckDBInstance: { readonly create: (path: string, options: Readonly<Record<string, string>>) => Promise<DuckInstance> } };

type CsvSync = { readonly stringify: (rows: readonly Readonly<Record<string, unknown>>[], options: { readonly columns: readonly string[]; readonly header: boolean }) => string };

/** As many threads as the product's machine is measured with. */
const duckThreads = '2';

function load(packages: PeerPackages, name: PeerPackageName, path: string = name): unknown {
  return packages.versions[name] === undefined ? null : (createRequire(join(packages.folder, 'package.json'))(path) as unknown);
}

/** Null where it cannot be used. */
export function openSqlite(packages: PeerPackages): SqliteDatabase | null {
  const Database = load(packages, 'better-sqlite3') as Sqlite | null;
  return Database === null ? null : new Database(':memory:');
}

/** Null where it cannot be used. */
export async function openDuck(packages: PeerPackages): Promise<DuckConnection | null> {
  const duck = load(packages, '@duckdb/node-api') as Duck | null;
  return duck === null ? null : (await duck.DuckDBInstance.create(':memory:', { threads: duckThreads })).connect();
}

/** Null where it cannot be used. */
export const loadCsvStringify = (packages: PeerPackages): CsvSync | null => load(packages, 'csv-stringify', 'csv-stringify/sync') as CsvSync | null;
