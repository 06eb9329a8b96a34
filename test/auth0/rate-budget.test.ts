/** The rate budget under Auth0's plans: a fifth of every bucket stays, and half of the refill is used. */
import { describe, expect, it } from 'vitest';
import { type BudgetReading, type Pace, paceAfter, readBudget, waitBefore } from '../../electron/auth0/rate-budget';
import { retryAfterMs, retryDelayMs, retryHintMs } from '../../electron/auth0/retry';

const now = Date.UTC(2026, 0, 15, 12);
const seconds = now / 1000;
const headers = (limit: number | string, remaining: number | string, reset?: number | string): Record<string, string> => ({
  'x-ratelimit-limit': String(limit), 'x-ratelimit-remaining': String(remaining), ...(reset === undefined ? {} : { 'x-ratelimit-reset': String(reset) }),
});

describe('the budget in the headers', () => {
  const cases: readonly (readonly [string, Record<string, string>, BudgetReading | null])[] = [
    ['seconds', headers(10, 7, seconds + 4), { limit: 10, remaining: 7, resetInMs: 4000 }],
    ['milliseconds', headers(10, 7, now + 4000), { limit: 10, remaining: 7, resetInMs: 4000 }],
    ['a reset in the past', headers(10, 7, seconds - 600), { limit: 10, remaining: 7, resetInMs: 0 }],
    ['a reset an hour ahead', headers(10, 7, seconds + 3600), { limit: 10, remaining: 7, resetInMs: 300_000 }],
    ['an absurd reset', headers(10, 7, '999999999999999'), { limit: 10, remaining: 7, resetInMs: 300_000 }],
    ['no reset', headers(10, 7), { limit: 10, remaining: 7, resetInMs: 1000 }],
    ['a reset that is no number', headers(10, 7, 'soon'), { limit: 10, remaining: 7, resetInMs: 1000 }],
    ['more remaining than there is', headers(10, 12, seconds + 1), { limit: 10, remaining: 10, resetInMs: 1000 }],
    ['a clock that is a year behind the server\'s', { ...headers(10, 7, seconds + 31_536_000 + 4), date: new Date(now + 31_536_000_000).toUTCString() }, { limit: 10, remaining: 7, resetInMs: 4000 }],
    ['no headers', {}, null],
    ['only a reset', { 'x-ratelimit-reset': String(seconds + 1) }, null],
    ['a limit of nothing', headers(0, 0, seconds + 1), null],
    ['a negative number', headers(10, -1, seconds + 1), null],
    ['several limits in one header', headers('10, 100;w=60', 7, seconds + 1), null],
  ];

  it.each(cases)('is understood with %s', (_, given, expected) => {
    expect(readBudget(given, now)).toEqual(expected);
  });
});

describe('the wait before a request', () => {
  const pace = (reading: BudgetReading, more: Partial<Pace> = {}): Pace => ({ reading, readAt: 10_000, lastSentAt: 10_000, sentCount: 1, windowEndsAt: 10_000 + reading.resetInMs, ...more });
  const cases: readonly (readonly [string, Pace | null, number, number])[] = [
    ['nothing is known', null, 10_000, 0],
    ['the free plan used one of its two', pace({ limit: 2, remaining: 1, resetInMs: 700 }), 10_000, 1000],
    ['the free plan has a new second', pace({ limit: 2, remaining: 1, resetInMs: 700 }), 11_000, 0],
    ['Essentials has all but one', pace({ limit: 10, remaining: 9, resetInMs: 1000 }), 10_000, 1200],
    ['Essentials waited half of that', pace({ limit: 10, remaining: 9, resetInMs: 1000 }), 10_600, 600],
    ['Enterprise has all but one', pace({ limit: 50, remaining: 49, resetInMs: 1000 }), 10_000, 125],
    ['one more would leave a fifth', pace({ limit: 10, remaining: 3, resetInMs: 4000 }), 12_000, 0],
    ['one more would leave less than a fifth', pace({ limit: 10, remaining: 2, resetInMs: 4000 }), 12_000, 2000],
    ['nothing is left', pace({ limit: 50, remaining: 0, resetInMs: 900 }), 10_100, 900],
    ['nothing is left and the reset is past', pace({ limit: 50, remaining: 0, resetInMs: 0 }), 10_100, 900],
    ['half of a long window is used', pace({ limit: 10, remaining: 5, resetInMs: 40_000 }, { sentCount: 5 }), 20_000, 30_000],
    ['half of a window that has ended is used', pace({ limit: 10, remaining: 5, resetInMs: 40_000 }, { sentCount: 5 }), 50_000, 0],
    ['the bucket holds one', pace({ limit: 1, remaining: 0, resetInMs: 1000 }), 10_000, 2000],
  ];

  it.each(cases)('is right when %s', (_, known, at, expected) => {
    expect(waitBefore(known, at)).toBeCloseTo(expected, 6);
  });

  it('keeps what is known when an answer carries no budget', () => {
    const known = pace({ limit: 10, remaining: 9, resetInMs: 1000 });
    const after = paceAfter(known, null, { sentAt: 12_000, readAt: 12_100 });
    expect(after).toMatchObject({ reading: known.reading, lastSentAt: 12_000 });
    expect(paceAfter(null, null, { sentAt: 1, readAt: 2 })).toBeNull();
  });
});

