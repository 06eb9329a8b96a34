/** Finds out which packages of the peers this machine can run; they are no part of the product and have a folder of their own. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const peerPackageNames = ['better-sqlite3', '@duckdb/node-api', 'csv-stringify'] as const;
export type PeerPackageName = (typeof peerPackageNames)[number];

/** Crosses process boundaries as JSON. `versions` has an entry for each that can be used; `problems` says in a sentence why another cannot. */
export type PeerPackages = {
  readonly folder: string;
  readonly versions: Readonly<Partial<Record<PeerPackageName, string>>>;
  readonly problems: readonly string[];
};

const folder = join(import.meta.dirname, 'peers');
const longestLoadMs = 30_000;

/** What shows that a package works: those with native code may load and then crash. */
const proofs: Readonly<Record<PeerPackageName, string>> = {
  'better-sqlite3': 'const Database = require("better-sqlite3"); new Database(":memory:").prepare("SELECT 1").get();',
  '@duckdb/node-api': 'require("@duckdb/node-api").DuckDBInstance.create(":memory:").then(made => made.connect()).then(connection => connection.run("SELECT 1")).catch(error => { console.error(error); process.exit(1); });',
  'csv-stringify': 'require("csv-stringify/sync").stringify([["a"]]);',
};

/** Tries each in a process of its own, as one that crashes takes its process with it. `installed`: installs them first where they are missing. */
export async function findPeerPackages(request: 'as-found' | 'installed'): Promise<PeerPackages> {
  if (request === 'installed') await installPeers();
  if (!existsSync(join(folder, 'node_modules'))) {
    return { folder, versions: {}, problems: ['The peers are not installed: --peers installs them into test/bench/peers.'] };
  }
  const tried = peerPackageNames.map(name => ({ name, problem: problemOf(name) }));
  return {
    folder,
    versions: Object.fromEntries(tried.filter(({ problem }) => problem === null).map(({ name }) => [name, versionOf(name)])),
    problems: tried.flatMap(({ name, problem }) => (problem === null ? [] : [`${name} could not be used: ${problem}`])),
  };
}

/** What it cannot build is found out when it is tried. */
function installPeers(): Promise<void> {
  return new Promise((resolve, reject) => {
    const npm = spawn('npm', ['install', '--no-save', '--no-audit', '--no-fund'], { cwd: folder, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
    npm.once('error', reject);
    npm.once('exit', () => { resolve(); });
  });
}

function problemOf(name: PeerPackageName): string | null {
  const { status, signal, stderr, error } = spawnSync(process.execPath, ['-e', proofs[name]], { cwd: folder, encoding: 'utf8', timeout: longestLoadMs });
  if (status === 0) return null;
  const said = stderr.split('\n').find(line => line.includes('Error')) ?? '';
  return error?.message ?? (signal === null ? said.trim() : `its process was ended by ${signal}`);
}

function versionOf(name: PeerPackageName): string {
  const { version } = JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')) as { readonly version: string };
  return version;
}
