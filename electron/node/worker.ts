/** The engine's thread: gives the engine its ports and passes requests, replies and pushes through the message port. */
import { parentPort, workerData } from 'node:worker_threads';
import initSqlJs from 'sql.js';
import { openEngine } from '../engine/index';
import { Failure } from '../../shared/errors';
import { createArchiveFiles } from './archive-files';
import { createClock } from './clock';
import { createCompression } from './compression';
import { createCrypto } from './crypto';
import { createFaultKeeper } from './keep-fault';
import { createUserFiles } from './user-files';
import type { AskName, Asks, FromWorker, ToWorker, WorkerStart } from './worker-messages';

type Waiting = { readonly resolve: (value: never) => void; readonly reject: (error: Error) => void };

const start = workerData as WorkerStart;
const port = parentPort;
if (port === null) throw new Error('the engine runs in a worker thread');

const say = (message: FromWorker): void => { port.postMessage(message); };
const waiting = new Map<number, Waiting>();
const calls = new Map<number, AbortController>();
let lastAsk = 0;

function ask<Name extends AskName>(name: Name, input: Asks[Name]['input'], signal?: AbortSignal): Promise<Asks[Name]['answer']> {
  const id = (lastAsk += 1);
  return new Promise((resolve, reject) => {
    const withdraw = (): void => {
      waiting.delete(id);
      say({ kind: 'withdraw', id });
      reject(new Failure('operation.cancelled'));
    };
    if (signal?.aborted === true) {
      reject(new Failure('operation.cancelled'));
      return;
    }
    signal?.addEventListener('abort', withdraw, { once: true });
    const settle = (): void => { signal?.removeEventListener('abort', withdraw); };
    waiting.set(id, {
      resolve: value => { settle(); resolve(value); },
      reject: error => { settle(); reject(error); },
    });
    say({ kind: 'ask', id, ask: { name, input } as Extract<FromWorker, { kind: 'ask' }>['ask'] });
  });
}

const wasmBinary = start.wasm.slice().buffer;
const engine = openEngine({
  auth0: { logs: (tenant, request, signal) => ask('logs', { tenant, request }, signal) },
  keys: {
    dataKey: tenant => ask('dataKey', { tenant }),
    createDataKey: tenant => ask('createDataKey', { tenant }),
    tenants: () => ask('tenants', {}),
  },
  archiveFiles: createArchiveFiles(start.dataDir),
  userFiles: createUserFiles(),
  crypto: createCrypto(),
  compression: createCompression(),
  clock: createClock(start.now),
  push: push => { say({ kind: 'push', push }); },
  keepFault: createFaultKeeper(start.isDebugging),
  toBase64: bytes => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
  openSql: () => initSqlJs({ wasmBinary }),
});

async function run(message: Extract<ToWorker, { kind: 'call' }>): Promise<void> {
  const controller = new AbortController();
  calls.set(message.id, controller);
  const reply = await engine.call({ name: message.name, input: message.input, signal: controller.signal });
  calls.delete(message.id);
  say({ kind: 'reply', id: message.id, reply });
}

async function close(): Promise<void> {
  for (const controller of calls.values()) controller.abort();
  await engine.close();
  say({ kind: 'closed' });
}

function settle(message: Extract<ToWorker, { kind: 'answer' }>): void {
  const asked = waiting.get(message.id);
  waiting.delete(message.id);
  if (message.ok) asked?.resolve(message.value as never);
  else asked?.reject(Failure.fromReport(message.error));
}

port.on('message', (message: ToWorker) => {
  if (message.kind === 'call') void run(message);
  else if (message.kind === 'cancel') calls.get(message.id)?.abort();
  else if (message.kind === 'answer') settle(message);
  else void close();
});
