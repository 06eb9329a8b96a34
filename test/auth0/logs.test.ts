/** Reading pages of the log: what is asked, what comes back, and what each refusal means. */
import { describe, expect, it } from 'vitest';
import { HttpFault } from '../../electron/auth0/ports';
import { apiError, canarySecret, connection, failureOf, type FakeAnswer, fakeAuth0, json, never } from './fake-auth0';

const page = { mode: 'checkpoint', from: '900123', take: 100 } as const;
const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const jsonType = { 'content-type': 'application/json' };

describe('a page of the log', () => {
  it('is asked for by checkpoint with nothing but from and take', async () => {
    const { client, requests } = fakeAuth0({});
    await client.logs(connection(), { ...page, from: '900|&x=1' }, never());
    expect(requests[1]?.url).toBe('https://acme.eu.auth0.com/api/v2/logs?from=900%7C%26x%3D1&take=100');
    expect(requests[1]?.headers['authorization']).toBe('Bearer token-1');
  });

  it('is asked for from the oldest by date', async () => {
    const { client, requests } = fakeAuth0({});
    await client.logs(connection(), { mode: 'oldest', take: 50, page: 0 }, never());
    expect(requests[1]?.url).toBe('https://acme.eu.auth0.com/api/v2/logs?sort=date:1&per_page=50&page=0');
  });

  it('comes back as its own bytes, with the next position and the budget', async () => {
    const events = [{ log_id: '900124', text: '\u00e9' }];
    const headers = {
      'link': '<https://acme.eu.auth0.com/api/v2/logs?from=900124&take=100>; rel="next"',
      'x-ratelimit-limit': '10', 'x-ratelimit-remaining': '8', 'x-ratelimit-reset': String(Date.UTC(2026, 0, 15, 12) / 1000 + 3),
    };
    const { client } = fakeAuth0({ logs: () => json(events, 200, headers) });
    const reply = await client.logs(connection(), page, never());
    expect(reply).toEqual({ kind: 'page', body: bytes(events), nextFrom: '900124', budget: { limit: 10, remaining: 8, resetAt: Date.UTC(2026, 0, 15, 12) + 3000 } });
  });

  it('has neither position nor budget where Auth0 gives none, and is not waited for', async () => {
    const { client, clock } = fakeAuth0({ logs: () => json([]) });
    for (let count = 0; count < 20; count++) {
      expect(await client.logs(connection(), page, never())).toEqual({ kind: 'page', body: bytes([]), nextFrom: null, budget: null });
    }
    expect(clock.sleeps).toEqual([]);
  });

  it('may link to the request\'s origin, the domain or the audience, and nothing else', async () => {
    const tenant = connection({ tenant: 'login.example.com', domain: 'login.example.com', acceptedDomain: 'login.example.com', apiOrigin: 'http://127.0.0.1:3999' });
    const linked = async (origin: string): Promise<unknown> => {
      const { client, requests } = fakeAuth0({ logs: () => json([], 200, { link: `<${origin}/api/v2/logs?from=900125&take=9>; rel="next"` }) });
      try {
        return await client.logs(tenant, page, never());
      } finally {
        expect(new Set(requests.map(({ url }) => new URL(url).origin))).toEqual(new Set(['http://127.0.0.1:3999']));
      }
    };
    for (const origin of ['http://127.0.0.1:3999', 'https://login.example.com', 'https://acme.eu.auth0.com']) {
      expect(await linked(origin)).toMatchObject({ nextFrom: '900125' });
    }
    for (const origin of ['http://127.0.0.1:3998', 'https://127.0.0.1:3999', 'http://login.example.com', 'https://foreign.example.org']) {
      expect(await failureOf(linked(origin))).toMatchObject({ code: 'auth0.link-refused', details: { host: '127.0.0.1:3999' } });
    }
  });

  it.each([[400, 'Query validation error: invalid from'], [404, 'log not found']])('is refused as such when Auth0 does not take the position (%i)', async (status, message) => {
    const { client } = fakeAuth0({ logs: () => apiError(status, message) });
    expect(await client.logs(connection(), page, never())).toEqual({ kind: 'refused', status, message });
  });

  it('is refused without repeating the token or the secret', async () => {
    const { client } = fakeAuth0({ logs: () => apiError(400, `no: ${canarySecret} token-1`) });
    expect(await client.logs(connection(), page, never())).toEqual({ kind: 'refused', status: 400, message: 'no: [hidden] [hidden]' });
  });
});

