/** Trouble that passes: repetitions, their waits, and the end of patience. */
import { describe, expect, it } from 'vitest';
import { HttpFault } from '../../electron/auth0/ports';
import { apiError, connection, failureOf, type FakeAnswer, fakeAuth0, json, never } from './fake-auth0';

const page = { mode: 'checkpoint', from: '900123', take: 100 } as const;
const now = Date.UTC(2026, 0, 15, 12);
const tooMany = (headers: Record<string, string> = {}): FakeAnswer => json({ statusCode: 429, error: 'Too Many Requests', message: 'Global limit has been reached', errorCode: 'too_many_requests' }, 429, headers);
const budget = (limit: number, remaining: number, resetAt: number | string): Record<string, string> => ({ 'x-ratelimit-limit': String(limit), 'x-ratelimit-remaining': String(remaining), 'x-ratelimit-reset': String(resetAt) });

describe('trouble that passes', () => {
  const troubles: readonly (readonly [string, FakeAnswer])[] = [
    ['429', tooMany()], ['500', apiError(500, 'oops')], ['502 in HTML', { status: 502, headers: { 'content-type': 'text/html' }, body: '<h1>Bad Gateway</h1>' }],
    ['503', { status: 503 }], ['504', { status: 504 }], ['520', { status: 520, body: 'x' }], ['408', { status: 408 }],
    ['500 whose body breaks off', { status: 500, body: 'x', breaks: new HttpFault('reset', 'cut') }],
    ['500 whose body never ends', { status: 500, body: Array<string>(100).fill('x'.repeat(1000)) }],
    ['silence', new HttpFault('timeout', 'silence')], ['a cut', new HttpFault('reset', 'cut')],
    ['a page cut short', { status: 200, headers: { 'content-type': 'application/json' }, body: '[{"log_', breaks: new HttpFault('reset', 'cut') }],
    ['a page that stops', { status: 200, headers: { 'content-type': 'application/json' }, body: '[', breaks: new HttpFault('timeout', 'stopped') }],
  ];

  it.each(troubles)('is waited for five times, then the page comes (%s)', async (_, trouble) => {
    const { client, counts, clock } = fakeAuth0({ logs: (_request, count) => (count < 5 ? trouble : json([{ log_id: '1' }])) });
    expect(await client.logs(connection(), page, never())).toMatchObject({ kind: 'page', body: new TextEncoder().encode('[{"log_id":"1"}]') });
    expect(counts.logs).toBe(6);
    expect(clock.sleeps).toEqual([500, 1000, 2000, 4000, 8000]);
  });

  const ends: readonly (readonly [string, FakeAnswer, string, number, object])[] = [
    ['429', tooMany(), 'auth0.rate-limited', 5, {}],
    ['500', apiError(500, 'oops'), 'auth0.server-error', 1, { status: 500 }],
    ['520', { status: 520 }, 'auth0.server-error', 1, { status: 520 }],
    ['silence', new HttpFault('timeout', 'silence'), 'auth0.timeout', 1, { host: 'acme.eu.auth0.com' }],
    ['a cut', new HttpFault('reset', 'the connection was cut'), 'auth0.unreachable', 1, { problem: 'the connection was cut' }],
    ['a page cut short', { status: 200, headers: { 'content-type': 'application/json' }, body: '[', breaks: new HttpFault('reset', 'cut') }, 'auth0.bad-response', 1, { problem: 'the answer was cut short' }],
    ['a page that stops', { status: 200, headers: { 'content-type': 'application/json' }, body: '[', breaks: new HttpFault('timeout', 'stopped') }, 'auth0.timeout', 1, {}],
  ];

  it.each(ends)('ends patience after five waits (%s)', async (_, trouble, code, exitCode, details) => {
    const { client, counts } = fakeAuth0({ logs: () => trouble });
    expect(await failureOf(client.logs(connection(), page, never()))).toMatchObject({ code, exitCode, details });
    expect(counts).toEqual({ token: 1, logs: 6 });
  });

  it('that is no network at all is waited for twice only', async () => {
    const { client, counts, clock } = fakeAuth0({ logs: () => new HttpFault('unreachable', 'no route') });
    expect(await failureOf(client.logs(connection(), page, never()))).toMatchObject({ code: 'auth0.unreachable', exitCode: 1, details: { host: 'acme.eu.auth0.com', problem: 'no route' } });
    expect(counts).toEqual({ token: 1, logs: 3 });
    expect(clock.sleeps).toEqual([500, 1000]);
  });

  it('at the token endpoint is waited for in the same way', async () => {
    const { client, counts, clock } = fakeAuth0({ token: () => ({ status: 503 }) });
    expect((await failureOf(client.logs(connection(), page, never()))).code).toBe('auth0.server-error');
    expect([counts, clock.sleeps.length]).toEqual([{ token: 6, logs: 0 }, 5]);
  });
});