/** A bucket as Auth0's plans are documented, refilled once a window. */
type Plan = { readonly name: string; readonly burst: number; readonly refill: number; readonly windowMs: number; readonly resetAt: (elapsed: number, windowMs: number, missing: number) => number };
const nextWindow: Plan['resetAt'] = (elapsed, windowMs) => (Math.floor(elapsed / windowMs) + 1) * windowMs;
const plans: readonly Plan[] = [
  { name: 'free: 2 a second', burst: 2, refill: 2, windowMs: 1000, resetAt: nextWindow },
  { name: 'Essentials: 10, 100 a minute, each second', burst: 10, refill: 100 / 60, windowMs: 1000, resetAt: nextWindow },
  { name: 'Essentials: 10, 100 a minute, the reset when it is full', burst: 10, refill: 100 / 60, windowMs: 1000, resetAt: (elapsed, _, missing) => elapsed + missing * 600 },
  { name: 'Essentials: 10, refilled each minute', burst: 10, refill: 10, windowMs: 60_000, resetAt: nextWindow },
  { name: 'Enterprise: 50, 16 a second', burst: 50, refill: 16, windowMs: 1000, resetAt: nextWindow },
  { name: 'private cloud: 250 a second', burst: 250, refill: 250, windowMs: 1000, resetAt: nextWindow },
  { name: 'unheard of: 60 a minute', burst: 60, refill: 60, windowMs: 60_000, resetAt: nextWindow },
];

function run(plan: Plan, options: { readonly durationMs: number; readonly others: (window: number) => number }) {
  let [tokens, window, elapsed] = [plan.burst, 0, 0];
  let pace: Pace | null = null;
  let [sent, lowest, turnedDown] = [0, plan.burst, 0];
  while (elapsed < options.durationMs) {
    elapsed += waitBefore(pace, elapsed);
    const current = Math.floor(elapsed / plan.windowMs);
    for (; window < current; window++) tokens = Math.max(Math.min(plan.burst, tokens + plan.refill) - options.others(window + 1), 0);
    if (tokens < 1) turnedDown++;
    else tokens--;
    sent++;
    lowest = Math.min(lowest, tokens);
    const resetInMs = Math.ceil((plan.resetAt(elapsed, plan.windowMs, plan.burst - tokens) - elapsed) / 1000) * 1000;
    const sentAt = elapsed;
    elapsed += 5;
    pace = paceAfter(pace, { limit: plan.burst, remaining: Math.floor(tokens), resetInMs }, { sentAt, readAt: elapsed });
  }
  return { sent, lowest, turnedDown, allowed: plan.refill * (options.durationMs / plan.windowMs) };
}

describe('a long sync', () => {
  it.each(plans)('uses at most half of what the plan gives and leaves a fifth of the bucket ($name)', (plan) => {
    const { sent, lowest, turnedDown, allowed } = run(plan, { durationMs: 20 * 60_000, others: () => 0 });
    expect(turnedDown).toBe(0);
    expect(lowest).toBeGreaterThanOrEqual(plan.burst * 0.2);
    expect(sent - 1).toBeLessThanOrEqual(allowed / 2);
    expect(sent).toBeGreaterThan(allowed * 0.22);
  });

  it.each(plans)('makes way when the tenant\'s own applications use nearly all of it ($name)', (plan) => {
    const idle = run(plan, { durationMs: 10 * 60_000, others: () => 0 });
    const busy = run(plan, { durationMs: 10 * 60_000, others: () => plan.refill * 0.95 });
    expect(busy.sent).toBeLessThanOrEqual(idle.sent);
    expect(busy.sent).toBeGreaterThan(0);
  });
});

describe('the wait before a repetition', () => {
  const after: readonly (readonly [string, number | null])[] = [
    ['7', 7000], ['0', 0], [' 12 ', 12_000], ['999999999', 999_999_999_000], [new Date(now + 30_000).toUTCString(), 30_000], [new Date(now - 30_000).toUTCString(), 0],
    [new Date(now + 86_400_000).toUTCString(), 86_400_000], ['', null], ['soon', null], ['-5', null], ['1.5', null], ['2026-01-15T12:00:30Z', null], ['9999999999', 9_999_999_999_000],
  ];

  it.each(after)('follows Retry-After %j', (value, expected) => {
    expect(retryAfterMs({ 'retry-after': value }, now)).toBe(expected);
  });

  it('reads a Retry-After date by the server\'s own clock', () => {
    const skewed = now + 86_400_000;
    expect(retryAfterMs({ 'retry-after': new Date(skewed + 20_000).toUTCString(), date: new Date(skewed).toUTCString() }, now)).toBe(20_000);
  });

  it('prefers Retry-After to the reset, and takes the reset for 429 only', () => {
    const both = { ...headers(10, 0, seconds + 9), 'retry-after': '3' };
    expect(retryHintMs(429, both, now)).toBe(3000);
    expect(retryHintMs(429, headers(10, 0, seconds + 9), now)).toBe(9000);
    expect(retryHintMs(503, headers(10, 0, seconds + 9), now)).toBeNull();
    expect(retryHintMs(503, { 'retry-after': '3' }, now)).toBe(3000);
    expect(retryHintMs(429, {}, now)).toBeNull();
  });

  it('doubles the step from one second to a minute, and draws within it', () => {
    const longest = [0, 1, 2, 3, 4, 5, 6, 7, 40].map((waitCount) => retryDelayMs({ waitCount, hintMs: null, random: 1 }));
    expect(longest).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
    expect(retryDelayMs({ waitCount: 3, hintMs: null, random: 0.25 })).toBe(2000);
    expect(retryDelayMs({ waitCount: 3, hintMs: null, random: 0 })).toBe(250);
    expect(retryDelayMs({ waitCount: 0, hintMs: 5000, random: 0.5 })).toBe(5500);
  });
});
