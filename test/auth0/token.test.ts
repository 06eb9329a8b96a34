/** The access token: cached, renewed in time by the monotonic clock, and never asked for in a storm. */
import { describe, expect, it } from 'vitest';
import { HttpFault } from '../../electron/auth0/ports';
import { apiError, canarySecret, connectInput, connection, failureOf, type FakeAnswer, fakeAuth0, json, never, token } from './fake-auth0';

const page = { mode: 'checkpoint', from: '900123', take: 100 } as const;
const refusedToken = (): FakeAnswer => json({ error: 'access_denied', error_description: 'Unauthorized' }, 401);
const minute = 60_000;

describe('the token', () => {
  it('is asked for once and used until five minutes before its end', async () => {
    const auth0 = fakeAuth0({ token: (_, count) => token(`fresh-${count}`) });
    const read = () => auth0.client.logs(connection(), page, never());
    await read();
    auth0.clock.advance(86_400_000 - 5 * minute - 1);
    await read();
    expect(auth0.counts.token).toBe(1);
    auth0.clock.advance(2);
    await read();
    expect(auth0.counts.token).toBe(2);
    expect(auth0.requests.at(-1)?.headers['authorization']).toBe('Bearer fresh-1');
  });

  it('expires by the monotonic clock, whatever happens to the wall clock', async () => {
    const auth0 = fakeAuth0({});
    await auth0.client.logs(connection(), page, never());
    for (const year of [1990, 2040]) {
      Object.assign(auth0.clock, { now: () => Date.UTC(year, 0) });
      await auth0.client.logs(connection(), page, never());
    }
    expect(auth0.counts.token).toBe(1);
  });

  const lives: readonly (readonly [unknown, number])[] = [[100, 90_000], ['100', 90_000], [undefined, 3_300_000], [-5, 3_300_000], ['soon', 3_300_000], [0, 3_300_000], [1e12, 30 * 86_400_000 - 300_000]];
  it.each(lives)('with a life of %j is renewed after %i ms', async (expires_in, ms) => {
    const auth0 = fakeAuth0({ token: () => token('t', { expires_in }) });
    await auth0.client.logs(connection(), page, never());
    auth0.clock.advance(ms - 1);
    await auth0.client.logs(connection(), page, never());
    expect(auth0.counts.token).toBe(1);
    auth0.clock.advance(1);
    await auth0.client.logs(connection(), page, never());
    expect(auth0.counts.token).toBe(2);
  });

  it('is opaque: one that is no JWT does as well', async () => {
    const auth0 = fakeAuth0({ token: () => token('opaque_0') });
    expect(await auth0.client.logs(connection(), page, never())).toMatchObject({ kind: 'page' });
  });

  it('is shared by reads that begin together', async () => {
    const auth0 = fakeAuth0({});
    await Promise.all([1, 2, 3, 4].map(() => auth0.client.logs(connection(), page, never())));
    expect(auth0.counts).toEqual({ token: 1, logs: 4 });
  });

  it('is asked for by the next read when the one that began it was stopped', async () => {
    const abort = new AbortController();
    const stop = (): FakeAnswer => {
      abort.abort();
      return new HttpFault('cancelled', 'it was stopped');
    };
    const auth0 = fakeAuth0({ token: (_, count) => (count === 0 ? stop() : token()) });
    const [first, second] = [auth0.client.logs(connection(), page, abort.signal), auth0.client.logs(connection(), page, never())];
    expect((await failureOf(first)).code).toBe('operation.cancelled');
    expect(await second).toMatchObject({ kind: 'page' });
    expect(auth0.counts.token).toBe(2);
  });

  it('is not waited for by a read that is stopped', async () => {
    const abort = new AbortController();
    const auth0 = fakeAuth0({ token: () => new Promise<FakeAnswer>(() => undefined) });
    void auth0.client.logs(connection(), page, never());
    const second = auth0.client.logs(connection(), page, abort.signal);
    abort.abort();
    expect((await failureOf(second)).code).toBe('operation.cancelled');
  });

  it('belongs to its credentials: a rotated secret asks for a new one', async () => {
    const auth0 = fakeAuth0({});
    await auth0.client.logs(connection(), page, never());
    await auth0.client.logs(connection({ clientSecret: 'another-secret-0123456789' }), page, never());
    await auth0.client.logs(connection({ apiOrigin: 'http://127.0.0.1:3999' }), page, never());
    expect(auth0.counts.token).toBe(3);
  });
});

