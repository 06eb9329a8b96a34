/** Days, weekdays and local time of the sample world, computed without a time zone database. */
import type { EpochMs } from '../../../shared/domain/ids';

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** Days since 1970-01-01, UTC. */
export type DayNumber = number;

export const dayOf = (at: EpochMs): DayNumber => Math.floor(at / day);

/** 0 is Sunday. */
export const weekdayOf = (dayNumber: DayNumber): number => (((dayNumber + 4) % 7) + 7) % 7;

/** Which half of the year a place puts its clocks forward in. */
export type SummerTime = 'none' | 'eu' | 'us' | 'south';

const dayNumberOf = (year: number, month: number, date: number): DayNumber => Date.UTC(year, month - 1, date) / day;

function nthSunday(year: number, month: number, nth: number): DayNumber {
  const first = dayNumberOf(year, month, 1);
  return first + ((7 - weekdayOf(first)) % 7) + 7 * (nth - 1);
}

function lastSunday(year: number, month: number): DayNumber {
  const last = dayNumberOf(year, month + 1, 0);
  return last - weekdayOf(last);
}

/** Exact to the day: the hour of the change itself does not matter to a rhythm. */
function isSummer(rule: SummerTime, dayNumber: DayNumber): boolean {
  const year = new Date(dayNumber * day).getUTCFullYear();
  switch (rule) {
    case 'none': return false;
    case 'eu': return dayNumber >= lastSunday(year, 3) && dayNumber < lastSunday(year, 10);
    case 'us': return dayNumber >= nthSunday(year, 3, 2) && dayNumber < nthSunday(year, 11, 1);
    case 'south': return dayNumber < nthSunday(year, 4, 1) || dayNumber >= nthSunday(year, 10, 1);
  }
}

export type Zone = { readonly standardHours: number; readonly summer: SummerTime };

/** Milliseconds by which a zone is ahead of UTC on a local day. */
export const offsetOn = (zone: Zone, dayNumber: DayNumber): number =>
  (zone.standardHours + (isSummer(zone.summer, dayNumber) ? 1 : 0)) * hour;
