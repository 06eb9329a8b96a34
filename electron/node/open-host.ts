/** Opens a host: vault, Auth0 client and dispatch on this thread, the engine in a worker that starts when it is first needed. */
import { readFile } from 'node:fs/promises';
import type { NamesRunning, OperationName, Push, Reply } from '../../shared/contract';
import { operations } from '../../shared/contract';
import { Failure } from '../../shared/errors';
import { createAuth0Client } from '../auth0/index';
import type { Auth0Client } from '../auth0/index';
import type { Handlers } from '../engine/index';
import { dispatch } from '../engine/index';
import { openVault } from '../vault/index';
import type { Vault } from '../vault/index';
import { createVaultCrypto } from './crypto';
import { createClock } from './clock';
import { wasmPath, workerPath } from './engine-paths';
import type { Answers, EngineWorker } from './engine-worker';
import { startEngineWorker } from './engine-worker';
import type { Host, HostOptions } from './host';
import { createNodeHttp } from './http';
import { createFaultKeeper } from './keep-fault';
import { createVaultFiles } from './vault-files';
import { takeWriterLock } from './writer-lock';

type Main = { readonly vault: Vault; readonly auth0: Auth0Client };

const mainHandlers: Handlers<NamesRunning<'main'>, Main> = {
  'tenant.connect': async ({ vault, auth0 }, input, signal) => {
    await vault.checkPassphrase();
    const { connection, scopes } = await auth0.check(input, signal);
    await vault.saveConnection(connection);
    return { tenant: connection.tenant, scopes: { granted: [...scopes.granted], missing: [...scopes.missing] } };
  },
  'tenant.list': ({ vault }) => Promise.resolve({ tenants: vault.tenants().map(tenant => ({ ...tenant })) }),
};

/** The engine asks; only what it needs is answered: keys of archives and pages of logs. */
function answersOf({ vault, auth0 }: Main): Answers {
  return {
    dataKey: ({ tenant }) => vault.dataKey(tenant),
    createDataKey: ({ tenant }) => vault.createDataKey(tenant),
    tenants: () => Promise.resolve(vault.tenants().map(({ tenant }) => tenant)),
    logs: async ({ tenant, request }, signal) => {
      const connection = await vault.connection(tenant);
      if (connection === null) throw new Failure('tenant.not-connected', { tenant });
      return auth0.logs(connection, request, signal);
    },
  };
}

class NodeHost implements Host {
  readonly #options: HostOptions;
  readonly #main: Main;
  readonly #http: ReturnType<typeof createNodeHttp>;
  readonly #listeners = new Set<(push: Push) => void>();
  readonly #keepFault: (error: unknown) => string;
  #engine: Promise<EngineWorker> | null = null;
  #lock: { readonly release: () => void } | null = null;

  constructor(options: HostOptions) {
    this.#options = options;
    this.#keepFault = createFaultKeeper(isDebugging());
    this.#http = createNodeHttp(process.env);
    this.#main = {
      vault: openVault({ files: createVaultFiles(options.dataDir), crypto: createVaultCrypto(), passphrase: options.passphrase }),
      auth0: createAuth0Client({ http: this.#http, clock: createClock(null), random: Math.random }),
    };
  }

  readonly call: Host['call'] = async (name, input, options) => {
    const signal = options?.signal ?? new AbortController().signal;
    const reply = await this.#reply(name, input, signal);
    if (!reply.ok) throw Failure.fromReport(reply.error);
    return reply.value as never;
  };

  async #reply(name: OperationName, input: unknown, signal: AbortSignal): Promise<Reply> {
    try {
      if (operations[name].access === 'write') await this.#becomeWriter();
      if (operations[name].runs === 'main') return await dispatch({ handlers: mainHandlers, context: this.#main, keepFault: this.#keepFault }, { name, input, signal });
      return await (await this.#startedEngine()).call(name, input, signal);
    } catch (error) {
      const failure = error instanceof Failure ? error : new Failure('internal', { reference: this.#keepFault(error) });
      return { ok: false, error: failure.report() };
    }
  }

  /** Kept until the host closes: one process writes to a folder at a time. */
  async #becomeWriter(): Promise<void> {
    if (this.#lock !== null) return;
    this.#lock = takeWriterLock(this.#options.dataDir);
  }

  #startedEngine(): Promise<EngineWorker> {
    this.#engine ??= this.#startEngine();
    return this.#engine;
  }

  async #startEngine(): Promise<EngineWorker> {
    return startEngineWorker({
      path: workerPath,
      start: { dataDir: this.#options.dataDir, now: this.#options.now, wasm: new Uint8Array(await readFile(wasmPath)), isDebugging: isDebugging() },
      answers: answersOf(this.#main),
      onPush: push => { for (const listener of this.#listeners) listener(push); },
      keepFault: this.#keepFault,
    });
  }

  onPush(listener: (push: Push) => void): () => void {
    this.#listeners.add(listener);
    return () => { this.#listeners.delete(listener); };
  }

  async close(): Promise<void> {
    await (await this.#engine)?.close();
    await this.#http.close();
    this.#lock?.release();
    this.#lock = null;
  }
}

const isDebugging = (): boolean => (process.env['TENANTSCOPE_DEBUG'] ?? '') !== '';

export function openHost(options: HostOptions): Promise<Host> {
  return Promise.resolve(new NodeHost(options));
}
