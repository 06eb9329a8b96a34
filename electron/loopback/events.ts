/** Sends pushes to every open page as server-sent events. */
import type { ServerResponse } from 'node:http';
import type { Push } from '../../shared/contract';
import { headersOf, send } from './replies';

export type EventStreams = {
  readonly open: (response: ServerResponse) => void;
  readonly push: (push: Push) => void;
  readonly close: () => void;
};

const mostStreams = 16;
/** A page that takes no more than this much behind is cut off: it comes back and asks for the state. */
const mostBehindBytes = 1_048_576;
export const usualHeartbeatMs = 15_000;
/** After this time a browser that was cut off comes back. */
const retryMs = 1_000;

export function createEventStreams(heartbeatMs: number = usualHeartbeatMs): EventStreams {
  const streams = new Set<ServerResponse>();
  const sendAll = (text: string): void => {
    for (const stream of streams) {
      if (stream.writableLength > mostBehindBytes) stream.destroy();
      else stream.write(text);
    }
  };
  // It also finds out about pages that have gone without a word.
  const heart = setInterval(() => { sendAll(': still here\n\n'); }, heartbeatMs);
  heart.unref();
  return {
    open: response => {
      if (streams.size >= mostStreams) return send(response, { status: 503, type: 'text', body: `Only ${String(mostStreams)} pages can be open at once.\n`, headers: { 'Retry-After': '10' } });
      streams.add(response);
      response.once('close', () => { streams.delete(response); });
      response.writeHead(200, headersOf({ 'Content-Type': 'text/event-stream' }));
      response.write(`retry: ${String(retryMs)}\n\n`);
    },
    push: push => { sendAll(`data: ${JSON.stringify(push)}\n\n`); },
    close: () => {
      clearInterval(heart);
      for (const stream of streams) stream.end();
    },
  };
}
