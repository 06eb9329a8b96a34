/** The plans' rate limits, on a clock that the tests move. */
import { afterEach, describe, expect, it } from 'vitest';
import { startSimulator } from './index';
import type { Simulator, SimulatorOptions } from './index';
import { connect, startOfLog } from './plain-client';
import { createRateLimiter } from './rate-limit';
import type { EndpointGroup, Plan } from './rate-limit';

const topOfMinute = Date.UTC(2026, 0, 1);

/** How many of many requests, all made at one instant, are admitted. */
function admittedAt(limiter: ReturnType<typeof createRateLimiter>, group: EndpointGroup, now: number): number {
  let count = 0;
  while (count < 1000 && limiter.admit(group, now).admitted) count += 1;
  return count;
}

const running: Simulator[] = [];

async function startedWith(options: SimulatorOptions) {
  const simulator = await startSimulator({ events: [], ...options });
  running.push(simulator);
  return { simulator, get: await connect(simulator) };
}

afterEach(async () => {
  await Promise.all(running.splice(0).map(simulator => simulator.stop()));
});

describe('a plan', () => {
  it.each<readonly [Plan, EndpointGroup, number]>([
    ['free', 'logs', 2], ['free', 'users', 2], ['free', 'token', 30], ['essentials', 'logs', 10], ['essentials', 'users', 40], ['essentials', 'organizations', 5],
    ['essentials', 'members', 40], ['essentials', 'clients', 5], ['essentials', 'connections', 5], ['essentials', 'other', 10], ['essentials', 'token', 25],
    ['enterprise', 'logs', 50], ['enterprise', 'organizations', 10], ['enterprise', 'members', 40], ['enterprise', 'token', 100],
  ])('%s admits a burst to %s of %i requests', (plan, group, burst) => {
    expect(admittedAt(createRateLimiter(plan, 1, 'each-second'), group, topOfMinute)).toBe(burst);
  });

  it('adds a second\'s requests at the top of the second, never beyond the burst', () => {
    const limiter = createRateLimiter('enterprise', 1, 'each-second');
    expect(admittedAt(limiter, 'logs', topOfMinute + 100)).toBe(50);
    expect(admittedAt(limiter, 'logs', topOfMinute + 999)).toBe(0);
    expect(admittedAt(limiter, 'logs', topOfMinute + 1000)).toBe(16);
    expect(admittedAt(limiter, 'logs', topOfMinute + 1999)).toBe(0);
    expect(admittedAt(limiter, 'logs', topOfMinute + 60_000)).toBe(50);
  });

  it('lets 100 pages of the log a minute through on Essentials, 10 of them at once', () => {
    const limiter = createRateLimiter('essentials', 1, 'each-second');
    let pages = admittedAt(limiter, 'logs', topOfMinute);
    for (let second = 1; second <= 60; second += 1) pages += admittedAt(limiter, 'logs', topOfMinute + second * 1000);
    expect(pages).toBe(10 + 100);
  });

  it('can refill at the top of the minute only', () => {
    const limiter = createRateLimiter('essentials', 1, 'each-minute');
    expect(admittedAt(limiter, 'logs', topOfMinute)).toBe(10);
    expect(admittedAt(limiter, 'logs', topOfMinute + 59_999)).toBe(0);
    expect(admittedAt(limiter, 'logs', topOfMinute + 60_000)).toBe(10);
  });

  it('looks at the whole API\'s bucket first, then at the endpoint\'s', () => {
    const limiter = createRateLimiter('enterprise', 1, 'each-second');
    expect(admittedAt(limiter, 'organizations', topOfMinute)).toBe(10);
    expect(limiter.admit('organizations', topOfMinute).message).toBe('Too many requests');
    expect(admittedAt(limiter, 'logs', topOfMinute)).toBe(50 - 12);
    expect(limiter.admit('organizations', topOfMinute).message).toBe('Global limit has been reached');
  });

  it('tells burst, rest, and the second in which the next request is added', () => {
    const limiter = createRateLimiter('essentials', 1, 'each-second');
    const { headers } = limiter.admit('logs', topOfMinute + 400);
    expect(headers).toEqual({ 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': '9', 'x-ratelimit-reset': String(topOfMinute / 1000 + 1) });
    expect(createRateLimiter('unlimited', 1, 'each-second').admit('logs', topOfMinute).headers).toEqual({});
  });

  it('passes its windows faster when time is scaled', () => {
    const limiter = createRateLimiter('free', 100, 'each-second');
    expect(admittedAt(limiter, 'logs', topOfMinute)).toBe(2);
    expect(admittedAt(limiter, 'logs', topOfMinute + 10)).toBe(2);
  });
});

describe('a simulator with a plan', () => {
  it('sends rate headers with every answer, and refuses in Auth0\'s words, without Retry-After', async () => {
    const { simulator, get } = await startedWith({ plan: 'essentials', minuteRefill: 'each-minute' });
    const replies = await Promise.all(Array.from({ length: 21 }, () => get(`/logs?from=${startOfLog}`)));
    const admitted = replies.filter(reply => reply.status === 200);
    const refused = replies.filter(reply => reply.status === 429);
    expect(admitted.length + refused.length).toBe(21);
    expect(admitted.every(reply => reply.headers['x-ratelimit-limit'] === '10')).toBe(true);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.json()).toMatchObject({ statusCode: 429, error: 'Too Many Requests', errorCode: 'too_many_requests' });
    expect(refused[0]?.headers).toMatchObject({ 'x-ratelimit-remaining': '0' });
    expect(refused[0]?.headers).not.toHaveProperty('retry-after');
    expect(simulator.counts.rateLimited).toBe(refused.length);
  });

  it('that is unlimited sends none', async () => {
    const { get } = await startedWith({});
    expect(Object.keys((await get('/logs')).headers).filter(name => name.startsWith('x-ratelimit'))).toEqual([]);
  });
});
