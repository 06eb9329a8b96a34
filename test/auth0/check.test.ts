/** Connecting a tenant: where the secret goes, which scopes are told, and what each refusal means. */
import { describe, expect, it } from 'vitest';
import { HttpFault } from '../../electron/auth0/ports';
import { apiError, canarySecret, connectInput, failureOf, type FakeAnswer, fakeAuth0, json, never, token } from './fake-auth0';

const body = (text: string | undefined): unknown => JSON.parse(text ?? '');

describe('connecting a tenant', () => {
  it('asks its domain for a token and then for one event', async () => {
    const { client, requests, clock } = fakeAuth0({});
    const { connection, scopes } = await client.check(connectInput({ domain: 'Acme.EU.auth0.com' }), never());
    expect(connection).toEqual({
      tenant: 'acme.eu.auth0.com', domain: 'acme.eu.auth0.com', apiOrigin: null, audienceDomain: 'acme.eu.auth0.com', acceptedDomain: null, clientId: 'client-1', clientSecret: canarySecret,
    });
    expect(scopes).toEqual({
      granted: ['read:logs', 'read:users'],
      missing: ['read:organizations', 'read:connections', 'read:clients', 'read:stats', 'read:log_streams'],
    });
    const [first, second] = requests;
    expect(first).toMatchObject({ method: 'POST', url: 'https://acme.eu.auth0.com/oauth/token', network: 'public-only', headerTimeoutMs: 15_000, idleTimeoutMs: 30_000 });
    expect(first?.headers).toMatchObject({ 'content-type': 'application/json', 'accept-encoding': 'identity' });
    expect(body(first?.body)).toEqual({ grant_type: 'client_credentials', client_id: 'client-1', client_secret: canarySecret, audience: 'https://acme.eu.auth0.com/api/v2/' });
    expect(second).toMatchObject({ method: 'GET', url: 'https://acme.eu.auth0.com/api/v2/logs?per_page=1&page=0', headers: { authorization: 'Bearer token-1' } });
    expect(requests).toHaveLength(2);
    expect(clock.sleeps).toEqual([]);
  });

  it('asks a custom domain, naming the tenant\'s own domain as the audience', async () => {
    const { client, requests } = fakeAuth0({});
    const { connection } = await client.check(connectInput({ domain: 'login.example.com', acceptDomain: 'LOGIN.example.com', audienceDomain: 'Acme.eu.auth0.com' }), never());
    expect(connection).toMatchObject({ tenant: 'login.example.com', acceptedDomain: 'login.example.com', audienceDomain: 'acme.eu.auth0.com' });
    expect(requests.map(({ url }) => new URL(url).origin)).toEqual(['https://login.example.com', 'https://login.example.com']);
    expect(body(requests[0]?.body)).toMatchObject({ audience: 'https://acme.eu.auth0.com/api/v2/' });
  });

  it('asks the API origin for both, which may be in a private network', async () => {
    const { client, requests } = fakeAuth0({});
    const { connection } = await client.check(connectInput({ apiOrigin: 'http://127.0.0.1:3999/' }), never());
    expect(connection).toMatchObject({ tenant: 'acme.eu.auth0.com', apiOrigin: 'http://127.0.0.1:3999' });
    expect(requests.map(({ url, network }) => [url, network])).toEqual([['http://127.0.0.1:3999/oauth/token', 'any'], ['http://127.0.0.1:3999/api/v2/logs?per_page=1&page=0', 'any']]);
    expect(body(requests[0]?.body)).toMatchObject({ audience: 'https://acme.eu.auth0.com/api/v2/' });
  });

  const consents: readonly (readonly [Parameters<typeof connectInput>[0], string | null])[] = [
    [{ apiOrigin: 'https://ACME.eu.auth0.com' }, null],
    [{ apiOrigin: 'https://acme.us.auth0.com', acceptDomain: 'api.example.com' }, null],
    [{ apiOrigin: 'https://[::1]:3999' }, null],
    [{ apiOrigin: 'https://api.example.com:8443', acceptDomain: 'API.example.com' }, 'api.example.com'],
    [{ apiOrigin: 'https://192.0.2.1', acceptDomain: '192.0.2.1' }, '192.0.2.1'],
    [{ domain: 'login.example.com', acceptDomain: 'api.example.com', apiOrigin: 'https://api.example.com' }, 'api.example.com'],
    [{ domain: 'login.example.com', acceptDomain: 'login.example.com', apiOrigin: 'https://login.example.com:8443' }, 'login.example.com'],
    [{ domain: 'login.example.com', acceptDomain: 'login.example.com', apiOrigin: 'http://127.0.0.1:3999' }, 'login.example.com'],
  ];
  it.each(consents)('sends the secret to the host that was accepted, or that needs no consent: %j', async (changes, acceptedDomain) => {
    const { client, requests } = fakeAuth0({});
    const { connection } = await client.check(connectInput(changes), never());
    expect(connection.acceptedDomain).toBe(acceptedDomain);
    if (acceptedDomain !== null && changes?.apiOrigin?.startsWith('https') === true) expect(new URL(requests[0]?.url ?? '').hostname).toBe(acceptedDomain);
  });

  it('names the host that the secret would go to when it asks for consent', async () => {
    const { client } = fakeAuth0({});
    expect(await failureOf(client.check(connectInput({ apiOrigin: 'https://API.example.com:8443' }), never()))).toMatchObject({
      message: 'api.example.com is not a tenant\'s usual address at Auth0', details: { domain: 'api.example.com' },
    });
  });

  it('takes read:logs_users in place of read:logs', async () => {
    const { client } = fakeAuth0({ token: () => token('token-1', { scope: 'read:logs_users' }) });
    const { scopes } = await client.check(connectInput(), never());
    expect(scopes.granted).toEqual(['read:logs_users']);
    expect(scopes.missing).not.toContain('read:logs');
  });

  it('lets the log itself decide when the token reply names no scopes', async () => {
    const silent = () => token('token-1', { scope: undefined });
    const { client } = fakeAuth0({ token: silent });
    expect((await client.check(connectInput(), never())).scopes).toEqual({ granted: ['read:logs'], missing: [] });
    const closed = fakeAuth0({ token: silent, logs: () => apiError(403, 'Insufficient scope, expected any of: read:logs,read:logs_users', { errorCode: 'insufficient_scope' }) });
    expect(await failureOf(closed.client.check(connectInput(), never()))).toMatchObject({ code: 'auth0.scope-missing', details: { scope: 'read:logs or read:logs_users' } });
  });

  it.each(['read:users', '', 'read:logsx', 'update:logs'])('names read:logs as missing when the grant is %j, without reading anything', async (scope) => {
    const { client, counts } = fakeAuth0({ token: () => token('token-1', { scope }) });
    expect(await failureOf(client.check(connectInput(), never()))).toMatchObject({ code: 'auth0.scope-missing', details: { scope: 'read:logs' }, exitCode: 4 });
    expect(counts.logs).toBe(0);
  });

  it('uses the same token for the first page afterwards', async () => {
    const { client, counts } = fakeAuth0({});
    const { connection } = await client.check(connectInput(), never());
    await client.logs(connection, { mode: 'oldest', take: 100, page: 0 }, never());
    expect(counts).toEqual({ token: 1, logs: 2 });
  });

  it('keeps a person waiting once and not for long', async () => {
    const { client, counts, clock } = fakeAuth0({ logs: () => apiError(429, 'Global limit has been reached') });
    expect(await failureOf(client.check(connectInput(), never()))).toMatchObject({ code: 'auth0.rate-limited', exitCode: 5 });
    expect(counts).toEqual({ token: 1, logs: 2 });
    const strict = fakeAuth0({ logs: () => ({ ...apiError(429, 'Global limit has been reached'), headers: { 'retry-after': '60' } }) });
    expect((await failureOf(strict.client.check(connectInput(), never()))).code).toBe('auth0.rate-limited');
    expect([strict.counts.logs, strict.clock.sleeps]).toEqual([1, []]);
    expect(clock.sleeps).toHaveLength(1);
  });
});