describe('a 429', () => {
  const hints: readonly (readonly [string, Record<string, string>, number])[] = [
    ['Retry-After in seconds', { 'retry-after': '7' }, 7000],
    ['Retry-After as a date', { 'retry-after': new Date(now + 7000).toUTCString() }, 7000],
    ['Retry-After before the reset', { 'retry-after': '7', ...budget(10, 0, now / 1000 + 60) }, 7000],
    ['a Retry-After of five minutes', { 'retry-after': '300' }, 300_000],
    ['the reset', budget(10, 0, now / 1000 + 3), 3000],
    ['a reset in milliseconds', budget(10, 0, now + 3000), 3000],
    ['a reset in the past', budget(10, 0, now / 1000 - 600), 250],
    ['a reset that is no number', budget(10, 0, 'soon'), 250],
    ['no headers', {}, 250],
  ];

  it.each(hints)('is waited for as %s says', async (_, headers, waitMs) => {
    const { client, clock } = fakeAuth0({ random: 0, logs: (_request, count) => (count === 0 ? tooMany(headers) : json([])) });
    await client.logs(connection(), page, never());
    expect(clock.sleeps).toEqual([waitMs]);
  });

  const tooLong: readonly (readonly [string, FakeAnswer, string, number])[] = [
    ['a Retry-After of a day', tooMany({ 'retry-after': '86400' }), 'auth0.rate-limited', 5],
    ['a Retry-After of five minutes and a second', tooMany({ 'retry-after': '301' }), 'auth0.rate-limited', 5],
    ['a Retry-After that is absurd', tooMany({ 'retry-after': '9999999999' }), 'auth0.rate-limited', 5],
    ['a Retry-After of tomorrow', tooMany({ 'retry-after': new Date(now + 86_400_000).toUTCString() }), 'auth0.rate-limited', 5],
    ['a reset an hour ahead', tooMany(budget(10, 0, now / 1000 + 3600)), 'auth0.rate-limited', 5],
    ['a fault that lasts an hour', { status: 503, headers: { 'retry-after': '3600' } }, 'auth0.server-error', 1],
  ];
  it.each(tooLong)('that would be longer than five minutes ends at once (%s)', async (_, answer, code, exitCode) => {
    const { client, counts, clock, waits } = fakeAuth0({ logs: () => answer });
    expect(await failureOf(client.logs(connection(), page, never()))).toMatchObject({ code, exitCode });
    expect([counts.logs, clock.sleeps, waits]).toEqual([1, [], []]);
  });

  it('that would be longer than five minutes lets nothing be asked for five minutes, of that tenant', async () => {
    const { client, counts, clock } = fakeAuth0({ logs: (_request, count) => (count === 0 ? tooMany({ 'retry-after': '3600' }) : json([])) });
    const code = async (): Promise<string> => (await failureOf(client.logs(connection(), page, never()))).code;
    expect(await code()).toBe('auth0.rate-limited');
    clock.advance(299_000);
    expect([await code(), counts.logs]).toEqual(['auth0.rate-limited', 1]);
    await client.logs(connection({ tenant: 'other.eu.auth0.com', domain: 'other.eu.auth0.com' }), page, never());
    clock.advance(1000);
    await client.logs(connection(), page, never());
    expect(counts.logs).toBe(3);
  });

  it('gets a random addition, so that many clients do not return at once', async () => {
    const { client, clock } = fakeAuth0({ random: 0.9, logs: (_request, count) => (count < 2 ? tooMany({ 'retry-after': '7' }) : json([])) });
    await client.logs(connection(), page, never());
    expect(clock.sleeps).toEqual([7900, 8800]);
  });
});

describe('a wait', () => {
  it('of more than two seconds is told before it begins, with the tenant it is for', async () => {
    const auth0 = fakeAuth0({ random: 0, logs: (_request, count) => (count === 0 ? tooMany({ 'retry-after': '2' }) : count === 1 ? tooMany({ 'retry-after': '7' }) : json([])) });
    const toldAtSleep: number[] = [];
    auth0.clock.onSleep(() => { toldAtSleep.push(auth0.waits.length); });
    await auth0.client.logs(connection(), page, never());
    expect(auth0.clock.sleeps).toEqual([2000, 7000]);
    expect(auth0.waits).toEqual([['acme.eu.auth0.com', 7000]]);
    expect(toldAtSleep).toEqual([0, 1]);
  });

  it('for the rate budget is told too', async () => {
    const auth0 = fakeAuth0({ logs: () => json([], 200, budget(10, 0, now / 1000 + 100)) });
    await auth0.client.logs(connection(), page, never());
    await auth0.client.logs(connection(), page, never());
    expect(auth0.waits).toEqual([['acme.eu.auth0.com', 100_000]]);
  });
});

