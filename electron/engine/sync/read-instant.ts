/** Reads the `date` of a log event in every form in which one has been seen. */
import type { EpochMs } from '../../../shared/domain/ids';
import { isJsonObject } from '../json/json-object';

const iso = /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,30}))?)?(?:([Zz])|([+-])(\d\d):?(\d\d))?)?$/;
const EARLIEST: EpochMs = 0;
const LATEST: EpochMs = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
/** A bare number outside 2000 to 2100 is seconds, or something else: it must not pass for a date in 1970. */
const EARLIEST_BARE: EpochMs = Date.UTC(2000, 0, 1);
const LATEST_BARE: EpochMs = Date.UTC(2100, 0, 1);

/**
 * An ISO 8601 string (UTC when it names no offset), epoch milliseconds, or either inside `$date` as database exports write it.
 * Null for anything else, for a day that no calendar has, and for what lies before 1970 or after 9999.
 */
export function readInstant(value: unknown): EpochMs | null {
  if (typeof value === 'string') return isoInstant(value);
  if (typeof value === 'number') return inRange(value, EARLIEST_BARE, LATEST_BARE);
  return isJsonObject(value) ? wrappedInstant(value.$date) : null;
}

function wrappedInstant(value: unknown): EpochMs | null {
  if (typeof value === 'string') return isoInstant(value);
  if (typeof value === 'number') return inRange(value, EARLIEST, LATEST);
  const long = isJsonObject(value) ? value.$numberLong : null;
  return typeof long === 'string' && /^\d{1,15}$/.test(long) ? inRange(Number(long), EARLIEST, LATEST) : null;
}

function inRange(at: number, earliest: EpochMs, latest: EpochMs): EpochMs | null {
  const whole = Math.floor(at);
  return whole >= earliest && whole <= latest ? whole : null;
}

function isoInstant(text: string): EpochMs | null {
  const match = iso.exec(text);
  if (match === null) return null;
  const part = (index: number): number => Number(match[index] ?? 0);
  const [month, day, hour, minute, second] = [part(2), part(3), part(4), part(5), part(6)];
  if (hour > 23 || minute > 59 || second > 59 || part(10) > 23 || part(11) > 59) return null;
  const milliseconds = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3));
  const local = Date.UTC(part(1), month - 1, day, hour, minute, second, milliseconds);
  const calendar = new Date(local);
  if (calendar.getUTCMonth() !== month - 1 || calendar.getUTCDate() !== day) return null;
  const offsetMs = (part(10) * 60 + part(11)) * 60_000;
  return inRange(match[9] === '-' ? local + offsetMs : local - offsetMs, EARLIEST, LATEST);
}
