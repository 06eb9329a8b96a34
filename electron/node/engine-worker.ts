/** The main thread's end of the engine: starts the worker, sends it requests and answers what it asks. */
import { Worker } from 'node:worker_threads';
import type { Push, Reply } from '../../shared/contract';
import { Failure } from '../../shared/errors';
import type { AskName, Asks, Ask, FromWorker, ToWorker, WorkerStart } from './worker-messages';

/** Answers the engine's asks. @throws Failure, which the engine sees as its own */
export type Answers = { readonly [Name in AskName]: (input: Asks[Name]['input'], signal: AbortSignal) => Promise<Asks[Name]['answer']> };

export type EngineWorker = {
  /** Never rejects. */
  readonly call: (name: string, input: unknown, signal: AbortSignal) => Promise<Reply>;
  /** Moves the tenants in memory to the disk, by way of a folder of the data folder; nothing is the answer. Never rejects. */
  readonly keep: (folder: string) => Promise<Reply>;
  /** False when the thread has died; what was stored is safe, and another one may be started. */
  readonly isAlive: () => boolean;
  readonly close: () => Promise<void>;
};

export type EngineWorkerOptions = {
  readonly path: string;
  readonly start: WorkerStart;
  readonly answers: Answers;
  readonly onPush: (push: Push) => void;
  readonly keepFault: (error: unknown) => string;
  /** Told what the worker itself has kept. */
  readonly onFault: (reference: string, trace: string) => void;
};

const internal = (reference: string): Reply => ({ ok: false, error: new Failure('internal', { reference }).report() });

class WorkerLink implements EngineWorker {
  readonly #worker: Worker;
  readonly #options: EngineWorkerOptions;
  readonly #calls = new Map<number, (reply: Reply) => void>();
  readonly #asks = new Map<number, AbortController>();
  #lastCall = 0;
  #closed: (() => void) | null = null;
  #fault: string | null = null;

  constructor(options: EngineWorkerOptions) {
    this.#options = options;
    this.#worker = new Worker(options.path, { workerData: options.start });
    this.#worker.on('message', (message: FromWorker) => { this.#hear(message); });
    this.#worker.on('error', error => { this.#fail(options.keepFault(error)); });
    this.#worker.on('exit', () => { this.#fail(this.#fault ?? 'engine-ended'); });
  }

  /** A worker that died answers everything that still waits. */
  #fail(reference: string): void {
    this.#fault = reference;
    for (const settle of this.#calls.values()) settle(internal(reference));
    this.#calls.clear();
    this.#closed?.();
  }

  #say(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #hear(message: FromWorker): void {
    if (message.kind === 'push') this.#options.onPush(message.push);
    else if (message.kind === 'withdraw') this.#asks.get(message.id)?.abort();
    else if (message.kind === 'ask') void this.#answer(message.id, message.ask);
    else if (message.kind === 'fault') this.#options.onFault(message.reference, message.trace);
    else if (message.kind === 'closed') this.#closed?.();
    else {
      this.#calls.get(message.id)?.(message.reply);
      this.#calls.delete(message.id);
    }
  }

  async #answer(id: number, { name, input }: Ask): Promise<void> {
    const controller = new AbortController();
    this.#asks.set(id, controller);
    try {
      const answer = this.#options.answers[name] as (input: unknown, signal: AbortSignal) => Promise<Asks[AskName]['answer']>;
      this.#say({ kind: 'answer', id, ok: true, value: await answer(input, controller.signal) });
    } catch (error) {
      const failure = error instanceof Failure ? error : new Failure('internal', { reference: this.#options.keepFault(error) });
      this.#say({ kind: 'answer', id, ok: false, error: failure.report() });
    } finally {
      this.#asks.delete(id);
    }
  }

  call(name: string, input: unknown, signal: AbortSignal): Promise<Reply> {
    if (this.#fault !== null) return Promise.resolve(internal(this.#fault));
    const id = (this.#lastCall += 1);
    return new Promise(resolve => {
      const cancel = (): void => { this.#say({ kind: 'cancel', id }); };
      signal.addEventListener('abort', cancel, { once: true });
      this.#calls.set(id, reply => {
        signal.removeEventListener('abort', cancel);
        resolve(reply);
      });
      this.#say({ kind: 'call', id, name, input });
      if (signal.aborted) cancel();
    });
  }

  keep(folder: string): Promise<Reply> {
    if (this.#fault !== null) return Promise.resolve(internal(this.#fault));
    const id = (this.#lastCall += 1);
    return new Promise(resolve => {
      this.#calls.set(id, resolve);
      this.#say({ kind: 'keep', id, folder });
    });
  }

  isAlive(): boolean {
    return this.#fault === null;
  }

  async close(): Promise<void> {
    if (this.#fault === null) {
      const closed = new Promise<void>(resolve => { this.#closed = resolve; });
      this.#say({ kind: 'close' });
      await closed;
    }
    await this.#worker.terminate();
  }
}

export function startEngineWorker(options: EngineWorkerOptions): EngineWorker {
  return new WorkerLink(options);
}