describe('a token that Auth0 turns down', () => {
  it('is replaced once, silently', async () => {
    const auth0 = fakeAuth0({
      token: (_, count) => token(`fresh-${count}`),
      logs: (request) => (request.headers['authorization'] === 'Bearer fresh-0' ? apiError(401, 'Expired token received for JSON Web Token validation') : json([])),
    });
    expect(await auth0.client.logs(connection(), page, never())).toMatchObject({ kind: 'page' });
    expect(auth0.counts).toEqual({ token: 2, logs: 2 });
  });

  it.each([apiError(401, 'Invalid token'), apiError(400, 'Bad HTTP authentication header format')])('and again is a credential problem, without a storm', async (answer) => {
    const auth0 = fakeAuth0({ logs: () => answer });
    for (let round = 0; round < 50; round++) {
      expect(await failureOf(auth0.client.logs(connection(), page, never()))).toMatchObject({ code: 'auth0.token-rejected', exitCode: 4 });
      auth0.clock.advance(10_000);
    }
    expect(auth0.counts.token).toBeLessThanOrEqual(2);
    auth0.clock.advance(10 * minute);
    await failureOf(auth0.client.logs(connection(), page, never()));
    expect(auth0.counts.token).toBeGreaterThan(2);
  });

  it('never costs more than two token calls in ten minutes, for a whole day', async () => {
    const auth0 = fakeAuth0({ logs: () => apiError(401, 'Invalid token') });
    for (let round = 0; round < 1440; round++) {
      await failureOf(auth0.client.logs(connection(), page, never()));
      auth0.clock.advance(minute);
    }
    const calls = auth0.sentAt.filter((_, index) => auth0.requests[index]?.method === 'POST');
    for (const at of calls) expect(calls.filter((other) => other >= at && other < at + 10 * minute).length).toBeLessThanOrEqual(2);
  });

  it('in the middle of a sync says which scope was taken away, and is not used again', async () => {
    let isGranted = false;
    const auth0 = fakeAuth0({
      token: (_, count) => token(`fresh-${count}`),
      logs: (_, count) => (count === 0 || isGranted ? json([]) : apiError(403, 'Insufficient scope, expected any of: read:logs,read:logs_users', { errorCode: 'insufficient_scope' })),
    });
    const read = () => auth0.client.logs(connection(), page, never());
    await read();
    expect(await failureOf(read())).toMatchObject({ code: 'auth0.scope-missing', details: { scope: 'read:logs or read:logs_users' } });
    isGranted = true;
    expect(await read()).toMatchObject({ kind: 'page' });
    expect(auth0.counts.token).toBe(2);
  });
});

describe('credentials that Auth0 turns down', () => {
  it('are told each time, but tried twice in ten minutes', async () => {
    const auth0 = fakeAuth0({ token: refusedToken });
    for (let round = 0; round < 20; round++) {
      expect(await failureOf(auth0.client.logs(connection(), page, never()))).toMatchObject({ code: 'auth0.credentials-rejected', exitCode: 4 });
    }
    expect(auth0.counts).toEqual({ token: 2, logs: 0 });
  });

  it('are tried at once when a person connects again', async () => {
    let isRotated = false;
    const auth0 = fakeAuth0({ token: (request) => (isRotated && request.body?.includes('another-secret') === true ? token() : refusedToken()) });
    for (let round = 0; round < 5; round++) await failureOf(auth0.client.logs(connection(), page, never()));
    isRotated = true;
    expect((await failureOf(auth0.client.check(connectInput({ clientSecret: canarySecret }), never()))).code).toBe('auth0.credentials-rejected');
    const again = await auth0.client.check(connectInput({ clientSecret: 'another-secret-0123456789' }), never());
    expect(await auth0.client.logs(again.connection, page, never())).toMatchObject({ kind: 'page' });
  });

  it('that a secret was rotated while a token still lived shows after the next 401', async () => {
    let isRotated = false;
    const auth0 = fakeAuth0({ token: () => (isRotated ? refusedToken() : token()), logs: () => (isRotated ? apiError(401, 'Invalid token') : json([])) });
    await auth0.client.logs(connection(), page, never());
    isRotated = true;
    expect((await failureOf(auth0.client.logs(connection(), page, never()))).code).toBe('auth0.credentials-rejected');
    expect(auth0.counts.token).toBe(2);
  });
});
