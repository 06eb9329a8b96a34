/** How long to wait before a request, so that a tenant's own applications keep most of its rate limit. */

/** What an answer says about the bucket it was counted in. */
export type BudgetReading = {
  /** The bucket's size, which is the largest burst. */
  readonly limit: number;
  readonly remaining: number;
  readonly resetInMs: number;
};

/** What is remembered of a tenant's bucket. All instants are monotonic milliseconds. */
export type Pace = {
  readonly reading: BudgetReading;
  readonly readAt: number;
  readonly lastSentAt: number;
  /** Own requests since the window began; it ends at the reset that its first answer named. */
  readonly sentCount: number;
  readonly windowEndsAt: number;
};

type Headers = Readonly<Record<string, string>>;

/** The longest wait that is made because a header asks for it. */
export const longestHintMs = 300_000;
const shareKept = 0.2;
const shareUsed = 0.5;
/** For buckets that do not say when they refill, and for those that say it is past. */
const unknownResetMs = 1000;

/**
 * Requests a second that Auth0 refills for reading logs, by bucket size, where it is less than a bucket a second:
 * 10 is 100 a minute (Essentials, Professional), 50 is 16 a second (Enterprise).
 * @see https://auth0.com/docs/troubleshoot/customer-support/operational-policies/rate-limit-policy
 */
const refillBySize: Readonly<Record<number, number>> = { 10: 100 / 60, 50: 16 };

const wholeNumber = (text: string | undefined): number | null => (text !== undefined && /^\d{1,15}$/.test(text.trim()) ? Number(text) : null);

/** The server's clock where it tells it: ours may be wrong or fixed, and only the difference matters. */
export function serverNow(headers: Headers, now: number): number {
  const told = Date.parse(headers['date'] ?? '');
  return Number.isNaN(told) ? now : told;
}

/** Milliseconds until `x-ratelimit-reset`, at least 0; null when it is missing. Seconds are documented, milliseconds understood. */
export function resetInMs(headers: Headers, now: number): number | null {
  const reset = wholeNumber(headers['x-ratelimit-reset']);
  if (reset === null) return null;
  const resetAt = reset > 100_000_000_000 ? reset : reset * 1000;
  return Math.max(resetAt - serverNow(headers, now), 0);
}

/** Null when the answer carries no usable budget. A reset is looked for again after five minutes, however late it is said to be. */
export function readBudget(headers: Headers, now: number): BudgetReading | null {
  const limit = wholeNumber(headers['x-ratelimit-limit']);
  const remaining = wholeNumber(headers['x-ratelimit-remaining']);
  if (limit === null || remaining === null || limit === 0) return null;
  return { limit, remaining: Math.min(remaining, limit), resetInMs: Math.min(resetInMs(headers, now) ?? unknownResetMs, longestHintMs) };
}

/** The pace after an answer. An answer without a budget, such as one of a gateway, changes nothing but the time of the last request. */
export function paceAfter(pace: Pace | null, reading: BudgetReading | null, at: { readonly sentAt: number; readonly readAt: number }): Pace | null {
  if (pace !== null && at.sentAt < pace.windowEndsAt) {
    const seen = reading === null ? {} : { reading, readAt: at.readAt };
    return { ...pace, ...seen, lastSentAt: at.sentAt, sentCount: pace.sentCount + 1 };
  }
  if (reading === null) return pace === null ? null : { ...pace, lastSentAt: at.sentAt };
  return { reading, readAt: at.readAt, lastSentAt: at.sentAt, sentCount: 1, windowEndsAt: at.readAt + reading.resetInMs };
}

/** Half the refill: the distance in milliseconds at which requests use half of what a bucket of this size gets. */
const spacingMs = (limit: number): number => 1000 / ((refillBySize[limit] ?? limit) * shareUsed);

/**
 * Milliseconds to wait at `elapsed` before the next request; 0 when nothing is known.
 * Three rules: leave a fifth of the bucket, use at most half of it between two resets, and keep the distance of half the refill.
 */
export function waitBefore(pace: Pace | null, elapsed: number): number {
  if (pace === null) return 0;
  const { limit, remaining } = pace.reading;
  const spaced = pace.lastSentAt + spacingMs(limit) - elapsed;
  const refilled = pace.readAt + Math.max(pace.reading.resetInMs, unknownResetMs) - elapsed;
  const nextWindow = pace.windowEndsAt - elapsed;
  const tooLow = remaining - 1 < limit * shareKept;
  const usedUp = pace.sentCount + 1 > limit * shareUsed;
  return Math.max(0, spaced, tooLow ? refilled : 0, usedUp ? nextWindow : 0);
}
