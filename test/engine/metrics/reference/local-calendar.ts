/** The hours, days, weeks and months of a time zone, found by looking at its clock again and again. */

export type Grain = 'hour' | 'day' | 'week' | 'month';
/** Half open, in milliseconds. */
export type Stretch = { readonly start: number; readonly finish: number };

export type Calendar = {
  /** Whole, also where the stretch cuts the first or the last. */
  readonly touching: (stretch: Stretch, grain: Grain) => readonly Stretch[];
  readonly around: (at: number, grain: Grain) => Stretch;
  /** The first instant of a day, written as 2026-03-29. */
  readonly startOfDate: (date: string) => number;
};

const dayMs = 86_400_000;
/** No zone of our time has another step. */
const quarterMs = 900_000;

export function createCalendar(timeZone: string): Calendar {
  const dates = new Intl.DateTimeFormat('en-US', { timeZone, year: 'numeric', month: 'numeric', day: 'numeric' });
  const hours = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', hour: '2-digit', timeZoneName: 'longOffset' });
  const starts = new Map<number, number>();

  /** Days of the calendar, counted from 1 January 1970. */
  const dayAt = (at: number): number => {
    const [month, day, year] = dates.format(at).split('/').map(Number);
    return Date.UTC(year!, month! - 1, day) / dayMs;
  };
  const dayStart = (day: number): number => {
    const known = starts.get(day);
    if (known !== undefined) return known;
    let [before, after] = [(day - 2) * dayMs, (day + 2) * dayMs];
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (dayAt(middle) >= day) after = middle;
      else before = middle;
    }
    starts.set(day, after);
    return after;
  };
  /** The day with which the period of a day begins, and that of the next one. */
  const daysOfPeriod = (day: number, grain: Grain): readonly [number, number] => {
    if (grain === 'month') {
      const date = new Date(day * dayMs);
      return [Date.UTC(date.getUTCFullYear(), date.getUTCMonth()) / dayMs, Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1) / dayMs];
    }
    // Day 4 was a Monday.
    const monday = Math.floor((day - 4) / 7) * 7 + 4;
    return grain === 'week' ? [monday, monday + 7] : [day, day + 1];
  };
  /** An hour ends where its number or the distance to UTC changes. */
  const hoursOf = (day: number): Stretch[] => {
    const found: number[] = [];
    let label = '';
    for (let at = dayStart(day); at < dayStart(day + 1); at += quarterMs) {
      const now = hours.format(at);
      if (now !== label) found.push(at);
      label = now;
    }
    return found.map((start, index) => ({ start, finish: found[index + 1] ?? dayStart(day + 1) }));
  };
  const periodsOf = (first: number, last: number, grain: Grain): Stretch[] => {
    const found: Stretch[] = [];
    for (let [from, to] = daysOfPeriod(first, grain); from <= last; [from, to] = daysOfPeriod(to, grain)) found.push({ start: dayStart(from), finish: dayStart(to) });
    // A day that the zone left out has no time.
    return found.filter(({ start, finish }) => start < finish);
  };

  const touching: Calendar['touching'] = ({ start, finish }, grain) => {
    if (finish <= start) return [];
    const [first, last] = [dayAt(start), dayAt(finish - 1)];
    const found = grain === 'hour' ? Array.from({ length: last - first + 1 }, (_none, index) => hoursOf(first + index)).flat() : periodsOf(first, last, grain);
    return found.filter(one => one.finish > start && one.start < finish);
  };
  return { touching, around: (at, grain) => touching({ start: at, finish: at + 1 }, grain)[0]!, startOfDate: date => dayStart(Date.parse(date) / dayMs) };
}
