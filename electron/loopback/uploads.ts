/** Hands the files that a page sends to the engine: as fast as it takes them, and no faster. */
import type { Readable } from 'node:stream';
import { Failure } from '../../shared/errors';
import { createMeeting } from './meeting';

/** How an upload ended for the page that sent it. */
export type UploadEnd = 'taken' | 'unwanted';

export type Uploads = {
  /** The size in bytes as the browser announced it; null while the upload has not begun or when it is unknown. */
  readonly size: (id: string) => number | null;
  /** The next bytes, at most those of one network buffer; null at the end. Waits for an upload that has not begun. @throws Failure import.unreadable */
  readonly read: (id: string) => Promise<Uint8Array | null>;
  /** Takes a request's body; resolves when the engine has all of it, or nobody wants it any more. An id is good for one upload. */
  readonly accept: (id: string, upload: { readonly body: Readable; readonly size: number | null }) => Promise<UploadEnd>;
  /** Nobody will read these any more. */
  readonly release: (ids: readonly string[]) => void;
};

export type UploadPatience = {
  /** How long the engine waits for an upload to begin. */
  readonly beginMs: number;
  /** How long an upload waits for the engine to take the next bytes. */
  readonly pullMs: number;
};

export const usualUploadPatience: UploadPatience = { beginMs: 30_000, pullMs: 60_000 };

const unreadable = (id: string, problem: string): Failure => new Failure('import.unreadable', { file: `upload:${id}`, problem });

/** One request's body while the engine takes it. The stream itself buffers tens of KiB, and holds the browser back beyond that. */
class Upload {
  readonly size: number | null;
  readonly ended: Promise<UploadEnd>;
  readonly #pullMs: number;
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #settle: (end: UploadEnd) => void;
  #timer: NodeJS.Timeout | undefined;
  #end: UploadEnd | null = null;

  constructor({ body, size }: { readonly body: Readable; readonly size: number | null }, pullMs: number) {
    this.size = size;
    this.#pullMs = pullMs;
    // Not destroyed at the end: the answer goes out over the same socket.
    this.#chunks = body.iterator({ destroyOnReturn: false }) as AsyncIterator<Uint8Array>;
    let settle: (end: UploadEnd) => void = () => undefined;
    this.ended = new Promise(resolve => { settle = resolve; });
    this.#settle = settle;
    body.on('error', () => { this.finish('unwanted'); });
    body.once('close', () => { if (!body.readableEnded) this.finish('unwanted'); });
    this.#waitForPull();
  }

  /** @throws Error when the browser has gone or the upload was dropped */
  async next(): Promise<Uint8Array | null> {
    if (this.#end === 'unwanted') throw new Error('the upload has ended');
    clearTimeout(this.#timer);
    const { done, value } = await this.#chunks.next();
    if (done !== true) {
      this.#waitForPull();
      return value;
    }
    this.finish('taken');
    return null;
  }

  finish(end: UploadEnd): void {
    clearTimeout(this.#timer);
    if (this.#end !== null) return;
    this.#end = end;
    this.#settle(end);
  }

  #waitForPull(): void {
    if (this.#end !== null) return;
    this.#timer = setTimeout(() => { this.finish('unwanted'); }, this.#pullMs);
    this.#timer.unref();
  }
}

export function createUploads({ beginMs, pullMs }: UploadPatience = usualUploadPatience): Uploads {
  const uploads = createMeeting<Upload>(beginMs);
  return {
    size: id => uploads.peek(id)?.size ?? null,
    read: async id => {
      const upload = await uploads.join(id);
      if (upload === null) throw unreadable(id, 'the browser did not send it');
      return upload.next().catch(() => { throw unreadable(id, 'the browser stopped sending it'); });
    },
    accept: async (id, given) => {
      const upload = new Upload(given, pullMs);
      if (!uploads.arrive(id, upload)) upload.finish('unwanted');
      return upload.ended;
    },
    release: ids => { for (const id of ids) uploads.leave(id)?.finish('unwanted'); },
  };
}
