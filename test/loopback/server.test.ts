import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { Push, Reply } from '../../shared/contract';
import { startLoopbackServer } from '../../electron/loopback/http';
import { contentSecurityPolicy } from '../../electron/node/static-files';
import { runningServer } from './running-server';
import type { RunningOptions, RunningServer } from './running-server';

const open: { end: () => unknown }[] = [];
afterEach(async () => { for (const thing of open.splice(0).reverse()) await thing.end(); });
async function running(options?: RunningOptions): Promise<RunningServer> {
  const made = await runningServer(options);
  open.push(made);
  return made;
}
const done: Reply = { ok: true, value: 1 };
const eventually = async (holds: () => boolean): Promise<void> => { while (!holds()) await pause(5); };

describe('letting in', () => {
  it('takes a ticket once, and names a new one for the next browser', async () => {
    const { server, ask, next, cookie } = await running();
    expect(cookie).toMatch(new RegExp(`^tenantscope-${String(server.port)}=[\\w-]{43}$`));
    expect(next).toEqual([server.address()]);
    const path = server.address().replace(/^http:\/\/127.0.0.1:\d+/, '');
    const entered = await ask({ path, headers: { cookie: '' } });
    expect(entered).toMatchObject({ status: 303, headers: { location: '/' } });
    expect(entered.headers['set-cookie']?.[0]).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
    const spent = await ask({ path, headers: { cookie: '' } });
    expect(spent.status).toBe(403);
    expect(spent.body).toContain('use the address that Tenantscope printed');
    expect((await ask({ path: '/' })).status).toBe(200);
  });

  it('leads to the tenant it was started for', async () => {
    const { server, ask } = await running({ options: { startAt: '/t/sample/timeline' } });
    expect((await ask({ path: new URL(server.address()).search.replace(/^/, '/'), headers: { cookie: '' } })).headers.location).toBe('/#/t/sample/timeline');
  });

  it('answers every refusal with a body and the whole policy', async () => {
    const { ask } = await running();
    const asks = [{ headers: { cookie: '' } }, { headers: { host: 'example.com' } }, { headers: { origin: 'https://example.com' } }, { headers: { 'sec-fetch-site': 'cross-site' } }, { path: '/?ticket=x' }, { method: 'PUT' },
      { method: 'POST', path: '/call', headers: { 'content-type': 'text/plain' }, body: '{}' }, { path: '/nothing' }, { path: '/download/none' }];
    for (const asked of asks) {
      const { status, body, headers } = await ask(asked);
      expect(status, JSON.stringify(asked)).toBeGreaterThanOrEqual(400);
      expect(body.length, JSON.stringify(asked)).toBeGreaterThan(10);
      expect(headers).toMatchObject({ 'content-security-policy': contentSecurityPolicy('self'), 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' });
    }
  });

  it('listens on 127.0.0.1 only, and says when its port is taken', async () => {
    const { server } = await running();
    const others = Object.values(networkInterfaces()).flat().filter(known => known !== undefined && known.family === 'IPv4' && known.address !== '127.0.0.1').map(known => known?.address ?? '');
    for (const host of ['127.0.0.2', ...others]) {
      const socket = connect(server.port, host);
      const end = await once(socket, 'connect').then(() => 'connected', () => 'refused');
      socket.destroy();
      expect(end, host).toBe('refused');
    }
    const taken = createServer();
    await new Promise<void>(resolve => { taken.listen(0, '127.0.0.1', resolve); });
    open.push({ end: () => taken.close() });
    const { port } = taken.address() as AddressInfo;
    const { uploads, downloads } = await running();
    const second = startLoopbackServer({ files: new Map(), desk: { handle: () => Promise.resolve(done) }, uploads, downloads, onPush: () => () => undefined, port, startAt: '' });
    await expect(second).rejects.toMatchObject({ code: 'host.port-unusable', details: { port } });
  });
});

describe('calls', () => {
  it('pass messages to the desk and its replies back, whatever they hold', async () => {
    const { call, messages } = await running();
    const message = { id: 'a', name: 'view.read', input: { text: '<script>\u2028\ud83d\ude00' } };
    const { status, headers, body } = await call(message);
    expect({ status, type: headers['content-type'], reply: JSON.parse(body) as unknown }).toEqual({ status: 200, type: 'application/json', reply: { ok: true, value: message } });
    await call({ cancel: 'a' });
    expect(messages).toEqual([message, { cancel: 'a' }]);
  });

  it('run beside each other, and go on when their page has gone', async () => {
    const finish: (() => void)[] = [];
    const { call, begin, messages } = await running({ handle: message => (typeof message === 'object' ? Promise.resolve(done) : new Promise(resolve => { finish.push(() => { resolve(done); }); })) });
    const slow = begin({ method: 'POST', path: '/call', headers: { 'content-type': 'application/json' } });
    slow.on('error', () => undefined);
    slow.end('"slow"');
    await eventually(() => messages.length === 1);
    expect((await call({ fast: 1 })).status).toBe(200);
    slow.destroy();
    await pause(20);
    finish[0]?.();
    expect((await call({ fast: 2 })).status).toBe(200);
  });

  it('show signs of life while they last, so that no browser gives up', async () => {
    const { call } = await running({ handle: () => pause(60, done), options: { signOfLifeMs: 10 } });
    const { body, headers } = await call({});
    expect(body).toMatch(/^ +\{"ok":true,"value":1\}$/);
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'content-security-policy': contentSecurityPolicy('self') });
  });

  it.each<[string, string | Buffer]>([['no JSON', '{'], ['nothing', ''], ['no UTF-8', Buffer.from([0x22, 0xff, 0x22])]])('refuse what is %s with a catalogue error', async (_name, body) => {
    const { ask, messages } = await running();
    const answered = await ask({ method: 'POST', path: '/call', headers: { 'content-type': 'application/json' }, body });
    expect(answered.status).toBe(400);
    expect(JSON.parse(answered.body)).toMatchObject({ ok: false, error: { code: 'operation.input-invalid' } });
    expect(messages).toEqual([]);
  });

  it('refuse a body over 1 MiB, announced or not, and answer the next request', async () => {
    const { ask, begin, messages } = await running();
    const announced = begin({ method: 'POST', path: '/call', headers: { 'content-type': 'application/json', 'content-length': String(64 * 1024 ** 2) } });
    announced.on('error', () => undefined);
    announced.flushHeaders();
    const [refused] = await once(announced, 'response') as [IncomingMessage];
    expect(refused.statusCode).toBe(413);
    announced.destroy();
    const chunked = await ask({ method: 'POST', path: '/call', headers: { 'content-type': 'application/json', 'transfer-encoding': 'chunked' }, body: Buffer.alloc(1_100_000, 0x20) });
    expect(chunked.status).toBe(413);
    expect(JSON.parse(chunked.body)).toMatchObject({ ok: false, error: { code: 'operation.input-invalid' } });
    expect(messages).toEqual([]);
    expect((await ask()).status).toBe(200);
  });

  it('are asked for only when they may be sent', async () => {
    const { begin, messages } = await running();
    const expecting = (headers: Record<string, string>) => {
      const request = begin({ method: 'POST', path: '/call', headers: { 'content-type': 'application/json', expect: '100-continue', ...headers } });
      request.on('error', () => undefined);
      request.flushHeaders();
      return request;
    };
    const good = expecting({});
    await once(good, 'continue');
    good.end('{}');
    expect(((await once(good, 'response')) as [IncomingMessage])[0].statusCode).toBe(200);
    const foreign = expecting({ origin: 'https://example.com' });
    const [response] = await once(foreign, 'response') as [IncomingMessage];
    foreign.destroy();
    expect(response.statusCode).toBe(403);
    expect(messages).toEqual([{}]);
  });

  it('give up on a body that does not arrive', async () => {
    const { begin, messages } = await running({ options: { bodyMs: 30 } });
    const slow = begin({ method: 'POST', path: '/call', headers: { 'content-type': 'application/json', 'content-length': '100' } });
    slow.on('error', () => undefined);
    slow.write('{');
    const [response] = await once(slow, 'response') as [IncomingMessage];
    expect(response.statusCode).toBe(408);
    slow.destroy();
    expect(messages).toEqual([]);
  });
});

