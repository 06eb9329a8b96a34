/** Electron's `net` over Node's http, with the behaviour its documentation promises: redirects wait for nobody, errors are `net::ERR_*`. */
import { EventEmitter } from 'node:events';
import { request as httpRequest } from 'node:http';
import type { ClientRequest as NodeRequest, IncomingMessage as NodeMessage } from 'node:http';
import type * as Electron from 'electron';

const names: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'CONNECTION_REFUSED', ENOTFOUND: 'NAME_NOT_RESOLVED', EAI_AGAIN: 'NAME_NOT_RESOLVED', ECONNRESET: 'CONNECTION_RESET', HPE_INVALID_CONTENT_LENGTH: 'INVALID_HTTP_RESPONSE',
  HPE_HEADER_OVERFLOW: 'RESPONSE_HEADERS_TOO_BIG',
};

const netError = (error: unknown): Error => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return new Error(`net::ERR_${names[code] ?? (code.startsWith('HPE_') ? 'INVALID_HTTP_RESPONSE' : 'FAILED')}`);
};

class FakeMessage extends EventEmitter {
  readonly statusCode: number;
  readonly headers: Record<string, string | string[]>;

  constructor(message: NodeMessage) {
    super();
    this.statusCode = message.statusCode ?? 0;
    this.headers = Object.fromEntries(Object.entries(message.headersDistinct).map(([name, values = []]) => [name, values.length === 1 ? (values[0] ?? '') : values]));
    message.on('data', (bytes: Buffer) => this.emit('data', bytes));
    message.on('end', () => this.emit('end'));
    message.on('error', () => this.emit('error', new Error(message.headers['content-length'] === undefined ? 'net::ERR_INCOMPLETE_CHUNKED_ENCODING' : 'net::ERR_CONTENT_LENGTH_MISMATCH')));
  }
}

class FakeRequest extends EventEmitter {
  readonly #node: NodeRequest;
  #isAborted = false;

  constructor({ method, url, redirect }: Electron.ClientRequestConstructorOptions) {
    super();
    this.#node = httpRequest(url ?? '', { method: method ?? 'GET', agent: false });
    this.#node.on('response', message => { this.#answer(message, redirect); });
    this.#node.on('error', error => { if (!this.#isAborted) this.emit('error', netError(error)); });
    this.#node.on('close', () => this.emit('close'));
  }

  #answer(message: NodeMessage, redirect: string | undefined): void {
    const { statusCode = 0, headers } = message;
    if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
      if (redirect !== 'manual') throw new Error('a redirect would be followed');
      this.emit('redirect', statusCode, 'GET', headers.location, Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [String(value)]])));
      // Nobody followed it while the event was told.
      this.#node.destroy();
      this.emit('error', new Error('Redirect was cancelled'));
      return;
    }
    this.emit('response', new FakeMessage(message));
  }

  setHeader(name: string, value: string): void { this.#node.setHeader(name, value); }
  write(text: string): void { this.#node.write(text); }
  end(): void { this.#node.end(); }
  abort(): void {
    this.#isAborted = true;
    this.#node.destroy();
    this.emit('abort');
  }
}

export type FakeSession = Pick<Electron.Session, 'resolveHost' | 'resolveProxy' | 'closeAllConnections'>;

/** Names resolve as the table says; `proxies` is what the system would use. */
export function fakeNetSession(hosts: Readonly<Record<string, readonly string[]>> = {}, proxies = 'DIRECT'): Electron.Session {
  const session = {
    resolveHost: name => {
      const addresses = hosts[name];
      if (addresses === undefined) return Promise.reject(new Error('net::ERR_NAME_NOT_RESOLVED'));
      return Promise.resolve({ endpoints: addresses.map(address => ({ address, family: address.includes(':') ? 'ipv6' as const : 'ipv4' as const })) });
    },
    resolveProxy: () => Promise.resolve(proxies),
    closeAllConnections: () => Promise.resolve(),
  } satisfies FakeSession;
  return session as unknown as Electron.Session;
}

export type FakeNet = Pick<Electron.Net, 'request'> & { readonly asked: Electron.ClientRequestConstructorOptions[] };

export function fakeNet(): FakeNet {
  const asked: Electron.ClientRequestConstructorOptions[] = [];
  return {
    asked,
    request: options => {
      if (typeof options === 'string') throw new Error('requests are made with options');
      asked.push(options);
      return new FakeRequest(options) as unknown as Electron.ClientRequest;
    },
  };
}
