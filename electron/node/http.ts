/** Makes HTTP requests over kept-alive connections, through the proxy and with the certificates the environment names. */
import { lookup } from 'node:dns';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import * as tls from 'node:tls';
import { Agent, type Dispatcher, EnvHttpProxyAgent, Pool, request as undiciRequest } from 'undici';
import { isLoopbackHost } from '../../shared/domain/tenant-domain';
import { HttpFault, type HttpPort, type HttpRequest, type HttpResponse } from '../auth0/ports';
import { faultOf } from './http-fault';
import { AddressNotPublic, isPublicAddress, publicOnly } from './public-address';
import { createStop } from './request-stop';

export type NodeHttp = HttpPort & {
  /** Cuts every connection. */
  readonly close: () => Promise<void>;
};

type Env = Readonly<Record<string, string | undefined>>;
type Route = 'loopback' | HttpRequest['network'];

const connectTimeoutMs = 10_000;
const keepAliveMs = 30_000;

/**
 * The connections to a proxy. undici takes a tunnel cut by the proxy for a passing hiccup and opens the next at once,
 * for ever; as another error it ends the requests that wait for the tunnel.
 */
class TunnelPool extends Pool {
  override async connect(options: Parameters<Pool['connect']>[0]): Promise<Dispatcher.ConnectData> {
    try {
      return await super.connect(options);
    } catch (error) {
      throw new Error('no tunnel', { cause: error });
    }
  }
}

/** A proxy's URL as it is usually given, with or without `http://`; empty when there is none. */
function proxyUrl(value: string | undefined): string {
  if (value === undefined || value === '') return '';
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  if (!URL.canParse(url)) throw new HttpFault('blocked', 'the proxy setting is not a URL');
  return url;
}

/** What would be trusted without NODE_EXTRA_CA_CERTS; Node 20 can only tell its own list, later ones also that of the system. */
function defaultCertificates(): readonly string[] {
  const { getCACertificates } = tls as { readonly getCACertificates?: (kind: 'default') => string[] };
  return getCACertificates?.('default') ?? tls.rootCertificates;
}

/** Node adds the certificates of NODE_EXTRA_CA_CERTS by itself, Electron's hardened build does not: it is done here for both. */
function certificates(env: Env): { readonly ca?: string[] } {
  const file = env['NODE_EXTRA_CA_CERTS'];
  if (file === undefined || file === '') return {};
  try {
    return { ca: [...defaultCertificates(), readFileSync(file, 'utf8')] };
  } catch {
    throw new HttpFault('blocked', 'the file of NODE_EXTRA_CA_CERTS cannot be read');
  }
}

function createDispatcher(env: Env, route: Route): Dispatcher {
  const trust = { minVersion: 'TLSv1.2', rejectUnauthorized: true, ...certificates(env) } as const;
  const guard = route === 'public-only' ? { lookup: publicOnly(lookup) } : {};
  const options = { connect: { ...trust, ...guard, timeout: connectTimeoutMs }, keepAliveTimeout: keepAliveMs };
  const httpProxy = proxyUrl(env['http_proxy'] ?? env['HTTP_PROXY']);
  const httpsProxy = proxyUrl(env['https_proxy'] ?? env['HTTPS_PROXY']);
  if (route === 'loopback' || (httpProxy === '' && httpsProxy === '')) return new Agent(options);
  const tunnels = (origin: URL, given: object): Dispatcher => new TunnelPool(origin, { ...given, headersTimeout: connectTimeoutMs });
  // Empty texts keep undici from looking into the process's own environment.
  const noProxy = env['no_proxy'] ?? env['NO_PROXY'] ?? '';
  return new EnvHttpProxyAgent({ ...options, httpProxy, httpsProxy, noProxy, requestTls: trust, proxyTls: trust, clientFactory: tunnels });
}

/** An address in the URL is never looked up, so that it has to be judged here. */
function routeOf(request: HttpRequest): Route {
  const { hostname } = new URL(request.url);
  const address = hostname.replace(/^\[|\]$/g, '');
  if (request.network === 'public-only') {
    if (isLoopbackHost(hostname) || (isIP(address) !== 0 && !isPublicAddress(address))) throw new AddressNotPublic();
    return 'public-only';
  }
  return isLoopbackHost(hostname) ? 'loopback' : 'any';
}

const joinedHeaders = (headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]])));

/** The body, once; `end` is called when it is over, broken or given back. */
function bodyOf(stream: Dispatcher.ResponseData['body'], end: () => void): AsyncIterable<Uint8Array> {
  // Errors are told by the iteration; without a listener one that comes earlier would end the process.
  stream.on('error', () => undefined).on('close', end);
  const chunks: AsyncIterator<Uint8Array> = stream[Symbol.asyncIterator]();
  const iterator: AsyncIterator<Uint8Array> = {
    next: async () => {
      try {
        return await chunks.next();
      } catch (error) {
        throw faultOf(error);
      }
    },
    return: () => {
      stream.destroy();
      return Promise.resolve({ done: true, value: undefined });
    },
  };
  return { [Symbol.asyncIterator]: () => iterator };
}

function dispatch(request: HttpRequest, dispatcher: Dispatcher, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
  const { method, headers, body, headerTimeoutMs, idleTimeoutMs } = request;
  return undiciRequest(request.url, {
    dispatcher, method, headers, body: body ?? null, signal, headersTimeout: headerTimeoutMs, bodyTimeout: idleTimeoutMs,
  });
}

async function send(request: HttpRequest, dispatcherFor: (route: Route) => Dispatcher): Promise<HttpResponse> {
  const stop = createStop(request);
  try {
    const answering = dispatch(request, dispatcherFor(routeOf(request)), stop.signal);
    const response = await Promise.race([answering, stop.stopped]);
    stop.headersCame();
    return { status: response.statusCode, headers: joinedHeaders(response.headers), body: bodyOf(response.body, stop.end) };
  } catch (error) {
    stop.end();
    throw faultOf(error);
  }
}

/**
 * Honours HTTPS_PROXY, HTTP_PROXY, NO_PROXY (either case) and NODE_EXTRA_CA_CERTS of `env`. Loopback hosts are never proxied.
 * Never follows a redirect. `public-only` judges the address that is connected to; behind a proxy only the proxy knows it.
 */
export function createNodeHttp(env: Env): NodeHttp {
  const dispatchers = new Map<Route, Dispatcher>();
  const dispatcherFor = (route: Route): Dispatcher => {
    const dispatcher = dispatchers.get(route) ?? createDispatcher(env, route);
    dispatchers.set(route, dispatcher);
    return dispatcher;
  };
  return {
    send: (request) => send(request, dispatcherFor),
    close: async () => {
      await Promise.all([...dispatchers.values()].map((dispatcher) => dispatcher.destroy()));
      dispatchers.clear();
    },
  };
}
