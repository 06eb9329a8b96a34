/** The sample's own local time agrees with the time zone database. */
import { expect, it } from 'vitest';
import { places } from '../../../electron/engine/sample/places';
import { offsetOn } from '../../../electron/engine/sample/time';

const dayMs = 86_400_000;
const fields = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

function offsetByDatabase(format: Intl.DateTimeFormat, at: number): number {
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(part['year']!, part['month']! - 1, part['day'], part['hour'], part['minute']) - at;
}

it.each(places.map(place => [place.location.time_zone, place.zone] as const))('follows the clock of %s through the years', (timeZone, zone) => {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, ...fields });
  const first = Date.UTC(2025, 0, 1) / dayMs;
  for (let day = first; day < first + 900; day += 1) {
    const localNoon = day * dayMs + dayMs / 2 - offsetOn(zone, day);
    expect(offsetByDatabase(format, localNoon), new Date(day * dayMs).toISOString()).toBe(offsetOn(zone, day));
  }
});
