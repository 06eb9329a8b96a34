/** The HTTP side of the simulator: takes a request in, records it, and sends what the endpoints and the faults decide. */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deliver } from './delivery';
import type { Endpoints } from './endpoints';
import { struck } from './fault-replies';
import type { Sending } from './fault-replies';
import { apiError, htmlReply } from './replies';
import type { RequestLog } from './request-log';
import { routeOf } from './routes';

export type Counts = {
  /** Requests of any kind, and those that asked for a token or for a page of the log. */
  requests: number;
  tokens: number;
  pages: number;
  /** Answers by what they were: 429 by the plan, other refusals, and requests a fault struck. */
  rateLimited: number;
  refused: number;
  faults: number;
};

export type ServerParts = { readonly endpoints: Endpoints; readonly requestLog: RequestLog; readonly counts: Counts; readonly audience: string };

const longestUrl = 8000;
const keepAliveMs = 65_000;
const maxHeaderSize = 64 << 10;

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function countReply(counts: Counts, sending: Sending, isStruck: boolean): void {
  if (isStruck) counts.faults += 1;
  else if (sending.reply.status === 429) counts.rateLimited += 1;
  else if (sending.reply.status >= 400) counts.refused += 1;
}

function decide(parts: ServerParts, request: IncomingMessage, url: URL, body: string): { readonly sending: Sending; readonly isStruck: boolean } {
  const honest = (reply: Sending['reply']) => ({ sending: { reply, delivery: { how: 'whole' } } as const, isStruck: false });
  const method = request.method ?? '';
  const route = routeOf(method, url.pathname);
  if (route === null) return honest(apiError(404, 'Not Found'));
  if ((request.url ?? '').length > longestUrl) return honest(htmlReply(414, '414 Request-URI Too Large'));
  if (route.name === 'token') parts.counts.tokens += 1;
  if (route.name === 'logs') parts.counts.pages += 1;
  const now = Date.now();
  const { reply, strike } = parts.endpoints.answer({
    route, path: url.pathname, query: Object.fromEntries(url.searchParams), body, contentType: request.headers['content-type'] ?? '',
    authorization: request.headers.authorization, host: request.headers.host ?? '', now,
  });
  if (strike === null) return honest(reply);
  const call = { endpoint: route.name === 'token' ? 'token' : 'pages', path: url.pathname + url.search, audience: parts.audience, now } as const;
  return { sending: struck(strike, reply, call), isStruck: true };
}

async function handle(parts: ServerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  parts.counts.requests += 1;
  const record = parts.requestLog.open({
    method: request.method ?? '', path: url.pathname, query: Object.fromEntries(url.searchParams), headers: request.headers, at: Date.now(),
  });
  const body = request.method === 'GET' ? '' : await readBody(request);
  record.body = body;
  const { sending, isStruck } = decide(parts, request, url, body);
  countReply(parts.counts, sending, isStruck);
  const noteStatus = (): void => { record.status = response.headersSent ? response.statusCode : null; };
  response.on('error', () => response.destroy());
  response.once('finish', noteStatus);
  deliver(response, sending.reply, sending.delivery);
  noteStatus();
}

/** Listens on 127.0.0.1 only. */
export async function listen(parts: ServerParts, port: number): Promise<{ readonly server: Server; readonly origin: string }> {
  const server = createServer({ maxHeaderSize, keepAliveTimeout: keepAliveMs }, (request, response) => {
    handle(parts, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** Ends every connection, whatever it is waiting for. */
export async function stopListening(server: Server): Promise<void> {
  await new Promise<void>(resolve => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
