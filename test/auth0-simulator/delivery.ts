/** Puts a reply on the wire: whole, or in one of the ways in which a network or a hostile server spoils it. */
import type { ServerResponse } from 'node:http';
import type { Reply } from './replies';

export type Delivery =
  | { readonly how: 'whole' }
  | { readonly how: 'chunked' }
  | { readonly how: 'cut'; readonly at: number; readonly framing: 'length' | 'chunked' }
  | { readonly how: 'reset' | 'stall'; readonly when: 'before-headers' | 'after-headers' | 'in-body' }
  | { readonly how: 'drip'; readonly everyMs: number; readonly bytes: number }
  | { readonly how: 'delay'; readonly ms: number }
  | { readonly how: 'flood'; readonly bytes: number; readonly framing: 'length' | 'chunked' };

function head(response: ServerResponse, reply: Reply, framing: 'length' | 'chunked', length = reply.body.length): void {
  const hasBody = reply.status !== 204;
  response.writeHead(reply.status, { ...reply.headers, ...(hasBody && framing === 'length' ? { 'content-length': String(length) } : {}) });
}

function whole(response: ServerResponse, reply: Reply): void {
  head(response, reply, 'length');
  response.end(reply.body);
}

/** Closes the connection once what was written has left; a client sees its end before the promised one. */
function cut(response: ServerResponse, reply: Reply, at: number, framing: 'length' | 'chunked'): void {
  head(response, reply, framing);
  response.flushHeaders();
  if (at > 0) response.write(reply.body.subarray(0, at));
  response.socket?.destroySoon();
}

function stopShort(response: ServerResponse, reply: Reply, { how, when }: Extract<Delivery, { how: 'reset' | 'stall' }>): void {
  const stop = (): void => {
    if (how === 'reset') response.socket?.resetAndDestroy();
  };
  if (when === 'before-headers') return stop();
  head(response, reply, 'length');
  response.flushHeaders();
  if (when === 'after-headers') return stop();
  response.write(reply.body.subarray(0, reply.body.length >> 1), stop);
}

function drip(response: ServerResponse, reply: Reply, { everyMs, bytes }: Extract<Delivery, { how: 'drip' }>): void {
  head(response, reply, 'length');
  response.flushHeaders();
  let at = 0;
  const timer = setInterval(() => {
    response.write(reply.body.subarray(at, at + bytes));
    at += bytes;
    if (at < reply.body.length) return;
    clearInterval(timer);
    response.end();
  }, everyMs);
  response.once('close', () => clearInterval(timer));
}

const pieceBytes = 64 << 10;

/** An array of nothing but spaces, sent as fast as the client reads and no further than it does. */
function flood(response: ServerResponse, reply: Reply, { bytes, framing }: Extract<Delivery, { how: 'flood' }>): void {
  head(response, reply, framing, bytes);
  const spaces = Buffer.alloc(pieceBytes, ' ');
  let left = bytes - 2;
  response.write('[');
  const more = (): void => {
    while (left > 0) {
      const piece = spaces.subarray(0, Math.min(left, pieceBytes));
      left -= piece.length;
      if (!response.write(piece)) {
        response.once('drain', more);
        return;
      }
    }
    response.end(']');
  };
  more();
}

export function deliver(response: ServerResponse, reply: Reply, delivery: Delivery): void {
  switch (delivery.how) {
    case 'whole': return whole(response, reply);
    case 'chunked': {
      head(response, reply, 'chunked');
      response.write(reply.body.subarray(0, reply.body.length >> 1));
      response.end(reply.body.subarray(reply.body.length >> 1));
      return;
    }
    case 'cut': return cut(response, reply, delivery.at, delivery.framing);
    case 'reset':
    case 'stall': return stopShort(response, reply, delivery);
    case 'drip': return drip(response, reply, delivery);
    case 'flood': return flood(response, reply, delivery);
    case 'delay': {
      const timer = setTimeout(() => whole(response, reply), delivery.ms);
      response.once('close', () => clearTimeout(timer));
      return;
    }
  }
}