describe('an answer that is not a page', () => {
  const cases: readonly (readonly [string, FakeAnswer, string, object])[] = [
    ['a web page', { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: '<h1>Sign in</h1>' }, 'auth0.bad-response', { problem: 'a web page, perhaps the sign-in of a network or a proxy' }],
    ['plain text', { status: 200, headers: { 'content-type': 'text/plain' }, body: '[]' }, 'auth0.bad-response', {}],
    ['no type', { status: 200, body: '[]' }, 'auth0.bad-response', {}],
    ['a type that only holds the word', { status: 200, headers: { 'content-type': 'text/json-html' }, body: '[]' }, 'auth0.bad-response', {}],
    ['nothing (204)', { status: 204 }, 'auth0.bad-response', { problem: 'status 204 where a page was due' }],
    ['a part (206)', { status: 206, headers: jsonType, body: '[]' }, 'auth0.bad-response', {}],
    ['gzip that was not asked for', { status: 200, headers: { ...jsonType, 'content-encoding': 'gzip' }, body: 'x' }, 'auth0.bad-response', {}],
    ['a permanent redirect', { status: 301, headers: { location: 'https://foreign.example.org/' } }, 'auth0.redirected', {}],
    ['not modified', { status: 304 }, 'auth0.redirected', {}],
    ['a promise of 33 MiB', { status: 200, headers: { ...jsonType, 'content-length': String(33 << 20) }, body: '[]' }, 'auth0.too-large', {}],
    ['33 MiB without a promise', { status: 200, headers: jsonType, body: Array<string>(33).fill(' '.repeat(1 << 20)) }, 'auth0.too-large', {}],
    ['a 404 of something else than the API', { status: 404, headers: { 'content-type': 'text/html' }, body: 'gone' }, 'auth0.bad-response', { problem: 'status 404 without an error of the API' }],
    ['a 400 of something else than the API', { status: 400, headers: jsonType, body: '["no"]' }, 'auth0.bad-response', {}],
    ['an address that is too long', { status: 414, headers: { 'content-type': 'text/html' }, body: 'long' }, 'auth0.refused', { status: 414, message: 'no explanation' }],
    ['a forbidding gateway', { status: 403, headers: { 'content-type': 'text/html' }, body: 'no' }, 'auth0.refused', { status: 403 }],
    ['another prohibition', apiError(403, 'This endpoint is disabled'), 'auth0.refused', { status: 403, message: 'This endpoint is disabled' }],
    ['a missing scope', apiError(403, 'Insufficient scope, expected any of: read:logs, read:logs_users', { errorCode: 'insufficient_scope' }), 'auth0.scope-missing', { scope: 'read:logs or read:logs_users' }],
    ['a missing scope without its name', apiError(403, 'Insufficient scope', { errorCode: 'insufficient_scope' }), 'auth0.scope-missing', { scope: 'read:logs' }],
    ['a certificate nobody trusts', new HttpFault('tls', 'not trusted'), 'auth0.unreachable', { problem: 'not trusted' }],
    ['a proxy that wants a sign-in', new HttpFault('blocked', 'the proxy asks for a sign-in'), 'auth0.unreachable', {}],
  ];

  it.each(cases)('fails at once with %s', async (_, answer, code, details) => {
    const { client, counts, clock } = fakeAuth0({ logs: () => answer });
    expect(await failureOf(client.logs(connection(), page, never()))).toMatchObject({ code, details });
    expect(counts.logs).toBe(1);
    expect(clock.sleeps).toEqual([]);
  });

  it('is a timeout when it drips, though it never falls silent', async () => {
    const auth0 = fakeAuth0({});
    const drops = Array<string>(200).fill(' ');
    const send = { status: 200, headers: jsonType, body: drops };
    const slow = fakeAuth0({ logs: () => send });
    const original = slow.clock.elapsed;
    let drip = 0;
    Object.assign(slow.clock, { elapsed: () => original() + (drip += 1000) });
    expect((await failureOf(slow.client.logs(connection(), page, never()))).code).toBe('auth0.timeout');
    expect(await auth0.client.logs(connection(), page, never())).toMatchObject({ kind: 'page' });
  });
});
