/** The desktop's HTTP adapter, over Electron's `net` as its documentation describes it, against servers that behave, stop, cut and redirect. */
import { afterEach, describe, expect, it } from 'vitest';
import { createDesktopHttp } from '../../electron/desktop/net-http';
import { netFaultOf } from '../../electron/desktop/net-fault';
import { HttpFault } from '../../electron/auth0/ports';
import { get, localServers, sendJson, textOf } from '../auth0/local-servers';
import { fakeNet, fakeNetSession } from '../builders/fake-electron-net';

const local = localServers();
afterEach(local.closeAll);

function client(hosts: Parameters<typeof fakeNetSession>[0] = {}, proxies?: string) {
  const net = fakeNet();
  return { net, http: createDesktopHttp({ net, session: fakeNetSession(hosts, proxies) }) };
}

async function faultOf(work: Promise<unknown>): Promise<HttpFault> {
  const outcome = await work.then(() => null, (error: unknown) => error);
  if (!(outcome instanceof HttpFault)) throw new Error(`expected an HttpFault, got ${String(outcome)}`);
  return outcome;
}

describe('a request', () => {
  it('carries method, headers and body, and gets status, headers and bytes', async () => {
    const seen: unknown[] = [];
    const server = await local.http(async (request, response) => {
      seen.push([request.method, request.url, request.headers['x-one'], request.headers['accept-encoding'], await textOf(request)]);
      response.writeHead(201, { 'X-Upper': 'A', 'link': ['<a>', '<b>'] }).end(Buffer.from([0, 255, 10]));
    });
    const response = await client().http.send(get(`${server.origin}/path?x=1`, { method: 'POST', headers: { 'x-one': '1' }, body: 'body' }));
    expect(seen).toEqual([['POST', '/path?x=1', '1', 'identity', 'body']]);
    expect(response).toMatchObject({ status: 201, headers: { 'x-upper': 'A', 'link': '<a>, <b>' } });
    expect(await textOf(response.body)).toBe(Buffer.from([0, 255, 10]).toString());
  });

  it('takes no cookie, cache or stored sign-in along, and no redirect', async () => {
    const server = await local.http((_request, response) => { sendJson(response, []); });
    const { net, http } = client();
    await textOf((await http.send(get(server.origin))).body);
    expect(net.asked).toEqual([expect.objectContaining({ credentials: 'omit', cache: 'no-store', redirect: 'manual', referrerPolicy: 'no-referrer', session: expect.anything() as unknown })]);
    expect(net.asked[0]?.useSessionCookies).toBeUndefined();
  });

  it('does not follow a redirect', async () => {
    let reached = 0;
    const elsewhere = await local.http((_request, response) => {
      reached++;
      sendJson(response, []);
    });
    for (const status of [301, 302, 303, 307, 308]) {
      const server = await local.http((_request, response) => response.writeHead(status, { location: `${elsewhere.origin}/x` }).end());
      const response = await client().http.send(get(server.origin, { headers: { authorization: 'Bearer canary' } }));
      expect(response).toMatchObject({ status, headers: { location: `${elsewhere.origin}/x` } });
      expect(await textOf(response.body)).toBe('');
    }
    expect(reached).toBe(0);
  });

  it('gives a large body in order, to a reader who takes his time', async () => {
    const pieces = Array.from({ length: 200 }, (_, index) => Buffer.alloc(7_001, index));
    const server = await local.http((_request, response) => {
      response.writeHead(200);
      for (const piece of pieces) response.write(piece);
      response.end();
    });
    const chunks: Uint8Array[] = [];
    for await (const chunk of (await client().http.send(get(server.origin))).body) {
      chunks.push(chunk);
      await new Promise(resolve => setImmediate(resolve));
    }
    expect(Buffer.concat(chunks).equals(Buffer.concat(pieces))).toBe(true);
  });
});

