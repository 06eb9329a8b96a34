/** Streams what the engine writes to the browser that fetches it: as fast as that takes it, and no faster. */
import { Failure } from '../../shared/errors';
import { createMeeting } from './meeting';
import type { Meeting } from './meeting';

/** What is needed of an HTTP response. */
export type DownloadSink = {
  /** Sends the head; called before the first bytes. */
  readonly begin: () => void;
  /** False when the sink is full; `drain` is told when it has room again. */
  readonly write: (bytes: Uint8Array) => boolean;
  readonly end: () => void;
  /** Cuts the connection, so that the browser knows that the file is not whole. */
  readonly cut: () => void;
  readonly once: (event: 'drain' | 'finish' | 'close', listener: () => void) => unknown;
  readonly off: (event: 'drain' | 'finish' | 'close', listener: () => void) => unknown;
  readonly isGone: () => boolean;
};

export type Downloads = {
  /** Resolves when the browser has room for more. @throws Failure export.unwritable when it did not come, or has gone */
  readonly write: (id: string, bytes: Uint8Array) => Promise<void>;
  readonly end: (id: string, end: 'done' | 'aborted') => Promise<void>;
  /** A browser fetches: resolves to `begun` once the head was sent, to `unwanted` when there will be nothing to fetch. */
  readonly accept: (id: string, sink: DownloadSink) => Promise<'begun' | 'unwanted'>;
  /** An operation that will write these is under way: whoever fetches them waits for it. */
  readonly expect: (ids: readonly string[]) => void;
  readonly release: (ids: readonly string[]) => void;
};

/** How long each side waits for the other. */
export const usualDownloadPatienceMs = 30_000;

const unwritable = (problem: string): Failure => new Failure('export.unwritable', { file: 'The download', problem });
const gone = (): Failure => unwritable('the browser stopped fetching it');

class Download {
  readonly begun: Promise<'begun' | 'unwanted'>;
  readonly #sink: DownloadSink;
  readonly #settle: (state: 'begun' | 'unwanted') => void;
  #state: 'waiting' | 'begun' | 'unwanted' = 'waiting';

  constructor(sink: DownloadSink) {
    let settle: (state: 'begun' | 'unwanted') => void = () => undefined;
    this.begun = new Promise(resolve => { settle = resolve; });
    this.#settle = settle;
    this.#sink = sink;
    sink.once('close', () => { if (this.#state === 'waiting') this.#become('unwanted'); });
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#begin();
    if (!this.#sink.write(bytes)) await this.#until('drain');
    if (this.#sink.isGone()) throw gone();
  }

  async finish(): Promise<void> {
    this.#begin();
    const finished = this.#until('finish');
    this.#sink.end();
    await finished;
  }

  /** There is nothing, or nothing more, to fetch. */
  refuse(): void {
    if (this.#state === 'begun') this.#sink.cut();
    else this.#become('unwanted');
  }

  #begin(): void {
    if (this.#state === 'unwanted' || this.#sink.isGone()) throw gone();
    if (this.#state === 'begun') return;
    this.#sink.begin();
    this.#become('begun');
  }

  #become(state: 'begun' | 'unwanted'): void {
    this.#state = state;
    this.#settle(state);
  }

  #until(event: 'drain' | 'finish'): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        this.#sink.off(event, done);
        this.#sink.off('close', left);
      };
      const done = (): void => { settle(); resolve(); };
      const left = (): void => { settle(); reject(gone()); };
      this.#sink.once(event, done);
      this.#sink.once('close', left);
    });
  }
}

async function arrived(downloads: Meeting<Download>, id: string): Promise<Download> {
  const download = await downloads.join(id);
  if (download === null) throw unwritable('the browser did not fetch it');
  return download;
}

export function createDownloads(patienceMs: number = usualDownloadPatienceMs): Downloads {
  const downloads = createMeeting<Download>(patienceMs);
  const expected = new Set<string>();
  const leave = (id: string): void => downloads.leave(id)?.refuse();

  const accept: Downloads['accept'] = async (id, sink) => {
    const download = new Download(sink);
    if (!downloads.arrive(id, download)) return 'unwanted';
    const timer = setInterval(() => { if (!expected.has(id)) leave(id); }, patienceMs);
    timer.unref();
    const state = await download.begun;
    clearInterval(timer);
    if (state === 'unwanted') downloads.leave(id);
    return state;
  };

  return {
    accept,
    write: async (id, bytes) => (await arrived(downloads, id)).write(bytes),
    end: async (id, end) => {
      if (end === 'aborted') return leave(id);
      await (await arrived(downloads, id)).finish();
      downloads.leave(id);
    },
    expect: ids => { for (const id of ids) expected.add(id); },
    release: ids => {
      for (const id of ids) {
        expected.delete(id);
        leave(id);
      }
    },
  };
}