describe('nonsense on the line', () => {
  it.each<[string, string, RegExp]>([
    ['a header bomb', `GET / HTTP/1.1\r\nHost: x\r\n${'X-Filler: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n'.repeat(2_000)}\r\n`, /^HTTP\/1\.1 431 /],
    ['one endless header', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(100_000)}`, /^HTTP\/1\.1 431 /],
    ['an endless request line', `GET /${'a'.repeat(100_000)}`, /^HTTP\/1\.1 4\d\d /],
    ['no HTTP', 'hello\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', /^HTTP\/1\.1 400 /],
    ['two sizes', 'POST /call HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['a size and chunks', 'POST /call HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['no host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 421 /],
    ['HTTP/1.0 without a host', 'GET / HTTP/1.0\r\n\r\n', /^HTTP\/1\.1 421 /],
  ])('%s gets an answer with a body, and the server lives', async (_name, bytes, expected) => {
    const { raw, ask } = await running();
    const answered = await raw(bytes);
    expect(answered).toMatch(expected);
    expect(answered.split('\r\n\r\n')[1]?.length).toBeGreaterThan(10);
    expect((await ask()).status).toBe(200);
  });

  it('takes a tunnel nowhere and a change of protocol as an ordinary request', async () => {
    const { raw, ask } = await running();
    expect(await raw('CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n')).toBe('');
    expect((await ask({ headers: { upgrade: 'websocket', connection: 'Upgrade' } })).status).toBe(200);
  });
});

describe('events', () => {
  const progress = (rows: number): Push => ({ name: 'export.progress', value: { tenant: 'sample', rows, total: null } });
  async function listening(server: RunningServer): Promise<{ readonly text: () => string; readonly response: IncomingMessage }> {
    const request = server.begin({ path: '/events' });
    request.on('error', () => undefined);
    request.end();
    const [response] = await once(request, 'response') as [IncomingMessage];
    let text = '';
    response.on('data', chunk => { text += String(chunk); });
    response.on('error', () => undefined);
    return { text: () => text, response };
  }

  it('carry every push to every page, and beats of the heart between', async () => {
    const server = await running({ options: { signOfLifeMs: 20 } });
    const pages = [await listening(server), await listening(server)];
    server.push(progress(1));
    server.push(progress(2));
    for (const { text, response } of pages) {
      await eventually(() => text().includes('"rows":2') && text().includes(': still here'));
      expect(response.headers).toMatchObject({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      expect(text()).toContain(`data: ${JSON.stringify(progress(1))}\n\n`);
    }
  });

  it('are for sixteen pages at once, and a page that leaves makes room', async () => {
    const server = await running();
    const pages = [];
    for (let page = 0; page < 16; page += 1) pages.push(await listening(server));
    expect((await server.ask({ path: '/events' })).status).toBe(503);
    pages[0]?.response.destroy();
    await pause(50);
    expect((await listening(server)).response.statusCode).toBe(200);
  });

  it('are cut off for a page that does not read, and go on for the others', async () => {
    const server = await running();
    const slow = await listening(server);
    const quick = await listening(server);
    slow.response.pause();
    let isCut = false;
    slow.response.once('close', () => { isCut = true; });
    const large: Push = { name: 'import.progress', value: { tenant: 'sample', file: 'x'.repeat(1_000_000), read: 0, stored: 0, bytes: 0, totalBytes: null } };
    for (let sent = 0; sent < 30; sent += 1) {
      server.push(large);
      await pause(10);
    }
    slow.response.resume();
    await eventually(() => isCut);
    server.push(progress(7));
    await eventually(() => quick.text().includes('"rows":7'));
  });

  it('end when the host ends, and nothing is left open', async () => {
    const server = await running();
    const { response } = await listening(server);
    const ended = once(response, 'end');
    await server.server.close();
    await ended;
    await expect(server.ask()).rejects.toThrow();
  });
});
