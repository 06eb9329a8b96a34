/** Chooses which buckets the axis of time names, and how: round hours, Mondays, first days of months, as many as there is room for. */
import type { EpochMs } from '../../shared/domain/ids';
import { createZoneWithin } from '../../shared/domain/time';
import type { ChartBucket, ChartGrain } from './chart-model';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const marginMs = 32 * dayMs;
/** 1 January 1970 was a Thursday; weeks begin on Mondays. */
const mondayShift = 3;

type Local = { readonly hour: number; readonly day: number; readonly week: number; readonly month: number; readonly dayOfMonth: number; readonly year: number };

function localOf(at: EpochMs, offset: number): Local {
  const local = new Date(at + offset);
  const day = Math.floor((at + offset) / dayMs);
  const year = local.getUTCFullYear();
  return { hour: local.getUTCHours(), day, week: Math.floor((day + mondayShift) / 7), month: year * 12 + local.getUTCMonth(), dayOfMonth: local.getUTCDate(), year };
}

type Rule = (local: Local) => boolean;
const everyHours = (step: number): Rule => ({ hour }) => hour % step === 0;
const everyDays = (step: number): Rule => ({ hour, day }) => hour === 0 && day % step === 0;
const everyWeeks = (step: number): Rule => ({ hour, day, week }) => hour === 0 && (day + mondayShift) % 7 === 0 && week % step === 0;
const everyMonths = (step: number): Rule => ({ hour, dayOfMonth, month }) => hour === 0 && dayOfMonth === 1 && month % step === 0;
const months = [1, 2, 3, 6, 12, 24, 60, 120, 600].map(everyMonths);

/** From the finest to the coarsest. */
const rules: Readonly<Record<ChartGrain, readonly Rule[]>> = {
  hour: [...[1, 2, 3, 6, 12].map(everyHours), ...[1, 2].map(everyDays), ...[1, 2].map(everyWeeks), ...months],
  day: [...[1, 2].map(everyDays), ...[1, 2].map(everyWeeks), ...months],
  week: [1, 2, 4, 8, 13, 26, 52, 260].map(everyWeeks),
  month: months,
};

function labelOf(at: EpochMs, local: Local, before: Local | undefined, grain: ChartGrain, timeZone: string): string {
  const write = (options: Intl.DateTimeFormatOptions): string => new Intl.DateTimeFormat(undefined, { timeZone, ...options }).format(at);
  const isNewYear = before !== undefined && before.year !== local.year;
  if (grain === 'month') return isNewYear || local.month % 12 === 0 ? write({ year: 'numeric' }) : write({ month: 'short' });
  if (grain === 'hour' && local.hour !== 0) return write({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return isNewYear ? write({ month: 'short', year: 'numeric' }) : write({ day: 'numeric', month: 'short' });
}

/** For each bucket its label, or null where it has none; at most `most` labels, the first bucket's where no round time is met. */
export function axisTicks(buckets: readonly ChartBucket[], grain: ChartGrain, timeZone: string, most: number): readonly (string | null)[] {
  const first = buckets[0];
  const last = buckets.at(-1);
  if (first === undefined || last === undefined) return [];
  const zone = createZoneWithin(timeZone, first.startAt - marginMs, last.endAt + marginMs);
  // A day whose midnight the clocks skip begins later and is a day all the same.
  const locals = buckets.map(({ startAt }) => localOf(startAt, zone.offsetAt(startAt))).map(local => (grain === 'hour' ? local : { ...local, hour: 0 }));
  const chosen = rules[grain].map(rule => locals.flatMap((local, index) => (rule(local) ? [index] : []))).find(ticks => ticks.length <= Math.max(1, most)) ?? [];
  const ticks = chosen.length === 0 ? [0] : chosen;
  const labels = new Map(ticks.map((index, place) => {
    // The first label is measured by the first bucket: the year may have turned before it.
    const previous = ticks[place - 1] ?? 0;
    return [index, labelOf(buckets[index]?.startAt ?? 0, locals[index] as Local, locals[previous], grain, timeZone)];
  }));
  return buckets.map((_bucket, index) => labels.get(index) ?? null);
}
