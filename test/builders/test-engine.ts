/** The real engine in this process: real sql.js, real files in a temporary folder; only Auth0 and the vault are stand-ins. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import initSqlJs from 'sql.js';
import type { SqlJsStatic } from 'sql.js';
import type { Input, OperationName, Output, Push, Reply } from '../../shared/contract';
import { Failure } from '../../shared/errors';
import type { Engine } from '../../electron/engine/index';
import { openEngine } from '../../electron/engine/index';
import type { Auth0Port, Ports } from '../../electron/engine/ports';
import { createArchiveFiles } from '../../electron/node/archive-files';
import { createClock } from '../../electron/node/clock';
import { createCompression } from '../../electron/node/compression';
import { createCrypto } from '../../electron/node/crypto';
import { createUserFiles } from '../../electron/node/user-files';

const noAuth0: Auth0Port = { logs: () => Promise.reject(new Failure('auth0.unreachable', { host: 'nowhere.example.com', problem: 'refused' })) };

const require = createRequire(import.meta.url);
const wasm = readFileSync(require.resolve('sql.js/dist/sql-wasm.wasm'));
const wasmBinary = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength);
export const openSql = (): Promise<SqlJsStatic> => initSqlJs({ wasmBinary: wasmBinary as ArrayBuffer });

export type TestEngineOptions = { readonly auth0?: Auth0Port; readonly root?: string; readonly ports?: Partial<Ports>; readonly tenants?: readonly string[] };

export type TestEngine = {
  readonly root: string;
  readonly ports: Ports;
  readonly pushes: Push[];
  /** @throws Failure */
  readonly call: <Name extends OperationName>(name: Name, input: Input<Name>, signal?: AbortSignal) => Promise<Output<Name>>;
  readonly reply: (name: string, input: unknown) => Promise<Reply>;
  /** Writes a file beside the data folder and gives its path. */
  readonly file: (name: string, content: string | Uint8Array) => string;
  /** A second engine on the same folder, as another process would be. */
  readonly another: (auth0?: Auth0Port) => TestEngine;
  readonly close: () => Promise<void>;
  /** Closes and removes the folder. */
  readonly end: () => Promise<void>;
};

export function testEngine(options: TestEngineOptions = {}): TestEngine {
  const root = options.root ?? mkdtempSync(join(tmpdir(), 'tenantscope-test-'));
  const keys = new Map((options.tenants ?? []).map(tenant => [tenant, new Uint8Array(32).fill(7)]));
  return makeEngine(root, options, keys);
}

function makeEngine(root: string, options: TestEngineOptions, keys: Map<string, Uint8Array>): TestEngine {
  const pushes: Push[] = [];
  const ports = portsFor(join(root, 'data'), options, keys, pushes);
  const engine: Engine = openEngine(ports);
  const reply = (name: string, input: unknown, signal = new AbortController().signal): Promise<Reply> => engine.call({ name, input, signal });
  return {
    root, ports, pushes, reply,
    call: async (name, input, signal) => {
      const answer = await reply(name, input, signal);
      if (!answer.ok) throw Failure.fromReport(answer.error);
      return answer.value as never;
    },
    file: (name, content) => {
      mkdirSync(join(root, 'files'), { recursive: true });
      writeFileSync(join(root, 'files', name), content);
      return join(root, 'files', name);
    },
    another: auth0 => makeEngine(root, { ...options, ...(auth0 === undefined ? {} : { auth0 }) }, keys),
    close: () => engine.close(),
    end: async () => {
      await engine.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function portsFor(dataDir: string, options: TestEngineOptions, keys: Map<string, Uint8Array>, pushes: Push[]): Ports {
  return {
    auth0: options.auth0 ?? noAuth0,
    keys: {
      dataKey: tenant => Promise.resolve(keys.get(tenant) ?? null),
      createDataKey: tenant => {
        const key = keys.get(tenant) ?? new Uint8Array(32).fill(7);
        keys.set(tenant, key);
        return Promise.resolve(key);
      },
      tenants: () => Promise.resolve([...keys.keys()]),
    },
    home: { of: () => Promise.resolve('disk'), putInPlace: () => Promise.reject(new Failure('vault.exists')) },
    forgetTenant: tenant => {
      keys.delete(tenant);
      rmSync(join(dataDir, 'tenants', `t-${tenant}`), { recursive: true, force: true });
      return Promise.resolve();
    },
    retentionDays: () => Promise.resolve(0),
    archiveFiles: createArchiveFiles(dataDir),
    userFiles: createUserFiles(),
    crypto: createCrypto(),
    compression: createCompression(),
    clock: createClock(Date.UTC(2026, 5, 30)),
    push: push => { pushes.push(push); },
    keepFault: error => { throw error; },
    toBase64: bytes => Buffer.from(bytes).toString('base64'),
    openSql,
    countryOf: () => null,
    ...options.ports,
  };
}

export const bytesOf = (output: { readonly base64: string }): string => Buffer.from(output.base64, 'base64').toString('utf8');
