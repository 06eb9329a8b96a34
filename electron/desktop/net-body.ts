/** Turns the events of an answer of Chromium's network stack into a body that is read once, piece by piece. */
import type { IncomingMessage } from 'electron';
import { HttpFault } from '../auth0/ports';
import { netFaultOf } from './net-fault';

export type BodyOptions = {
  readonly idleTimeoutMs: number;
  /** Ends the request when nobody wants the rest; also rejects what is waited for. */
  readonly abort: () => void;
  /** Called once, when the body is over, broken or given back. */
  readonly ended: () => void;
  /** Rejects when the caller stops the request. */
  readonly stopped: Promise<never>;
};

type Piece = { readonly kind: 'bytes'; readonly bytes: Uint8Array } | { readonly kind: 'end' } | { readonly kind: 'fault'; readonly fault: HttpFault };

/** Holds what came until it is asked for; after an end or a fault nothing more comes. */
class PieceQueue {
  readonly #waiting: Piece[] = [];
  #wake: (() => void) | null = null;
  #isOver = false;

  add(piece: Piece): void {
    if (this.#isOver) return;
    this.#isOver = piece.kind !== 'bytes';
    this.#waiting.push(piece);
    this.#wake?.();
  }

  async next(): Promise<Piece> {
    for (;;) {
      const piece = this.#waiting[0];
      if (piece?.kind === 'bytes') this.#waiting.shift();
      if (piece !== undefined) return piece;
      await new Promise<void>(resolve => { this.#wake = resolve; });
    }
  }
}

/** Fires after a silence; `touch` starts it anew. */
function createSilence(ms: number, onSilence: () => void): { readonly touch: () => void; readonly end: () => void } {
  let timer = setTimeout(onSilence, ms);
  return {
    touch: () => {
      clearTimeout(timer);
      timer = setTimeout(onSilence, ms);
    },
    end: () => { clearTimeout(timer); },
  };
}

/** Must be called as the answer comes: its events do not wait. */
export function bodyOf(message: IncomingMessage, { idleTimeoutMs, abort, ended, stopped }: BodyOptions): AsyncIterable<Uint8Array> {
  const queue = new PieceQueue();
  const silence = createSilence(idleTimeoutMs, () => {
    finish({ kind: 'fault', fault: new HttpFault('timeout', 'the answer stopped') });
    abort();
  });
  const finish = (piece: Piece): void => {
    silence.end();
    queue.add(piece);
    ended();
  };
  const broke = (error: unknown): void => { finish({ kind: 'fault', fault: netFaultOf(error) }); };
  stopped.catch(broke);
  message.on('end', () => { finish({ kind: 'end' }); });
  message.on('error', broke);
  message.on('aborted', () => { broke(new HttpFault('reset', 'the connection was cut')); });
  message.on('data', bytes => {
    silence.touch();
    queue.add({ kind: 'bytes', bytes });
  });
  return iterableOf(queue, () => {
    finish({ kind: 'end' });
    abort();
  });
}

function iterableOf(queue: PieceQueue, giveBack: () => void): AsyncIterable<Uint8Array> {
  const iterator: AsyncIterator<Uint8Array> = {
    next: async () => {
      const piece = await queue.next();
      if (piece.kind === 'fault') throw piece.fault;
      return piece.kind === 'end' ? { done: true, value: undefined } : { done: false, value: piece.bytes };
    },
    return: () => {
      giveBack();
      return Promise.resolve({ done: true, value: undefined });
    },
  };
  return { [Symbol.asyncIterator]: () => iterator };
}
