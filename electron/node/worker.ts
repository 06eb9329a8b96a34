/** The engine's thread: gives the engine its ports and passes requests, replies and pushes through the message port. */
import { parentPort, workerData } from 'node:worker_threads';
import initSqlJs from 'sql.js';
import type { MessagePort } from 'node:worker_threads';
import { openEngine } from '../engine/index';
import type { Ports } from '../engine/ports';
import { Failure } from '../../shared/errors';
import { createArchiveFiles } from './archive-files';
import { createClock } from './clock';
import { createCountryLookup } from './country-lookup';
import { createCompression } from './compression';
import { createCrypto } from './crypto';
import { traceOf } from './error-trace';
import { createFaultKeeper } from './keep-fault';
import { createPageFiles } from './page-files';
import type { PageDoors } from './page-files';
import { createUserFiles } from './user-files';
import type { Ask, AskName, Asks, FromWorker, ToWorker, WorkerStart } from './worker-messages';

type Waiting = { readonly resolve: (value: never) => void; readonly reject: (error: Error) => void };

/** The worker's end of the asks: each gets a number, under which its answer comes back. */
class Asking {
  readonly #say: (message: FromWorker) => void;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;

  constructor(say: (message: FromWorker) => void) {
    this.#say = say;
  }

  /** @throws Failure what the main thread answered; operation.cancelled when the signal fires */
  ask<Name extends AskName>(name: Name, input: Asks[Name]['input'], signal?: AbortSignal): Promise<Asks[Name]['answer']> {
    if (signal?.aborted === true) return Promise.reject(new Failure('operation.cancelled'));
    const id = (this.#last += 1);
    return new Promise((resolve, reject) => {
      const withdraw = (): void => {
        this.#waiting.delete(id);
        this.#say({ kind: 'withdraw', id });
        reject(new Failure('operation.cancelled'));
      };
      const settle = (): void => { signal?.removeEventListener('abort', withdraw); };
      signal?.addEventListener('abort', withdraw, { once: true });
      this.#waiting.set(id, {
        resolve: value => { settle(); resolve(value); },
        reject: error => { settle(); reject(error); },
      });
      this.#say({ kind: 'ask', id, ask: { name, input } as Ask });
    });
  }

  settle(message: Extract<ToWorker, { kind: 'answer' }>): void {
    const asked = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.ok) asked?.resolve(message.value as never);
    else asked?.reject(Failure.fromReport(message.error));
  }
}

function doorsOf(asking: Asking): PageDoors {
  return {
    uploadSize: input => asking.ask('uploadSize', input),
    readUpload: input => asking.ask('readUpload', input),
    writeDownload: input => asking.ask('writeDownload', input),
    endDownload: input => asking.ask('endDownload', input),
  };
}

function portsOf(start: WorkerStart, asking: Asking, say: (message: FromWorker) => void): Ports {
  const wasmBinary = start.wasm.slice().buffer;
  return {
    auth0: { logs: (tenant, request, signal) => asking.ask('logs', { tenant, request }, signal) },
    keys: {
      dataKey: tenant => asking.ask('dataKey', { tenant }),
      createDataKey: tenant => asking.ask('createDataKey', { tenant }),
      tenants: () => asking.ask('tenants', {}),
    },
    home: {
      of: tenant => asking.ask('homeOf', { tenant }),
      putInPlace: async folder => { await asking.ask('putInPlace', { folder }); },
    },
    forgetTenant: async tenant => { await asking.ask('forgetTenant', { tenant }); },
    retentionDays: tenant => asking.ask('retentionDays', { tenant }),
    archiveFiles: createArchiveFiles(start.dataDir),
    userFiles: createUserFiles(start.files === 'paths' ? null : createPageFiles(doorsOf(asking))),
    crypto: createCrypto(),
    compression: createCompression(),
    clock: createClock(start.now),
    push: push => { say({ kind: 'push', push }); },
    keepFault: createFaultKeeper(start.isDebugging, (reference, error) => { say({ kind: 'fault', reference, trace: traceOf(error) }); }),
    toBase64: bytes => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
    openSql: () => initSqlJs({ wasmBinary }),
    countryOf: createCountryLookup(start.countriesPath),
  };
}

function serve(port: MessagePort, start: WorkerStart): void {
  const say = (message: FromWorker): void => { port.postMessage(message); };
  const asking = new Asking(say);
  const engine = openEngine(portsOf(start, asking, say));
  const calls = new Map<number, AbortController>();

  const run = async ({ id, name, input }: Extract<ToWorker, { kind: 'call' }>): Promise<void> => {
    const controller = new AbortController();
    calls.set(id, controller);
    const reply = await engine.call({ name, input, signal: controller.signal });
    calls.delete(id);
    say({ kind: 'reply', id, reply });
  };
  const keep = async ({ id, folder }: Extract<ToWorker, { kind: 'keep' }>): Promise<void> => { say({ kind: 'reply', id, reply: await engine.keep(folder) }); };
  const close = async (): Promise<void> => {
    for (const controller of calls.values()) controller.abort();
    await engine.close();
    say({ kind: 'closed' });
  };
  port.on('message', (message: ToWorker) => {
    if (message.kind === 'call') void run(message);
    else if (message.kind === 'keep') void keep(message);
    else if (message.kind === 'cancel') calls.get(message.id)?.abort();
    else if (message.kind === 'answer') asking.settle(message);
    else void close();
  });
}

if (parentPort === null) throw new Error('the engine runs in a worker thread');
serve(parentPort, workerData as WorkerStart);
