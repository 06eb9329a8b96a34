/** Hosts from the sources, their engine in a real worker built for the test, with transfers that a test can watch. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Push } from '../../shared/contract';
import { Failure } from '../../shared/errors';
import type { EnginePaths, Host, HostOptions, Transfers } from '../../electron/node/host';
import { openHost } from '../../electron/node/open-host';
import { builtModule } from '../node/built-module';
import type { Simulator } from '../auth0-simulator/index';

const require = createRequire(import.meta.url);

export type HostLab = {
  readonly folder: string;
  readonly dataDir: string;
  /** Opens another host on the same data folder. */
  readonly open: (options?: Partial<HostOptions>) => Promise<TestHost>;
  readonly end: () => Promise<void>;
};

export type TestHost = Host & {
  readonly pushes: Push[];
  readonly notices: string[];
  readonly loginItems: boolean[];
  readonly uploads: Map<string, Uint8Array[]>;
  readonly downloads: Map<string, { bytes: Uint8Array[]; end: 'done' | 'aborted' | null }>;
  /** What the user is asked to choose, and their answer. */
  readonly choices: { readonly asked: string[]; answer: string | null };
};

/** Built once for a test file. */
export async function engineFromSource(outDir: string): Promise<EnginePaths> {
  const licensesPath = join(outDir, 'licenses.json');
  writeFileSync(licensesPath, JSON.stringify({ licenses: [{ name: 'zod', version: '4.6.7', license: 'MIT', text: 'The MIT License' }] }));
  return { workerPath: await builtModule('electron/node/worker.ts', outDir), wasmPath: require.resolve('sql.js/dist/sql-wasm.wasm'), licensesPath, countriesPath: require.resolve('@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb') };
}

function watchedTransfers(): Pick<TestHost, 'uploads' | 'downloads' | 'choices'> & { readonly transfers: Transfers } {
  const uploads: TestHost['uploads'] = new Map();
  const downloads: TestHost['downloads'] = new Map();
  const choices: TestHost['choices'] = { asked: [], answer: null };
  const download = (id: string): { bytes: Uint8Array[]; end: 'done' | 'aborted' | null } => {
    const known = downloads.get(id) ?? { bytes: [], end: null };
    downloads.set(id, known);
    return known;
  };
  return {
    uploads, downloads, choices,
    transfers: {
      uploadSize: id => uploads.get(id)?.reduce((size, piece) => size + piece.length, 0) ?? null,
      readUpload: id => {
        const pieces = uploads.get(id);
        return pieces === undefined ? Promise.reject(new Failure('import.unreadable', { file: 'upload', problem: 'there is none' })) : Promise.resolve(pieces.shift() ?? null);
      },
      writeDownload: (id, bytes) => {
        download(id).bytes.push(bytes);
        return Promise.resolve();
      },
      endDownload: (id, end) => {
        download(id).end = end;
        return Promise.resolve();
      },
      chooseSave: name => {
        choices.asked.push(name);
        return Promise.resolve(choices.answer);
      },
    },
  };
}

export function hostLab(engine: EnginePaths): HostLab {
  const folder = mkdtempSync(join(tmpdir(), 'tenantscope-host-'));
  const dataDir = join(folder, 'data');
  const hosts: Host[] = [];
  return {
    folder, dataDir,
    open: async (options = {}) => {
      const { transfers, ...watched } = watchedTransfers();
      const pushes: Push[] = [];
      const notices: string[] = [];
      const loginItems: boolean[] = [];
      const host = await openHost({
        dataDir, now: null, kind: 'loopback', passphrase: () => Promise.resolve(null), engine, transfers,
        effects: { notify: title => { notices.push(title); }, applyLoginItem: startAtLogin => { loginItems.push(startAtLogin); } },
        ...options,
      });
      hosts.push(host);
      host.onPush(push => { pushes.push(push); });
      return { call: host.call, onPush: listener => host.onPush(listener), wouldLose: () => host.wouldLose(), close: () => host.close(), pushes, notices, loginItems, ...watched };
    },
    end: async () => {
      for (const host of hosts.reverse()) await host.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What a person types to connect the simulator. */
export const connectionTo = (simulator: Simulator): { domain: string; clientId: string; clientSecret: string; apiOrigin: string } => ({
  domain: simulator.domain, clientId: simulator.clientId, clientSecret: simulator.clientSecret, apiOrigin: simulator.origin,
});

export const textOf = (bytes: readonly Uint8Array[]): string => Buffer.concat(bytes).toString('utf8');
export const readText = (path: string): string => readFileSync(path, 'utf8');
