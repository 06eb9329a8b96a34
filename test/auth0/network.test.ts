/** Which way a request takes: proxies, their exceptions, and addresses that are not public. */
import type { LookupAddress } from 'node:dns';
import { afterEach, describe, expect, it } from 'vitest';
import { createAuth0Client } from '../../electron/auth0/index';
import { HttpFault } from '../../electron/auth0/ports';
import { AddressNotPublic, isPublicAddress, publicOnly } from '../../electron/node/public-address';
import { canarySecret, connectInput, failureOf, fakeClock, never } from './fake-auth0';
import { get, localServers, sendJson, textOf } from './local-servers';

const local = localServers();
afterEach(local.closeAll);

const kindOf = (work: Promise<unknown>): Promise<string> => work.then(() => 'answered', (error: unknown) => (error instanceof HttpFault ? `${error.kind}: ${error.problem}` : String(error)));

describe('a proxy', () => {
  const answering = () => local.http((_request, response) => { sendJson(response, ['hello']); });

  it('is asked for names that only it knows', async () => {
    const seen: string[] = [];
    const server = await answering();
    const proxy = await local.proxy({ 'api.example.com:80': server.port }, seen);
    const response = await local.client({ HTTP_PROXY: proxy.origin }).send(get('http://api.example.com/x'));
    expect(await textOf(response.body)).toBe('["hello"]');
    expect(seen).toEqual(['api.example.com:80']);
  });

  it('may be given without http:// and in lower case', async () => {
    const seen: string[] = [];
    const server = await answering();
    const proxy = await local.proxy({ 'api.example.com:80': server.port }, seen);
    await local.client({ http_proxy: `127.0.0.1:${proxy.port}`, HTTP_PROXY: 'http://192.0.2.1:9' }).send(get('http://api.example.com/x'));
    expect(seen).toEqual(['api.example.com:80']);
  });

  it('is never asked for this machine', async () => {
    const seen: string[] = [];
    const server = await answering();
    const proxy = await local.proxy({}, seen);
    const client = local.client({ HTTP_PROXY: proxy.origin, HTTPS_PROXY: proxy.origin });
    for (const host of ['127.0.0.1', 'localhost']) {
      expect(await textOf((await client.send(get(`http://${host}:${server.port}/`))).body)).toBe('["hello"]');
    }
    expect(seen).toEqual([]);
  });

  it('is not asked for what NO_PROXY names', async () => {
    const seen: string[] = [];
    const proxy = await local.proxy({}, seen);
    for (const NO_PROXY of ['nobody.invalid', '.invalid', 'example.org, nobody.invalid:443', '*']) {
      await kindOf(local.client({ HTTPS_PROXY: proxy.origin, NO_PROXY }).send(get('https://nobody.invalid/')));
    }
    expect(seen).toEqual([]);
    await kindOf(local.client({ HTTPS_PROXY: proxy.origin, NO_PROXY: 'example.org' }).send(get('https://nobody.invalid/')));
    expect(seen).toEqual(['nobody.invalid:443']);
  });

  it('is named when it refuses', async () => {
    for (const [status, expected] of [[407, 'blocked: the proxy asks for a sign-in'], [403, 'unreachable: the proxy answered 403'], [502, 'unreachable: the proxy answered 502']] as const) {
      const proxy = await local.proxy({}, [], status);
      expect(await kindOf(local.client({ HTTPS_PROXY: proxy.origin }).send(get('https://login.example.com/')))).toBe(expected);
    }
  });

  it('is waited for no longer than the headers of the answer', async () => {
    const silent = await local.raw(() => undefined);
    expect(await kindOf(local.client({ HTTPS_PROXY: silent.origin }).send(get('https://login.example.com/', { headerTimeoutMs: 100 })))).toBe('timeout: no answer in time');
  });

  it('that hangs up is not asked again and again', async () => {
    let calls = 0;
    const rude = await local.raw((socket) => {
      calls++;
      socket.destroy();
    });
    expect(await kindOf(local.client({ HTTPS_PROXY: rude.origin }).send(get('https://login.example.com/', { headerTimeoutMs: 1000 })))).not.toBe('answered');
    expect(calls).toBeLessThan(5);
  });

  it('that is no URL is told, without its password', async () => {
    expect(await kindOf(local.client({ HTTPS_PROXY: 'http://me:canary@:x' }).send(get('https://login.example.com/')))).toBe('blocked: the proxy setting is not a URL');
  });

  it('that cannot be reached is told without its address or password', async () => {
    const { port } = await local.raw(() => undefined);
    await local.closeAll();
    expect(await kindOf(local.client({ HTTPS_PROXY: `http://me:canary@127.0.0.1:${port}` }).send(get('https://login.example.com/')))).toBe('unreachable: nothing listens there');
  });

  it('gets its own password, and the server does not', async () => {
    const heard: string[] = [];
    const proxy = await local.raw((socket) => socket.once('data', (data) => {
      heard.push(data.toString());
      socket.end('HTTP/1.1 502 No\r\ncontent-length: 0\r\n\r\n');
    }));
    await kindOf(local.client({ HTTPS_PROXY: `http://me:pass@127.0.0.1:${proxy.port}` }).send(get('https://login.example.com/', { headers: { authorization: 'Bearer canary' } })));
    expect(heard.join()).toContain(`proxy-authorization: Basic ${Buffer.from('me:pass').toString('base64')}`);
    expect(heard.join()).not.toContain('canary');
  });
});

