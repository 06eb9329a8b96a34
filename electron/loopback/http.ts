/** The loopback host's server: 127.0.0.1 only, every request judged by its head before anything else is done with it. */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Push, Reply } from '../../shared/contract';
import { Failure } from '../../shared/errors';
import { serveFile } from '../node/static-files';
import type { StaticFiles } from '../node/static-files';
import { problemOf } from '../node/system-problem';
import { cookieName, judge } from './access';
import type { Passage, Refusal } from './access';
import { takeCall } from './calls';
import type { CallTaker } from './calls';
import type { Downloads } from './downloads';
import { createEventStreams } from './events';
import type { EventStreams } from './events';
import { plainPage, refusalText } from './plain-pages';
import { headersOf, send, sendEarly } from './replies';
import { createSession } from './session';
import type { Session } from './session';
import { asciiName, sinkOf } from './sink';
import type { Uploads } from './uploads';

export type LoopbackServerOptions = {
  readonly files: StaticFiles;
  readonly desk: { readonly handle: (message: unknown) => Promise<Reply> };
  readonly uploads: Uploads;
  readonly downloads: Downloads;
  /** Subscribes to the host's pushes; returns the function that ends that. */
  readonly onPush: (listener: (push: Push) => void) => () => void;
  /** Any free one when null. */
  readonly port: number | null;
  /** What the page's address begins with behind its `#`; empty for the page's own choice. */
  readonly startAt: string;
  /** Called when a ticket has let in a browser, with the address for the next one. */
  readonly onEntered?: (nextAddress: string) => void;
  readonly signOfLifeMs?: number;
  readonly bodyMs?: number;
};

export type LoopbackServer = {
  readonly port: number;
  /** The address, ticket included, that lets in the next browser. */
  readonly address: () => string;
  /** Ends event streams and whatever is under way. */
  readonly close: () => Promise<void>;
};

const usualSignOfLifeMs = 15_000;
const usualBodyMs = 30_000;
const headMs = 10_000;
const idleMs = 30_000;
const mostConnections = 256;
const mostHeaderBytes = 16_384;

type Desk = CallTaker & { readonly options: LoopbackServerOptions; readonly session: Session; readonly events: EventStreams; readonly port: () => number };

const addressOf = (port: number, ticket: string): string => `http://127.0.0.1:${String(port)}/?ticket=${ticket}`;

function enter({ session, options, port }: Desk, response: ServerResponse): void {
  const cookie = `${cookieName(port())}=${session.enter()}; Path=/; HttpOnly; SameSite=Strict`;
  const location = options.startAt === '' ? '/' : `/#${options.startAt}`;
  send(response, { status: 303, type: 'html', body: plainPage('This way in.'), headers: { Location: location, 'Set-Cookie': cookie } });
  options.onEntered?.(addressOf(port(), session.ticket()));
}

function refuse({ status, reason, allow }: Refusal, request: IncomingMessage, response: ServerResponse): void {
  const isForEyes = request.method === 'GET' && request.headers['sec-fetch-mode'] !== 'cors';
  const text = refusalText(reason);
  const headers = allow === '' ? {} : { Allow: allow };
  sendEarly(request, response, { status, type: isForEyes ? 'html' : 'text', body: isForEyes ? plainPage(text) : `${text}\n`, headers });
}

function file({ options }: Desk, path: string, request: IncomingMessage, response: ServerResponse): void {
  const { status, headers, body } = serveFile(options.files, path, 'self');
  response.writeHead(status, headers);
  response.end(request.method === 'HEAD' ? undefined : body);
}

async function upload({ uploads }: Desk, { id, size }: Extract<Passage, { kind: 'upload' }>, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const end = await uploads.accept(id, { body: request, size });
  if (end === 'taken') send(response, { status: 200, type: 'json', body: JSON.stringify({ id }) });
  // Not an error of the request: the operation that was to read it says what is wrong, and browsers list failed requests on their own.
  else sendEarly(request, response, { status: 202, type: 'text', body: 'Nobody took all of this upload.\n' });
}