describe('a domain that breaks the rule', () => {
  it('is refused before anything is sent', async () => {
    const cases: readonly (readonly [Parameters<typeof connectInput>[0], string, number])[] = [
      [{ domain: 'https://acme.eu.auth0.com' }, 'tenant.domain-invalid', 2],
      [{ domain: '127.0.0.1' }, 'tenant.domain-invalid', 2],
      [{ domain: 'manage.auth0.com', acceptDomain: 'manage.auth0.com' }, 'tenant.domain-invalid', 2],
      [{ domain: 'login.example.com' }, 'tenant.domain-needs-consent', 2],
      [{ domain: 'login.example.com', acceptDomain: 'login.example.org' }, 'tenant.domain-needs-consent', 2],
      [{ domain: 'login.example.com', acceptDomain: '' }, 'tenant.domain-needs-consent', 2],
      [{ domain: 'login.example.com', apiOrigin: 'http://127.0.0.1:1' }, 'tenant.domain-needs-consent', 2],
      [{ apiOrigin: 'https://api.example.com' }, 'tenant.domain-needs-consent', 2],
      [{ apiOrigin: 'https://api.example.com:8443', acceptDomain: 'acme.eu.auth0.com' }, 'tenant.domain-needs-consent', 2],
      [{ apiOrigin: 'https://acme.eux.auth0.com' }, 'tenant.domain-needs-consent', 2],
      [{ apiOrigin: 'https://192.0.2.1' }, 'tenant.domain-needs-consent', 2],
      [{ domain: 'login.example.com', acceptDomain: 'login.example.com', apiOrigin: 'https://api.example.com' }, 'tenant.domain-needs-consent', 2],
      [{ domain: 'login.example.com', apiOrigin: 'https://login.example.com' }, 'tenant.domain-needs-consent', 2],
      [{ domain: 'login.example.com', apiOrigin: 'https://acme.eu.auth0.com' }, 'tenant.domain-needs-consent', 2],
      [{ apiOrigin: 'http://login.example.com' }, 'tenant.api-origin-invalid', 2],
      [{ apiOrigin: 'https://acme.eu.auth0.com/api/v2' }, 'tenant.api-origin-invalid', 2],
      [{ audienceDomain: 'https://acme.eu.auth0.com/api/v2/' }, 'tenant.domain-invalid', 2],
      [{ audienceDomain: 'manage.auth0.com' }, 'tenant.domain-invalid', 2],
      [{ clientId: '' }, 'operation.input-invalid', 2],
      [{ clientSecret: '' }, 'operation.input-invalid', 2],
    ];
    for (const [changes, code, exitCode] of cases) {
      const { client, requests } = fakeAuth0({});
      expect(await failureOf(client.check(connectInput(changes), never()))).toMatchObject({ code, exitCode });
      expect(requests).toEqual([]);
    }
  });

  it('is shown without the password that was typed with it', async () => {
    const { client } = fakeAuth0({});
    for (const changes of [{ domain: `https://me:${canarySecret}@acme.eu.auth0.com` }, { domain: `${canarySecret}@acme.eu.auth0.com` }, { apiOrigin: `https://me:${canarySecret}@acme.eu.auth0.com/` }]) {
      expect((await failureOf(client.check(connectInput(changes), never()))).message).toContain('acme.eu.auth0.com');
    }
  });
});

