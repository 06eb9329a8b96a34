/** Makes HTTP requests through Chromium's network stack: the system's proxy, its trust store and its name resolution. */
import { isIP } from 'node:net';
import type { ClientRequest, Net, Session } from 'electron';
import { isLoopbackHost } from '../../shared/domain/tenant-domain';
import { HttpFault, type HttpPort, type HttpRequest, type HttpResponse } from '../auth0/ports';
import { AddressNotPublic, isPublicAddress } from '../node/public-address';
import { createStop, type Stop } from '../node/request-stop';
import { bodyOf } from './net-body';
import { netFaultOf } from './net-fault';

export type NetPorts = {
  readonly net: Pick<Net, 'request'>;
  /** Used for nothing else: without cookies, cache or stored sign-ins. */
  readonly session: Session;
};

export type DesktopHttp = HttpPort & {
  /** Ends every request and connection. */
  readonly close: () => Promise<void>;
};

type Under = NetPorts & { readonly live: Set<ClientRequest> };

const isDirect = (proxies: string): boolean => /^\s*DIRECT\s*$/i.test(proxies);

/**
 * Judges the addresses of a name before anything is sent. Chromium tells not which one it connects to; its cache answers the
 * connection with what was judged here, and TLS lets only the owner of the name answer. Behind a proxy only the proxy knows.
 * @throws AddressNotPublic
 */
async function judgeAddress(session: Session, { url, network }: HttpRequest): Promise<void> {
  if (network !== 'public-only') return;
  const { hostname } = new URL(url);
  const literal = hostname.replace(/^\[|\]$/g, '');
  if (isLoopbackHost(hostname) || (isIP(literal) !== 0 && !isPublicAddress(literal))) throw new AddressNotPublic();
  if (isIP(literal) !== 0 || !isDirect(await session.resolveProxy(url))) return;
  const { endpoints } = await session.resolveHost(hostname);
  if (endpoints.length === 0 || !endpoints.every(({ address }) => isPublicAddress(address))) throw new AddressNotPublic();
}

const joinedHeaders = (headers: Readonly<Record<string, string | readonly string[]>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), typeof value === 'string' ? value : value.join(', ')]));

async function* nothing(): AsyncGenerator<Uint8Array> {
  // A redirect is ended by not being followed: it has no body.
}

function begin({ net, session, live }: Under, { method, url, headers, body }: HttpRequest): ClientRequest {
  const request = net.request({ method, url, session, redirect: 'manual', credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer' });
  live.add(request);
  request.on('close', () => { live.delete(request); });
  // Without it Chromium asks for packed answers and unpacks them, past every limit on what comes.
  for (const [name, value] of Object.entries({ 'accept-encoding': 'identity', ...headers })) request.setHeader(name, value);
  if (body !== undefined) request.write(body);
  return request;
}

function answerTo(under: Under, request: HttpRequest, stop: Stop): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    const clientRequest = begin(under, request);
    stop.signal.addEventListener('abort', () => { clientRequest.abort(); }, { once: true });
    // Also hears what comes after the answer: without a listener it would end the process.
    clientRequest.on('error', reject);
    clientRequest.on('abort', () => { reject(new HttpFault('reset', 'the request was ended')); });
    clientRequest.on('redirect', (status, _method, location, headers) => {
      stop.end();
      resolve({ status, headers: { location, ...joinedHeaders(headers) }, body: nothing() });
    });
    clientRequest.on('response', message => {
      stop.headersCame();
      const abort = (): void => { clientRequest.abort(); };
      const body = bodyOf(message, { idleTimeoutMs: request.idleTimeoutMs, abort, ended: stop.end, stopped: stop.stopped });
      resolve({ status: message.statusCode, headers: joinedHeaders(message.headers), body });
    });
    clientRequest.end();
  });
}

async function send(under: Under, request: HttpRequest): Promise<HttpResponse> {
  const stop = createStop(request);
  try {
    await Promise.race([stop.stopped, judgeAddress(under.session, request)]);
    return await Promise.race([stop.stopped, answerTo(under, request, stop)]);
  } catch (error) {
    stop.end();
    throw netFaultOf(error);
  }
}

/** Never follows a redirect; the proxy and the certificates are those of the system. */
export function createDesktopHttp(ports: NetPorts): DesktopHttp {
  const live = new Set<ClientRequest>();
  return {
    send: request => send({ ...ports, live }, request),
    close: async () => {
      for (const request of live) request.abort();
      await ports.session.closeAllConnections();
    },
  };
}