describe('a fault', () => {
  it('is unreachable where nothing listens', async () => {
    const { origin } = await local.http(() => undefined);
    await local.closeAll();
    expect(await faultOf(client().http.send(get(origin)))).toMatchObject({ kind: 'unreachable', problem: 'nothing listens there' });
  });

  it('is a timeout when no header comes, and when the body stops', async () => {
    const silent = await local.http(() => undefined);
    expect(await faultOf(client().http.send(get(silent.origin, { headerTimeoutMs: 100 })))).toMatchObject({ kind: 'timeout', problem: 'no answer in time' });
    const stopping = await local.http((_request, response) => {
      response.writeHead(200);
      response.write('[');
    });
    const response = await client().http.send(get(stopping.origin, { idleTimeoutMs: 100 }));
    expect(await faultOf(textOf(response.body))).toMatchObject({ kind: 'timeout', problem: 'the answer stopped' });
  });

  const cuts: readonly (readonly [string, string])[] = [
    ['a promised length', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n[{"log_id"'], ['chunks', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n[{"lo\r\n'],
    ['anything', ''], ['the head', 'HTTP/1.1 200 OK\r\ncontent-'], ['speaking HTTP', 'SSH-2.0-server\r\n\r\n'],
  ];
  it.each(cuts)('is a reset when the answer ends before %s', async (_, head) => {
    const server = await local.raw(socket => socket.once('data', () => socket.end(head)));
    expect((await faultOf(client().http.send(get(server.origin)).then(({ body }) => textOf(body)))).kind).toBe('reset');
  });

  it('is a stop: before, while waiting, and while something comes', async () => {
    const abort = new AbortController();
    const server = await local.http((_request, response) => {
      response.writeHead(200);
      response.write('x');
    });
    const response = await client().http.send(get(server.origin, { signal: abort.signal }));
    const reading = faultOf(textOf(response.body));
    abort.abort();
    expect((await reading).kind).toBe('cancelled');
    expect((await faultOf(client().http.send(get(server.origin, { signal: abort.signal })))).kind).toBe('cancelled');
    const waiting = new AbortController();
    const silent = await local.http(() => { waiting.abort(); });
    expect((await faultOf(client().http.send(get(silent.origin, { signal: waiting.signal })))).kind).toBe('cancelled');
  });

  it('ends what is under way when the application closes', async () => {
    const { http } = client();
    const closing: { close: () => void } = { close: () => undefined };
    const server = await local.http(() => { closing.close(); });
    closing.close = () => { void http.close(); };
    expect((await faultOf(http.send(get(server.origin)))).kind).toBe('reset');
  });

  it('leaves a body given back unread, and closes its connection', async () => {
    let closed: () => void = () => undefined;
    const isClosed = new Promise<void>(resolve => { closed = resolve; });
    const server = await local.http((_request, response) => {
      response.on('close', closed);
      response.writeHead(200);
      response.write('x'.repeat(1 << 20));
    });
    const response = await client().http.send(get(server.origin));
    await response.body[Symbol.asyncIterator]().return?.();
    await isClosed;
  });

  it.each([
    ['CERT_DATE_INVALID', 'tls'], ['CERT_AUTHORITY_INVALID', 'tls'], ['CERT_COMMON_NAME_INVALID', 'tls'], ['SSL_PROTOCOL_ERROR', 'tls'], ['SSL_VERSION_OR_CIPHER_MISMATCH', 'tls'],
    ['PROXY_AUTH_REQUESTED', 'blocked'], ['TUNNEL_CONNECTION_FAILED', 'unreachable'], ['PROXY_CONNECTION_FAILED', 'unreachable'], ['BLOCKED_BY_ADMINISTRATOR', 'blocked'], ['INTERNET_DISCONNECTED', 'unreachable'],
    ['NAME_NOT_RESOLVED', 'unreachable'], ['CONNECTION_TIMED_OUT', 'timeout'], ['CONNECTION_CLOSED', 'reset'], ['HTTP2_PROTOCOL_ERROR', 'reset'], ['SOMETHING_NEW', 'unreachable'], ['TOSTRING', 'unreachable'],
  ] as const)('of Chromium called %s is %s', (name, kind) => { expect(netFaultOf(new Error(`net::ERR_${name}`)).kind).toBe(kind); });

  it('never repeats addresses, URLs or credentials', () => {
    for (const error of [new Error('GET https://example.com/?secret=canary failed'), 'canary', null, new Error('net::ERR_FAILED canary')]) expect(netFaultOf(error).problem).not.toMatch(/canary|example/);
  });
});

describe('a name that may only be public', () => {
  const send = (url: string, hosts?: Parameters<typeof fakeNetSession>[0], proxies?: string) => {
    const { net, http } = client(hosts, proxies);
    return http.send(get(url, { network: 'public-only', headerTimeoutMs: 2_000 })).then(() => net.asked, (error: unknown) => ({ error, asked: net.asked }));
  };

  it.each(['https://localhost/', 'https://127.0.0.1/', 'https://[::1]/', 'https://10.0.0.1/', 'https://192.168.1.1/', 'https://169.254.169.254/', 'https://[fe80::1]/', 'https://[::ffff:10.0.0.1]/'])('is not %s', async url => {
    expect(await send(url)).toMatchObject({ error: { kind: 'blocked' }, asked: [] });
  });

  it.each([['10.0.0.1'], ['127.0.0.1'], ['8.8.8.8', '10.0.0.1'], ['fd00::1'], []].map(addresses => [addresses.join(' and ') || 'nothing', addresses] as const))('is not one that resolves to %s, and nothing is sent there', async (_, addresses) => {
    expect(await send('https://login.example.com/', { 'login.example.com': addresses })).toMatchObject({ error: { kind: 'blocked' }, asked: [] });
  });

  it('that is not known is unreachable', async () => {
    expect(await send('https://nobody.example.com/')).toMatchObject({ error: { kind: 'unreachable', problem: 'the name is not known' }, asked: [] });
  });

  it('is left to a proxy where the system has one', async () => {
    const { net, http } = client({}, 'PROXY 127.0.0.1:9');
    await http.send(get('http://proxied.invalid/', { network: 'public-only', headerTimeoutMs: 2_000 })).catch(() => undefined);
    expect(net.asked).toHaveLength(1);
  });
});
