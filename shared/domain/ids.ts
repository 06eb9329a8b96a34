/** The identifiers of the domain and the order of log ids. */

/** A tenant's domain, or the name of an imported archive. */
export type TenantId = string;
/** Auth0's id of a log event: decimal digits, 56 of them at present; a number would destroy it. */
export type LogId = string;
/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number;

export const sampleTenant: TenantId = 'sample';

const digits = /^\d+$/;

/**
 * Orders log ids as Auth0 issues them: as numbers where both are decimal (longer is larger), else as ASCII text.
 * Returns a negative number, zero or a positive number.
 */
export function compareLogIds(a: LogId, b: LogId): number {
  if (a.length !== b.length && digits.test(a) && digits.test(b)) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

const timed = /^\d{3}(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})\d*$/;

/** The instant at which Auth0 took the event in, read from a log id (3 digits of environment, then UTC time); null when it has none. */
export function ingestedAt(logId: LogId): EpochMs | null {
  const match = timed.exec(logId);
  if (match === null) return null;
  const [year, month, day, hour, minute, second, ms] = match.slice(1).map(Number) as [number, number, number, number, number, number, number];
  const at = Date.UTC(year, month - 1, day, hour, minute, second, ms);
  const plausible = year >= 2000 && month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour < 24 && minute < 60 && second < 60;
  return plausible ? at : null;
}

/** A log id that sorts at an instant, of the same environment and width as a real one: a position in the log, not an event. */
export function logIdAt(at: EpochMs, like: LogId): LogId {
  const stamp = new Date(at).toISOString().replace(/\D/g, '').slice(0, 17);
  return (like.slice(0, 3) + stamp).padEnd(like.length, '0').slice(0, like.length);
}
