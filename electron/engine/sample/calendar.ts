/** The sample's options made whole: the days it covers, counted from the UTC day of `now`. */
import type { EpochMs } from '../../../shared/domain/ids';
import { day, dayOf, weekdayOf } from './time';
import type { DayNumber } from './time';

/** The result depends on these alone. `now` cuts the last day off; its UTC date fixes everything else. */
export type SampleOptions = {
  readonly now: EpochMs;
  /** Default 1. */
  readonly seed?: number;
  /** UTC days up to and with that of `now`; default 90. */
  readonly days?: number;
  /** About how many events the days hold; default 60,000. */
  readonly events?: number;
  /** The tenant's host, whose first label is its name; default `sample.eu.auth0.com`. */
  readonly domain?: string;
};

export type Calendar = {
  readonly now: EpochMs; readonly seed: number; readonly days: number; readonly events: number; readonly domain: string;
  /** Relative day 0. */
  readonly firstDay: DayNumber;
  readonly lastDay: DayNumber;
  readonly userCount: number;
};

const defaults = { seed: 1, days: 90, events: 60_000, domain: 'sample.eu.auth0.com' } as const;
const usualUsers = 4000;
const eventsPerUser = defaults.events / usualUsers;
const fewestUsers = 160;

/** More events mean busier users, not more of them; few events mean fewer users. */
const userCountFor = (events: number): number => Math.min(usualUsers, Math.max(fewestUsers, Math.round(events / eventsPerUser)));

export function calendarOf(options: SampleOptions): Calendar {
  const whole = { ...defaults, ...options };
  const days = Math.max(1, Math.floor(whole.days));
  const lastDay = dayOf(whole.now);
  return { ...whole, days, firstDay: lastDay - days + 1, lastDay, userCount: userCountFor(whole.events) };
}

/** How busy the tenant's own affairs are, 1 in the usual sample: they grow more slowly than its logins. */
export const volumeOf = ({ events }: Calendar): number => Math.sqrt(events / defaults.events);

/** The instant at which a relative day starts, UTC. */
export const startOf = (calendar: Calendar, relativeDay: number): EpochMs => (calendar.firstDay + relativeDay) * day;

/** Relative day of the last given weekday (0 is Sunday) that is at least `atLeast` days before the last day. */
export function weekdayBefore(calendar: Calendar, weekday: number, atLeast: number): number {
  const back = atLeast + ((weekdayOf(calendar.lastDay - atLeast) - weekday + 7) % 7);
  return calendar.days - 1 - back;
}
