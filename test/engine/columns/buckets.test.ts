import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Grain } from '../../../electron/engine/columns/buckets';
import { bucketsOf } from '../../../electron/engine/columns/buckets';
import { Failure } from '../../../shared/errors';

const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia', 'America/Sao_Paulo', 'Africa/Casablanca', 'Asia/Kathmandu', 'America/Havana'];
const grains: readonly Grain[] = ['hour', 'day', 'week', 'month'];
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** What the clocks of a zone show, by the platform's own formatter. */
function clockAt(at: number, timeZone: string) {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', weekday: 'short' }).formatToParts(at);
  return Object.fromEntries(parts.map(part => [part.type, part.value]));
}
const labelOf = (at: number, grain: Grain, zone: string): string => {
  const { year, month, day, hour, weekday } = clockAt(at, zone);
  if (grain === 'month') return `${String(year)}-${String(month)}`;
  const date = Date.UTC(Number(year), Number(month) - 1, Number(day)) / dayMs;
  const monday = date - ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(String(weekday));
  if (grain === 'week') return String(monday);
  return grain === 'day' ? String(date) : `${String(date)} ${String(hour)}`;
};
const iso = (starts: Float64Array): string[] => [...starts].map(at => new Date(at).toISOString());

describe('buckets of a time zone', () => {
  it('put two instants into one bucket exactly when the clocks and the calendar do, in any zone', () => {
    const instant = fc.integer({ min: Date.UTC(2010, 0, 1), max: Date.UTC(2027, 0, 1) });
    fc.assert(fc.property(fc.constantFrom(...zones), fc.constantFrom(...grains), instant, fc.integer({ min: 1, max: 40 * dayMs }), fc.array(fc.nat(1_000_000), { maxLength: 30 }), (zone, grain, from, length, places) => {
      const buckets = bucketsOf(from, from + length, grain, zone);
      expect(buckets.startOf(0)).toBeLessThanOrEqual(from);
      expect(buckets.endOf(buckets.count - 1)).toBeGreaterThanOrEqual(from + length);
      expect([...buckets.starts].every((start, index) => index === 0 || start > (buckets.starts[index - 1] ?? 0))).toBe(true);
      for (const place of places) {
        const at = from + Math.floor((length - 1) * place / 1_000_000);
        const bucket = buckets.indexOf(at, place % buckets.count);
        expect(buckets.startOf(bucket) <= at && at < buckets.endOf(bucket)).toBe(true);
        expect(labelOf(buckets.startOf(bucket), grain, zone)).toBe(labelOf(at, grain, zone));
        expect(labelOf(buckets.endOf(bucket) - 1, grain, zone)).toBe(labelOf(at, grain, zone));
        // An hour that the clocks show twice is two buckets; everything else is one.
        if (grain !== 'hour') expect(labelOf(buckets.startOf(bucket) - 1, grain, zone)).not.toBe(labelOf(at, grain, zone));
        if (grain !== 'hour') expect(labelOf(buckets.endOf(bucket), grain, zone)).not.toBe(labelOf(at, grain, zone));
      }
    }), { numRuns: process.env['TENANTSCOPE_TEST_FULL'] === undefined ? 150 : 3_000, seed: 3 });
  });

  it('give the days on which the clocks change 23 and 25 hours', () => {
    const spring = bucketsOf(Date.UTC(2026, 2, 28, 23), Date.UTC(2026, 2, 29, 22), 'day', 'Europe/Berlin');
    expect(iso(spring.starts)).toEqual(['2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z']);
    expect(bucketsOf(Date.UTC(2026, 2, 28, 23), Date.UTC(2026, 2, 29, 22), 'hour', 'Europe/Berlin').count).toBe(23);
    expect(bucketsOf(Date.UTC(2026, 9, 24, 22), Date.UTC(2026, 9, 25, 23), 'day', 'Europe/Berlin').count).toBe(1);
    expect(bucketsOf(Date.UTC(2026, 9, 24, 22), Date.UTC(2026, 9, 25, 23), 'hour', 'Europe/Berlin').count).toBe(25);
  });

  it('have none for a day that the zone left out', () => {
    expect(iso(bucketsOf(Date.UTC(2011, 11, 29, 10), Date.UTC(2011, 11, 31, 10), 'day', 'Pacific/Apia').starts))
      .toEqual(['2011-12-29T10:00:00.000Z', '2011-12-30T10:00:00.000Z', '2011-12-31T10:00:00.000Z']);
  });

  it('are none for an empty stretch, and an error for far too many', () => {
    expect(bucketsOf(5, 5, 'day', 'UTC').count).toBe(0);
    expect(bucketsOf(5, 4, 'day', 'UTC').count).toBe(0);
    expect(bucketsOf(5, 5, 'day', 'UTC').indexOf(5)).toBe(-1);
    expect(() => bucketsOf(0, 100 * 366 * dayMs, 'hour', 'UTC')).toThrow(Failure);
    expect(() => bucketsOf(-6e13, 2e14, 'month', 'UTC')).toThrow(Failure);
  });
});