describe('stopping', () => {
  const stopped = async (plan: Parameters<typeof fakeAuth0>[0], stopAt: 'wait' | 'before'): Promise<ReturnType<typeof fakeAuth0>> => {
    const abort = new AbortController();
    const auth0 = fakeAuth0(plan);
    if (stopAt === 'before') abort.abort();
    auth0.clock.onSleep(() => { abort.abort(); });
    expect(await failureOf(auth0.client.logs(connection(), page, abort.signal))).toMatchObject({ code: 'operation.cancelled', exitCode: 130 });
    return auth0;
  };

  it('before the start sends nothing', async () => {
    expect((await stopped({}, 'before')).requests).toEqual([]);
  });

  it('ends a wait after a 429, and nothing is sent any more', async () => {
    const { counts, clock } = await stopped({ logs: () => tooMany({ 'retry-after': '120' }) }, 'wait');
    expect([counts, clock.sleeps.length]).toEqual([{ token: 1, logs: 1 }, 1]);
  });

  it('ends a wait for a token', async () => {
    expect((await stopped({ token: () => ({ status: 500 }) }, 'wait')).counts).toEqual({ token: 1, logs: 0 });
  });

  it('ends a wait for the rate budget', async () => {
    const auth0 = fakeAuth0({ logs: () => json([], 200, budget(10, 0, now / 1000 + 100)) });
    await auth0.client.logs(connection(), page, never());
    const abort = new AbortController();
    auth0.clock.onSleep(() => { abort.abort(); });
    expect((await failureOf(auth0.client.logs(connection(), page, abort.signal))).code).toBe('operation.cancelled');
    expect(auth0.counts.logs).toBe(1);
  });

  it('ends a request under way', async () => {
    const abort = new AbortController();
    const auth0 = fakeAuth0({ logs: () => { abort.abort(); return new HttpFault('cancelled', 'stopped'); } });
    expect((await failureOf(auth0.client.logs(connection(), page, abort.signal))).code).toBe('operation.cancelled');
    expect(auth0.counts.logs).toBe(1);
  });
});

describe('the rate budget', () => {
  const plans = [
    { name: 'free', limit: 2, refill: 2, pages: 60 },
    { name: 'Essentials', limit: 10, refill: 100 / 60, pages: 60 },
    { name: 'Enterprise', limit: 50, refill: 16, pages: 300 },
  ];

  it.each(plans)('keeps a sync at half of the $name plan with a fifth of the bucket left, and never meets a 429', async ({ limit, refill, pages }) => {
    let [tokens, second, lowest, turnedDown] = [limit, 0, limit, 0];
    const auth0 = fakeAuth0({
      logs: () => {
        const current = Math.floor(auth0.clock.now() / 1000);
        tokens = second === 0 ? limit : Math.min(limit, tokens + (current - second) * refill);
        second = current;
        if (tokens < 1) turnedDown++;
        tokens -= 1;
        lowest = Math.min(lowest, tokens);
        return json([], 200, budget(limit, Math.max(0, Math.floor(tokens)), current + 1));
      },
    });
    const startedAt = auth0.clock.elapsed();
    for (let count = 0; count < pages; count++) await auth0.client.logs(connection(), page, never());
    const tookSeconds = (auth0.clock.elapsed() - startedAt) / 1000;
    expect(turnedDown).toBe(0);
    expect(lowest).toBeGreaterThanOrEqual(limit * 0.2);
    expect((pages - 1) / tookSeconds).toBeLessThanOrEqual(refill / 2 + 1e-9);
    expect((pages - 1) / tookSeconds).toBeGreaterThan(refill * 0.45);
  });

  it('is kept per tenant', async () => {
    const auth0 = fakeAuth0({ logs: () => json([], 200, budget(10, 0, now / 1000 + 100)) });
    await auth0.client.logs(connection(), page, never());
    await auth0.client.logs(connection({ tenant: 'other.eu.auth0.com', domain: 'other.eu.auth0.com' }), page, never());
    expect(auth0.clock.sleeps).toEqual([]);
  });
});
