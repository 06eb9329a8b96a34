/** A loopback server over a desk of the test's own, and the requests of a browser it has let in. */
import { request as httpRequest } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { Push, Reply } from '../../shared/contract';
import { createDownloads } from '../../electron/loopback/downloads';
import type { Downloads } from '../../electron/loopback/downloads';
import { startLoopbackServer } from '../../electron/loopback/http';
import type { LoopbackServer, LoopbackServerOptions } from '../../electron/loopback/http';
import { createUploads } from '../../electron/loopback/uploads';
import type { Uploads } from '../../electron/loopback/uploads';

export type Answer = { readonly status: number; readonly headers: IncomingMessage['headers']; readonly body: string };
export type Ask = { readonly method?: string; readonly path?: string; readonly headers?: Readonly<Record<string, string>>; readonly body?: string | Uint8Array };

export type RunningServer = {
  readonly server: LoopbackServer;
  readonly uploads: Uploads;
  readonly downloads: Downloads;
  readonly push: (push: Push) => void;
  readonly cookie: string;
  readonly messages: unknown[];
  /** Addresses named after a browser was let in. */
  readonly next: string[];
  readonly ask: (ask?: Ask) => Promise<Answer>;
  readonly call: (message: unknown) => Promise<Answer>;
  /** A request whose body and answer the test handles itself. */
  readonly begin: (ask: Ask) => ClientRequest;
  /** Sends bytes as they are and gives all that comes back. */
  readonly raw: (bytes: string) => Promise<string>;
  readonly end: () => Promise<void>;
};

export const page = new Map([['/', { body: new TextEncoder().encode('<!doctype html><title>page</title>'), type: 'text/html; charset=utf-8' }]]);

const readAll = async (response: IncomingMessage): Promise<Answer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString('utf8') };
};

export const answerOf = (request: ClientRequest): Promise<Answer> => new Promise((resolve, reject) => {
  request.once('error', reject);
  request.once('response', response => { readAll(response).then(resolve, reject); });
});

function raw(port: number, bytes: string): Promise<string> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1', () => { socket.write(bytes); });
    let text = '';
    socket.on('data', chunk => { text += chunk.toString('latin1'); });
    socket.on('error', () => undefined);
    socket.on('close', () => { resolve(text); });
  });
}

export type RunningOptions = {
  readonly handle?: (message: unknown) => Promise<Reply>;
  readonly options?: Partial<LoopbackServerOptions>;
  readonly uploads?: Uploads;
  readonly downloads?: Downloads;
};

export async function runningServer({ handle, options = {}, uploads = createUploads({ beginMs: 1_000, pullMs: 1_000 }), downloads = createDownloads(1_000) }: RunningOptions = {}): Promise<RunningServer> {
  const listeners = new Set<(push: Push) => void>();
  const messages: unknown[] = [];
  const next: string[] = [];
  const server = await startLoopbackServer({
    files: page, uploads, downloads, port: null, startAt: '',
    desk: { handle: message => { messages.push(message); return handle?.(message) ?? Promise.resolve({ ok: true, value: message }); } },
    onPush: listener => { listeners.add(listener); return () => { listeners.delete(listener); }; },
    onEntered: address => { next.push(address); },
    ...options,
  });
  const own = `127.0.0.1:${String(server.port)}`;
  let cookie = '';
  const begin = ({ method = 'GET', path = '/', headers = {} }: Ask): ClientRequest =>
    httpRequest({ host: '127.0.0.1', port: server.port, method, path, agent: false, headers: { host: own, cookie, ...(method === 'POST' ? { origin: `http://${own}` } : {}), ...headers } });
  const ask = (asked: Ask = {}): Promise<Answer> => {
    const request = begin(asked);
    request.end(asked.body);
    return answerOf(request);
  };
  const entered = await ask({ path: new URL(server.address()).pathname + new URL(server.address()).search });
  cookie = (entered.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '';
  return {
    server, uploads, downloads, cookie, messages, next, ask, begin,
    push: push => { for (const listener of listeners) listener(push); },
    call: message => ask({ method: 'POST', path: '/call', headers: { 'content-type': 'application/json' }, body: typeof message === 'string' ? message : JSON.stringify(message) }),
    raw: bytes => raw(server.port, bytes),
    end: server.close,
  };
}
