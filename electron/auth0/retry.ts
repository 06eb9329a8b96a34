/** How long to wait before a request is repeated. */
import { resetInMs, serverNow } from './rate-budget';

type Headers = Readonly<Record<string, string>>;

const firstStepMs = 1000;
const longestStepMs = 60_000;
/** Full jitter may draw nearly nothing, and a server in trouble deserves a breath. */
const shortestWaitMs = 250;

const httpDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** Milliseconds that `Retry-After` asks for (seconds or a date), at least 0; null when it is missing or unreadable. */
export function retryAfterMs(headers: Headers, now: number): number | null {
  const text = headers['retry-after']?.trim() ?? '';
  const asked = /^\d{1,15}$/.test(text) ? Number(text) * 1000 : httpDate.test(text) ? Date.parse(text) - serverNow(headers, now) : Number.NaN;
  return Number.isNaN(asked) ? null : Math.max(asked, 0);
}

/** What the answer itself says about when to come back; only a 429 is about the rate limit. */
export function retryHintMs(status: number, headers: Headers, now: number): number | null {
  return retryAfterMs(headers, now) ?? (status === 429 ? resetInMs(headers, now) : null);
}

/**
 * Milliseconds before the next attempt: the hint, plus a random part of a step that doubles from one second to a minute.
 * `waitCount` is the number of waits before this one, `random` is from 0 to 1.
 */
export function retryDelayMs(wait: { readonly waitCount: number; readonly hintMs: number | null; readonly random: number }): number {
  const step = Math.min(firstStepMs * 2 ** wait.waitCount, longestStepMs);
  return Math.max((wait.hintMs ?? 0) + wait.random * step, shortestWaitMs);
}