async function download({ downloads }: Desk, { id, name }: Extract<Passage, { kind: 'download' }>, response: ServerResponse): Promise<void> {
  const head = headersOf({ 'Content-Type': 'application/octet-stream', 'Content-Disposition': `attachment; filename="${asciiName(name)}"` });
  if ((await downloads.accept(id, sinkOf(response, head))) === 'unwanted') send(response, { status: 404, type: 'html', body: plainPage('There is nothing to download here.') });
}

async function pass(desk: Desk, passage: Passage, request: IncomingMessage, response: ServerResponse): Promise<void> {
  switch (passage.kind) {
    case 'enter': return enter(desk, response);
    case 'file': return file(desk, passage.path, request, response);
    case 'events': return desk.events.open(response);
    case 'call': return takeCall(desk, request, response);
    case 'upload': return upload(desk, passage, request, response);
    case 'download': return download(desk, passage, response);
  }
}

async function answer(desk: Desk, request: IncomingMessage, response: ServerResponse): Promise<void> {
  request.on('error', () => undefined);
  response.on('error', () => undefined);
  const head = { method: request.method ?? '', target: request.url ?? '', headers: request.headersDistinct };
  const passage = judge(head, { port: desk.port(), isSession: desk.session.isSession, isTicket: desk.session.isTicket });
  if (passage.kind === 'refused') return refuse(passage, request, response);
  if (request.headers.expect !== undefined) response.writeContinue();
  await pass(desk, passage, request, response);
}

/** What is not even HTTP gets an answer with a body too. */
function refuseNonsense(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? '408 Request Timeout' : '400 Bad Request';
  const text = 'The request is not well formed.\n';
  socket.end(`HTTP/1.1 ${status}\r\nContent-Type: text/plain\r\nContent-Length: ${String(text.length)}\r\nConnection: close\r\n\r\n${text}`);
}

/** Uploads last as long as they last; heads and calls have their own limits. */
function makeServer(): Server {
  const server = createServer({ maxHeaderSize: mostHeaderBytes, headersTimeout: headMs, requestTimeout: 0, keepAliveTimeout: idleMs, connectionsCheckingInterval: 1_000, requireHostHeader: false });
  server.maxConnections = mostConnections;
  // Beyond a count Node would drop headers without a word; their size is limited all the same.
  server.maxHeadersCount = 0;
  server.on('clientError', refuseNonsense);
  return server;
}

/** @throws Failure host.port-unusable */
function listen(server: Server, port: number | null): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', error => { reject(new Failure('host.port-unusable', { port: port ?? 0, problem: problemOf(error) })); });
    server.listen(port ?? 0, '127.0.0.1', () => { resolve((server.address() as AddressInfo).port); });
  });
}

/** @throws Failure host.port-unusable */
export async function startLoopbackServer(options: LoopbackServerOptions): Promise<LoopbackServer> {
  const { desk, uploads, downloads, signOfLifeMs = usualSignOfLifeMs, bodyMs = usualBodyMs } = options;
  const session = createSession();
  const events = createEventStreams(signOfLifeMs);
  const server = makeServer();
  const port = await listen(server, options.port);
  const whole: Desk = { desk, uploads, downloads, signOfLifeMs, bodyMs, options, session, events, port: () => port };
  const take = (request: IncomingMessage, response: ServerResponse): void => {
    answer(whole, request, response).catch(() => { response.destroy(); });
  };
  server.on('request', take);
  server.on('checkContinue', take);
  const unsubscribe = options.onPush(events.push);
  return {
    port,
    address: () => addressOf(port, session.ticket()),
    close: () => new Promise(resolve => {
      unsubscribe();
      events.close();
      server.close(() => { resolve(); });
      setImmediate(() => { server.closeAllConnections(); });
    }),
  };
}
