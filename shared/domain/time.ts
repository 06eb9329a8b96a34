/** Instants and local dates as people write them, and the rules of a time zone. */
import type { EpochMs } from './ids';

/** The clock on a wall of some zone, as the milliseconds that a UTC clock with the same hands would show. */
export type LocalMs = number;

/** One time zone; holds its formatter, which is costly to make, so keep it while there are instants to convert. */
export type Zone = {
  readonly name: string;
  /** What the zone adds to UTC at an instant, in milliseconds; the seconds of old local mean times included. */
  readonly offsetAt: (at: EpochMs) => number;
  /** The first instant at which the clocks of the zone show this time, or, where they skip it, the first instant after. */
  readonly firstInstantAt: (local: LocalMs) => EpochMs;
};

const hourMs = 3_600_000;
/** No zone has ever been further from UTC. */
const farthestOffsetMs = 16 * hourMs;

const longOffset = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/;

/**
 * The rules of an IANA time zone, as the ICU data of this program has them.
 * @throws RangeError when there is no such zone: ask isTimeZone first
 */
export function createZone(name: string): Zone {
  const formatter = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  const offsetAt = (at: EpochMs): number => {
    const [, sign, hours, minutes, seconds] = longOffset.exec(formatter.format(at)) ?? [];
    const size = ((Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60 + Number(seconds ?? 0)) * 1000;
    return sign === '-' ? -size : size;
  };
  return { name, offsetAt, firstInstantAt: local => firstInstantAt(local, offsetAt) };
}

const probeMs = 7 * 24 * hourMs;

/**
 * The same rules for many instants of one stretch of time: the changes of the clocks in it are found once, so that asking costs
 * next to nothing. Outside the stretch it holds what holds at its ends. No zone changes its clocks twice in a week.
 * @throws RangeError when there is no such zone
 */
export function createZoneWithin(name: string, from: EpochMs, to: EpochMs): Zone {
  const { offsetAt: exactOffsetAt } = createZone(name);
  const changes = [{ at: Number.NEGATIVE_INFINITY, offset: exactOffsetAt(from) }];
  for (let before = from; before < to;) {
    const after = Math.min(before + probeMs, to);
    const offset = exactOffsetAt(after);
    if (offset !== changes.at(-1)?.offset) changes.push({ at: changeBetween(before, after, exactOffsetAt), offset });
    before = after;
  }
  const offsetAt = (at: EpochMs): number => {
    let index = changes.length - 1;
    while (index > 0 && at < (changes[index]?.at ?? 0)) index -= 1;
    return changes[index]?.offset ?? 0;
  };
  return { name, offsetAt, firstInstantAt: local => firstInstantAt(local, offsetAt) };
}

/** The first instant in (before, after] from which on the offset is that at `after`. */
export function changeBetween(before: EpochMs, after: EpochMs, offsetAt: (at: EpochMs) => number): EpochMs {
  const offset = offsetAt(after);
  let low = before;
  let high = after;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle) === offset) high = middle;
    else low = middle;
  }
  return high;
}

/** Whether a text names an IANA time zone, such as `Europe/Berlin` or `UTC`. Bare offsets such as `+02:00` are not names. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function firstInstantAt(local: LocalMs, offsetAt: (at: EpochMs) => number): EpochMs {
  const earliest = local - farthestOffsetMs;
  const latest = local + farthestOffsetMs;
  const offsets = new Set<number>();
  for (let at = earliest; at <= latest; at += 8 * hourMs) offsets.add(offsetAt(at));
  // The larger the offset, the earlier the instant.
  for (const offset of [...offsets].sort((a, b) => b - a)) {
    if (offsetAt(local - offset) === offset) return local - offset;
  }
  return firstAfterSkip(local, earliest, latest, offsetAt);
}

/** Halves the stretch in which the clocks jump over a local time until the jump itself is left. */
function firstAfterSkip(local: LocalMs, earliest: EpochMs, latest: EpochMs, offsetAt: (at: EpochMs) => number): EpochMs {
  let before = earliest;
  let after = latest;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (middle + offsetAt(middle) >= local) after = middle;
    else before = middle;
  }
  return after;
}

const written = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d(?::?\d\d)?)?)?$/;

/**
 * Reads an ISO 8601 instant with `Z` or an offset, or a date or date and time on the clocks of a time zone (its IANA name, or the
 * zone itself): their first instant, also where the clocks skip or repeat it. A day that a zone left out, such as 2011-12-30 in
 * Apia, begins where the next one does. Digits beyond milliseconds are dropped. Null for anything else: days that no
 * calendar has, 24:00, leap seconds, unknown zones.
 */
export function parseInstant(text: string, timeZone: string | Zone): EpochMs | null {
  const match = written.exec(text);
  if (match === null) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(part => Number(part ?? 0)) as [number, number, number, number, number, number];
  if (hour > 23 || minute > 59 || second > 59) return null;
  const midnight = startOfDay(year, month, day);
  if (midnight === null) return null;
  const ms = Number((match[7] ?? '').slice(0, 3).padEnd(3, '0'));
  const local = midnight + ((hour * 60 + minute) * 60 + second) * 1000 + ms;
  if (match[8] === undefined) return inZone(local, timeZone);
  const offset = writtenOffset(match[8]);
  return offset === null ? null : local - offset;
}

/** Midnight of a day of the Gregorian calendar on a UTC clock; null when the calendar has no such day. */
function startOfDay(year: number, month: number, day: number): LocalMs | null {
  const date = new Date(0);
  // Unlike Date.UTC, this does not take the years 0 to 99 for 1900 to 1999.
  const midnight = date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? midnight : null;
}

function writtenOffset(text: string): number | null {
  if (text === 'Z') return 0;
  const hours = Number(text.slice(1, 3));
  const minutes = text.length === 3 ? 0 : Number(text.slice(-2));
  if (hours > 23 || minutes > 59) return null;
  return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

function inZone(local: LocalMs, timeZone: string | Zone): EpochMs | null {
  if (typeof timeZone !== 'string') return timeZone.firstInstantAt(local);
  return isTimeZone(timeZone) ? createZone(timeZone).firstInstantAt(local) : null;
}

/** ISO 8601 in UTC with milliseconds. @throws RangeError beyond the range of a Date (8.64e15 either way) */
export function formatInstant(at: EpochMs): string {
  return new Date(at).toISOString();
}