describe('addresses', () => {
  const open = ['8.8.8.8', '1.1.1.1', '172.15.255.255', '172.32.0.1', '100.63.255.255', '100.128.0.1', '192.169.0.1', '11.0.0.1', '223.255.255.255', '2606:4700::1111', '2a00:1450:4001:800::200e', '::ffff:8.8.8.8', '::ffff:808:808', '64:ff9b::8.8.8.8', '64:ff9b::808:808', '2001:4860:4860::8888'];
  const closed = [
    '127.0.0.1', '127.255.255.254', '0.0.0.0', '0.1.2.3', '10.0.0.1', '10.255.255.255', '100.64.0.1', '100.127.255.255', '169.254.169.254', '169.254.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '192.0.0.192', '192.0.2.1', '198.18.0.1', '198.19.255.255', '198.51.100.7', '203.0.113.9', '224.0.0.1', '239.1.1.1', '240.0.0.1', '255.255.255.255',
    '::', '::1', 'fe80::1', 'fe80::1%lo', 'febf::1', 'fc00::1', 'fd12:3456::1', 'fd00:ec2::254', 'ff02::1', 'fec0::1', '2001:db8::1', '2001::1', '2002:7f00:1::', '2002:0a00:0001::1', '100::1', '3fff::1', '4000::1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:10.0.0.1', '::ffff:169.254.169.254', '64:ff9b::127.0.0.1', '64:ff9b::a00:1', '64:ff9b:1::10.0.0.1', '::127.0.0.1', '0:0:0:0:0:ffff:7f00:0001',
    'localhost', '', '127.1', '2130706433', '0x7f.1', 'acme.auth0.com', '1.2.3.4.5',
  ];
  it.each(open)('%s is public', (address) => { expect(isPublicAddress(address)).toBe(true); });
  it.each(closed)('%j is not', (address) => { expect(isPublicAddress(address)).toBe(false); });

  const lookUp = (answers: readonly LookupAddress[], all: boolean): Promise<unknown> => new Promise((resolve) => {
    publicOnly((_hostname, _options, done) => { done(null, answers); })('login.example.com', { all }, (error, address, family) => { resolve(error ?? [address, family]); });
  });

  it('are given to a socket when all of a name\'s are public', async () => {
    const answers = [{ address: '8.8.8.8', family: 4 }, { address: '2606:4700::1111', family: 6 }];
    expect(await lookUp(answers, true)).toEqual([answers, undefined]);
    expect(await lookUp(answers, false)).toEqual(['8.8.8.8', 4]);
  });

  it('are withheld when one of them is not, or there is none', async () => {
    for (const private4 of ['127.0.0.1', '10.0.0.1', '169.254.169.254']) {
      const answers = [{ address: '8.8.8.8', family: 4 }, { address: private4, family: 4 }];
      expect(await lookUp(answers, true)).toBeInstanceOf(AddressNotPublic);
      expect(await lookUp([...answers].reverse(), false)).toBeInstanceOf(AddressNotPublic);
    }
    expect(await lookUp([], true)).toBeInstanceOf(AddressNotPublic);
  });

  it('are judged by each lookup anew, so that a name that moves home is caught', async () => {
    let round = 0;
    const rebinding = publicOnly((_hostname, _options, done) => { done(null, [{ address: round++ % 2 === 0 ? '8.8.8.8' : '127.0.0.1', family: 4 }]); });
    for (let count = 0; count < 30; count++) {
      const outcome = await new Promise<unknown>((resolve) => { rebinding('login.example.com', { all: true }, (error, addresses) => { resolve(error ?? addresses); }); });
      if (count % 2 === 0) expect(outcome).toEqual([{ address: '8.8.8.8', family: 4 }]);
      else expect(outcome).toBeInstanceOf(AddressNotPublic);
    }
  });

  it('that are not public are not connected to where only public ones are meant', async () => {
    let reached = 0;
    const server = await local.http((_request, response) => {
      reached++;
      sendJson(response, []);
    });
    const client = local.client();
    for (const host of ['localhost', '127.0.0.1', '[::1]', '0.0.0.0', '[::ffff:127.0.0.1]', '2130706433', '10.0.0.1', '169.254.169.254', 'ip6-localhost']) {
      expect(await kindOf(client.send(get(`http://${host}:${server.port}/`, { network: 'public-only' })))).toMatch(/^(blocked: its address is not on the public internet|unreachable: .*)$/);
    }
    expect(reached).toBe(0);
  });
});