const oauth = (status: number, error: string, description = '', headers = {}): FakeAnswer => json({ error, error_description: description }, status, headers);

describe('what the token endpoint says', () => {
  const cases: readonly (readonly [string, FakeAnswer, string, object])[] = [
    ['a wrong secret', oauth(401, 'access_denied', 'Unauthorized'), 'auth0.credentials-rejected', {}],
    ['an unknown client', oauth(401, 'invalid_client', 'Client authentication failed'), 'auth0.credentials-rejected', {}],
    ['an application of another kind', oauth(403, 'unauthorized_client', 'Grant type not allowed for the client.'), 'auth0.credentials-rejected', {}],
    ['an unknown client as a bad request', oauth(400, 'invalid_client', 'No such client'), 'auth0.credentials-rejected', {}],
    ['no grant', oauth(403, 'access_denied', 'Client is not authorized to access "https://acme.eu.auth0.com/api/v2/". You need to create a "client-grant".'), 'auth0.grant-missing', {}],
    ['an unknown audience', oauth(403, 'access_denied', 'Service not enabled within domain: https://login.example.com/api/v2/'), 'auth0.audience-rejected', { audience: 'https://acme.eu.auth0.com/api/v2/' }],
    ['a bad request', oauth(400, 'invalid_request', 'Missing required parameter: grant_type'), 'auth0.refused', { status: 400, message: 'Missing required parameter: grant_type' }],
    ['a code without words', oauth(400, 'unsupported_grant_type'), 'auth0.refused', { status: 400, message: 'unsupported_grant_type' }],
    ['a page that is not there', { status: 404, headers: { 'content-type': 'text/html' }, body: '<h1>Not Found</h1>' }, 'auth0.refused', { status: 404, message: 'no explanation' }],
    ['a forbidding gateway', { status: 403, headers: { 'content-type': 'text/html' }, body: '<h1>Forbidden</h1>' }, 'auth0.refused', { status: 403 }],
    ['a redirect', { status: 302, headers: { location: 'https://foreign.example.org/oauth/token' } }, 'auth0.redirected', { host: 'acme.eu.auth0.com' }],
    ['a captive portal', { status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>Sign in</h1>' }, 'auth0.bad-response', { host: 'acme.eu.auth0.com' }],
    ['no token', json({ token_type: 'Bearer' }), 'auth0.bad-response', {}],
    ['a token that would break a header', token('a\r\nx-evil: 1'), 'auth0.bad-response', {}],
    ['an empty token', token(''), 'auth0.bad-response', {}],
    ['a token that is no text', token(7 as unknown as string), 'auth0.bad-response', {}],
    ['a list', json([]), 'auth0.bad-response', {}],
    ['half a reply', { headers: { 'content-type': 'application/json' }, body: '{"access_token":"x' }, 'auth0.bad-response', {}],
    ['a quota that is used up', oauth(429, 'too_many_requests', 'Client quota exceeded', { 'retry-after': '3600' }), 'auth0.rate-limited', {}],
    ['an outage', { status: 503, body: 'down' }, 'auth0.server-error', { status: 503 }],
    ['a name nobody knows', new HttpFault('unreachable', 'the name is not known'), 'auth0.unreachable', { host: 'acme.eu.auth0.com', problem: 'the name is not known' }],
    ['silence', new HttpFault('timeout', 'no answer in time'), 'auth0.timeout', { host: 'acme.eu.auth0.com' }],
    ['a certificate nobody trusts', new HttpFault('tls', 'its certificate is not accepted'), 'auth0.unreachable', { problem: 'its certificate is not accepted' }],
    ['a private address', new HttpFault('blocked', 'its address is not on the public internet'), 'auth0.unreachable', {}],
  ];

  it.each(cases)('is told for %s', async (_, answer, code, details) => {
    const { client, counts } = fakeAuth0({ token: () => answer });
    expect(await failureOf(client.check(connectInput(), never()))).toMatchObject({ code, details });
    expect(counts.logs).toBe(0);
    expect(counts.token).toBeLessThanOrEqual(2);
  });

  it('is never told with the secret in it', async () => {
    const { client } = fakeAuth0({ token: () => oauth(400, 'invalid_request', `client_secret ${canarySecret} \u202e\u0000 and eyJhbGciOi.eyJpc3Mi.c2ln are wrong ${'x'.repeat(1000)}`) });
    const failure = await failureOf(client.check(connectInput(), never()));
    expect(failure.message).toMatch(/client_secret \[hidden\]\s+and \[hidden\] are wrong x+$/);
    expect(failure.message.length).toBeLessThan(400);
  });
});

describe('what the log says to a new connection', () => {
  const cases: readonly (readonly [string, FakeAnswer, string])[] = [
    ['a token it does not take', apiError(401, 'Invalid token'), 'auth0.token-rejected'],
    ['a token it cannot read', apiError(400, 'Bad HTTP authentication header format', { errorCode: 'Bearer' }), 'auth0.token-rejected'],
    ['another scope', apiError(403, 'Insufficient scope, expected any of: read:logs', { errorCode: 'insufficient_scope' }), 'auth0.scope-missing'],
    ['nothing there', apiError(404, 'Not Found'), 'auth0.refused'],
    ['something else than a list', json({ hello: 'world' }), 'auth0.bad-response'],
    ['nothing at all', json(undefined), 'auth0.bad-response'],
    ['a way elsewhere', { status: 307, headers: { location: '/api/v2/logs' } }, 'auth0.redirected'],
  ];

  it.each(cases)('is told for %s', async (_, answer, code) => {
    const { client, counts } = fakeAuth0({ logs: () => answer });
    expect((await failureOf(client.check(connectInput(), never()))).code).toBe(code);
    expect(counts).toEqual({ token: 1, logs: 1 });
  });
});
