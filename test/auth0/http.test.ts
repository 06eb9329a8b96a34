/** The HTTP adapter against servers that behave, stop, cut, redirect and lie. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { HttpFault } from '../../electron/auth0/ports';
import { createAuthority } from './certificate';
import { get, localServers, sendJson, textOf } from './local-servers';

const local = localServers();
afterEach(local.closeAll);

async function faultOf(work: Promise<unknown>): Promise<HttpFault> {
  const outcome = await work.then(() => null, (error: unknown) => error);
  if (!(outcome instanceof HttpFault)) throw new Error(`expected an HttpFault, got ${String(outcome)}`);
  return outcome;
}

describe('a request', () => {
  it('carries method, headers and body, and gets status, headers and bytes', async () => {
    const seen: unknown[] = [];
    const server = await local.http(async (request, response) => {
      seen.push([request.method, request.url, request.headers['x-one'], await textOf(request)]);
      response.writeHead(201, { 'X-Upper': 'A', 'link': ['<a>', '<b>'] }).end(Buffer.from([0, 255, 10]));
    });
    const response = await local.client().send(get(`${server.origin}/path?x=1`, { method: 'POST', headers: { 'x-one': '1' }, body: 'body' }));
    expect(seen).toEqual([['POST', '/path?x=1', '1', 'body']]);
    expect(response).toMatchObject({ status: 201, headers: { 'x-upper': 'A', 'link': '<a>, <b>' } });
    expect(await textOf(response.body)).toBe(Buffer.from([0, 255, 10]).toString());
  });

  it('leaves its connection to the next ones', async () => {
    const ports = new Set<number | undefined>();
    const server = await local.http((request, response) => {
      ports.add(request.socket.remotePort);
      sendJson(response, []);
    });
    const client = local.client();
    for (let count = 0; count < 20; count++) await textOf((await client.send(get(server.origin))).body);
    expect(ports.size).toBeLessThan(5);
  });

  it('does not follow a redirect', async () => {
    let reached = 0;
    const elsewhere = await local.http((_request, response) => {
      reached++;
      sendJson(response, []);
    });
    for (const status of [301, 302, 303, 307, 308]) {
      const server = await local.http((_request, response) => response.writeHead(status, { location: `${elsewhere.origin}/x` }).end());
      const response = await local.client().send(get(server.origin, { headers: { authorization: 'Bearer canary' } }));
      expect(response).toMatchObject({ status, headers: { location: `${elsewhere.origin}/x` } });
      await textOf(response.body);
    }
    expect(reached).toBe(0);
  });

  it('does not unpack what it did not ask for', async () => {
    const server = await local.http((_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('packed'));
    const response = await local.client().send(get(server.origin));
    expect([response.headers['content-encoding'], await textOf(response.body)]).toEqual(['gzip', 'packed']);
  });
});

describe('a fault', () => {
  it('is unreachable where nothing listens, and for a name nobody knows', async () => {
    const { port } = await local.http(() => undefined);
    await local.closeAll();
    expect(await faultOf(local.client().send(get(`http://127.0.0.1:${port}/`)))).toMatchObject({ kind: 'unreachable', problem: 'nothing listens there' });
    expect((await faultOf(local.client().send(get('http://nobody.invalid/')))).kind).toBe('unreachable');
  });

  it('is a timeout when no header comes', async () => {
    const server = await local.http(() => undefined);
    expect(await faultOf(local.client().send(get(server.origin, { headerTimeoutMs: 100 })))).toMatchObject({ kind: 'timeout', problem: 'no answer in time' });
  });

  it('is a timeout when the body stops', async () => {
    const server = await local.http((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('[');
    });
    const response = await local.client().send(get(server.origin, { idleTimeoutMs: 100 }));
    expect(await faultOf(textOf(response.body))).toMatchObject({ kind: 'timeout' });
  });

  const cuts: readonly (readonly [string, string])[] = [
    ['a promised length', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n[{"log_id"'],
    ['chunks', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n[{"lo\r\n'],
    ['a chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n50\r\n[{"lo'],
  ];
  it.each(cuts)('is a reset when the answer ends before %s does', async (_, head) => {
    const server = await local.raw((socket) => socket.once('data', () => socket.end(head)));
    const fault = await faultOf(local.client().send(get(server.origin)).then(({ body }) => textOf(body)));
    expect(fault.kind).toBe('reset');
  });

  const early: readonly (readonly [string, string])[] = [['nothing', ''], ['half a head', 'HTTP/1.1 200 OK\r\ncontent-'], ['another language', 'SSH-2.0-server\r\n\r\n'], ['a broken number', 'HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\n']];
  it.each(early)('is a reset when the server says %s', async (_, said) => {
    const server = await local.raw((socket) => socket.once('data', () => socket.end(said)));
    expect((await faultOf(local.client().send(get(server.origin)).then(({ body }) => textOf(body)))).kind).toBe('reset');
  });

  it('is a reset when more than 16 KiB of headers come', async () => {
    const server = await local.raw((socket) => socket.once('data', () => socket.write(`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(40_000)}\r\n\r\n`)));
    expect((await faultOf(local.client().send(get(server.origin)))).kind).toBe('reset');
  });

  it('is a stop, before and while something comes', async () => {
    const abort = new AbortController();
    const server = await local.http((_request, response) => {
      response.writeHead(200);
      response.write('x');
    });
    const response = await local.client().send(get(server.origin, { signal: abort.signal }));
    const reading = faultOf(textOf(response.body));
    abort.abort();
    expect((await reading).kind).toBe('cancelled');
    expect((await faultOf(local.client().send(get(server.origin, { signal: abort.signal })))).kind).toBe('cancelled');
    expect((await faultOf(local.client().send(get('https://10.0.0.1/', { network: 'public-only', signal: abort.signal })))).kind).toBe('blocked');
    const waiting = new AbortController();
    const silent = await local.http(() => { waiting.abort(); });
    expect((await faultOf(local.client().send(get(silent.origin, { signal: waiting.signal })))).kind).toBe('cancelled');
  });

  it('never repeats addresses, URLs or credentials', async () => {
    const { port } = await local.http(() => undefined);
    await local.closeAll();
    const fault = await faultOf(local.client().send(get(`http://127.0.0.1:${port}/?secret=canary`, { headers: { authorization: 'Bearer canary' } })));
    expect(`${fault.stack ?? ''} ${fault.problem}`).not.toMatch(/canary|127\.0\.0\.1/);
  });

  it('leaves a body given back unread, and closes its connection', async () => {
    let closed: () => void = () => undefined;
    const isClosed = new Promise<void>((resolve) => { closed = resolve; });
    const server = await local.http((_request, response) => {
      response.on('close', closed);
      response.writeHead(200);
      response.write('x'.repeat(1 << 20));
    });
    const response = await local.client().send(get(server.origin));
    await response.body[Symbol.asyncIterator]().return?.();
    await isClosed;
  });
});

describe('TLS', () => {
  const authority = createAuthority();
  const folder = join(tmpdir(), `tenantscope-ca-${randomUUID()}`);
  const caFile = join(folder, 'ca.pem');
  beforeAll(() => {
    mkdirSync(folder, { mode: 0o700 });
    writeFileSync(caFile, authority.cert);
  });
  afterAll(() => { rmSync(folder, { recursive: true, force: true }); });
  const answer = (_request: unknown, response: Parameters<typeof sendJson>[0]): void => { sendJson(response, ['hello']); };
  const trusting = { NODE_EXTRA_CA_CERTS: caFile };
  afterEach(() => { rmSync(join(folder, 'other.pem'), { force: true }); });

  it('accepts the certificates that NODE_EXTRA_CA_CERTS names, and no others', async () => {
    const server = await local.https(authority.issue('localhost'), answer);
    const response = await local.client(trusting).send(get(`https://localhost:${server.port}/`));
    expect(await textOf(response.body)).toBe('["hello"]');
    const fault = await faultOf(local.client().send(get(`https://localhost:${server.port}/`)));
    expect(fault.kind).toBe('tls');
    expect(fault.problem).toMatch(/[A-Z_]{10,}$/);
  });

  it('refuses a certificate of another host', async () => {
    const server = await local.https(authority.issue('other.example.com'), answer);
    expect((await faultOf(local.client(trusting).send(get(`https://localhost:${server.port}/`)))).kind).toBe('tls');
  });

  it('cannot be switched off by the environment', async () => {
    const server = await local.https(authority.issue('localhost'), answer);
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      expect((await faultOf(local.client({ NODE_TLS_REJECT_UNAUTHORIZED: '0' }).send(get(`https://localhost:${server.port}/`)))).kind).toBe('tls');
    } finally {
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
    }
  });

  it('is missed where the server speaks plain HTTP', async () => {
    const server = await local.http((_request, response) => { sendJson(response, []); });
    expect((await faultOf(local.client().send(get(`https://localhost:${server.port}/`)))).kind).toBe('tls');
  });

  it('says so when the file of NODE_EXTRA_CA_CERTS cannot be read', async () => {
    const fault = await faultOf(local.client({ NODE_EXTRA_CA_CERTS: join(folder, 'missing.pem') }).send(get('https://localhost:1/')));
    expect(fault).toMatchObject({ kind: 'blocked', problem: 'the file of NODE_EXTRA_CA_CERTS cannot be read' });
  });

  it('is as strict when that file holds no certificate', async () => {
    const other = join(folder, 'other.pem');
    const server = await local.https(authority.issue('localhost'), answer);
    for (const content of ['nothing', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n', '']) {
      writeFileSync(other, content);
      expect((await faultOf(local.client({ NODE_EXTRA_CA_CERTS: other }).send(get(`https://localhost:${server.port}/`)))).kind).toBe('tls');
    }
  });

  it('goes through a proxy that alone knows the name, and checks the certificate of that name', async () => {
    const seen: string[] = [];
    const heard: (string | undefined)[] = [];
    const server = await local.https(authority.issue('login.example.com'), (request, response) => {
      heard.push(request.headers['host'], request.headers['proxy-authorization']);
      sendJson(response, ['through']);
    });
    const proxy = await local.proxy({ 'login.example.com:443': server.port, 'other.example.com:443': server.port }, seen);
    const client = local.client({ ...trusting, HTTPS_PROXY: proxy.origin });
    const response = await client.send(get('https://login.example.com/api', { network: 'public-only' }));
    expect(await textOf(response.body)).toBe('["through"]');
    expect([seen, heard]).toEqual([['login.example.com:443'], ['login.example.com', undefined]]);
    expect((await faultOf(client.send(get('https://other.example.com/')))).kind).toBe('tls');
  });

  it('does not trust a proxy more than the name itself', async () => {
    const server = await local.https(authority.issue('login.example.com'), answer);
    const proxy = await local.proxy({ 'login.example.com:443': server.port }, []);
    expect((await faultOf(local.client({ https_proxy: proxy.origin }).send(get('https://login.example.com/')))).kind).toBe('tls');
  });
});