describe('the secret', () => {
  it('and the token reach one origin only, whatever that one answers', async () => {
    const strange: string[] = [];
    const foreign = await local.http((request, response) => {
      strange.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
      sendJson(response, []);
    });
    const attacks: readonly ((path: string) => Record<string, string>)[] = [
      (path) => ({ location: foreign.origin + path }),
      (path) => ({ link: `<${foreign.origin}${path}?from=1>; rel="next"` }),
      (path) => ({ link: `<//127.0.0.1:${foreign.port}${path}?from=1>; rel="next"` }),
      (path) => ({ refresh: `0; url=${foreign.origin}${path}` }),
      (path) => ({ 'content-location': foreign.origin + path, 'alt-svc': `h2="127.0.0.1:${foreign.port}"` }),
    ];
    for (const attack of attacks) {
      for (const status of [200, 301, 302, 303, 307, 308]) {
        for (const target of ['/oauth/token', '/api/v2/logs']) {
          const home = await local.http((request, response) => {
            const path = new URL(request.url ?? '', 'http://home.invalid').pathname;
            const isTarget = path === target;
            for (const [name, value] of Object.entries(isTarget ? attack(path) : {})) response.setHeader(name, value);
            const body = path === '/oauth/token' ? { access_token: 'token-1', scope: 'read:logs', expires_in: 86_400 } : [];
            sendJson(response, body, isTarget ? status : 200);
          });
          const client = createAuth0Client({ http: local.client(), clock: fakeClock(), random: () => 0 });
          const input = connectInput({ apiOrigin: home.origin });
          const outcome = client.check(input, never()).then(({ connection }) => client.logs(connection, { mode: 'oldest', take: 1, page: 0 }, never()));
          if (status !== 200) expect((await failureOf(outcome)).code).toBe('auth0.redirected');
          else await outcome.catch(() => undefined);
        }
      }
    }
    expect(strange).toEqual([]);
  });

  it('is sent in the token request\'s body and nowhere else', async () => {
    const heard: string[] = [];
    const server = await local.http(async (request, response) => {
      heard.push(`${request.url} ${JSON.stringify(request.headers)}`);
      const body = await textOf(request);
      sendJson(response, request.url === '/oauth/token' && body.includes(canarySecret) ? { access_token: 'token-1', scope: 'read:logs' } : []);
    });
    const client = createAuth0Client({ http: local.client(), clock: fakeClock(), random: () => 0 });
    const { connection } = await client.check(connectInput({ apiOrigin: server.origin }), never());
    expect(await client.logs(connection, { mode: 'checkpoint', from: '900', take: 100 }, never())).toMatchObject({ kind: 'page' });
    expect(heard).toHaveLength(3);
    expect(heard.join()).not.toContain(canarySecret);
  });
});
