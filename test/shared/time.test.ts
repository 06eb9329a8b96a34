/** Dates as people write them become the right instants, also on the days on which clocks change. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createZone, formatInstant, isTimeZone, parseInstant } from '../../shared/domain/time';

const seed = 20261121;
const read = (text: string, zone = 'UTC'): string | null => {
  const at = parseInstant(text, zone);
  return at === null ? null : formatInstant(at);
};
/** An independent reading of a zone's clocks. */
const wallClock = (zone: string): ((at: number) => string) => {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
  });
  return at => {
    const parts = Object.fromEntries(format.formatToParts(at).map(part => [part.type, part.value]));
    return `${parts['year']!.padStart(4, '0')}-${parts['month']!}-${parts['day']!}T${parts['hour']!}:${parts['minute']!}:${parts['second']!}`;
  };
};

describe('an instant with an offset', () => {
  it.each([
    ['2026-03-01T09:30:00Z', '2026-03-01T09:30:00.000Z'],
    ['2026-03-01T09:30Z', '2026-03-01T09:30:00.000Z'],
    ['2026-03-01T09:30:00.5Z', '2026-03-01T09:30:00.500Z'],
    ['2026-03-01T09:30:00.123456789Z', '2026-03-01T09:30:00.123Z'],
    ['2026-03-01T09:30:00+05:45', '2026-03-01T03:45:00.000Z'],
    ['2026-03-01T09:30:00-0330', '2026-03-01T13:00:00.000Z'],
    ['2026-03-01T00:30:00+02', '2026-02-28T22:30:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['0099-12-31T23:59:59Z', '0099-12-31T23:59:59.000Z'],
  ])('%s is %s in every zone', (text, expected) => {
    expect(read(text, 'Asia/Kathmandu')).toBe(expected);
    expect(read(text, 'No/Such_Zone')).toBe(expected);
  });

  it.each([
    '', ' ', 'today', '2026', '2026-03', '2026-3-1', '2026-02-30', '2025-02-29', '1900-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '2026-01-00',
    '2026-03-01T24:00:00Z', '2026-03-01T09:60:00Z', '2026-03-01T23:59:60Z', '2026-03-01T9:30Z', '2026-03-01T09:30:00+24:00', '2026-03-01T09:30:00+02:60',
    '2026-03-01T09:30:00.Z', '2026-03-01 09:30:00Z', '2026-03-01Z', '2026-03-01T', ' 2026-03-01', '2026-03-01\n', '+012026-03-01T00:00:00Z', '-2026-03-01',
    '2026-03-01T09:30:00z', '1772357400000', '２０２６-03-01', `2026-03-01T09:30:00.${'1'.repeat(100_000)}Z`,
  ])('%j is none', text => {
    expect(read(text, 'Europe/Berlin')).toBeNull();
  });

  it('survives being written and read', () => {
    fc.assert(fc.property(fc.integer({ min: Date.UTC(1, 0), max: Date.UTC(9999, 11, 31) }), at => {
      expect(parseInstant(formatInstant(at), 'UTC')).toBe(at);
    }), { seed });
  });
});

describe('a local date', () => {
  it.each([
    ['UTC', '2026-03-01', '2026-03-01T00:00:00.000Z'],
    ['Europe/Berlin', '2026-03-29', '2026-03-28T23:00:00.000Z'],
    ['Europe/Berlin', '2026-03-30', '2026-03-29T22:00:00.000Z'],
    ['Asia/Kathmandu', '2026-01-01', '2025-12-31T18:15:00.000Z'],
    ['Asia/Kathmandu', '1985-12-31', '1985-12-30T18:30:00.000Z'],
    ['America/St_Johns', '2026-01-01', '2026-01-01T03:30:00.000Z'],
    ['Europe/London', '1800-01-01', '1800-01-01T00:01:15.000Z'],
  ])('in %s, %s begins at %s', (zone, text, expected) => {
    expect(read(text, zone)).toBe(expected);
  });

  it.each([
    // Clocks went from 24:00 to 01:00.
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00.000Z'],
    ['Asia/Beirut', '2022-03-27', '2022-03-26T22:00:00.000Z'],
    ['Africa/Cairo', '2024-04-26', '2024-04-25T22:00:00.000Z'],
  ])('in %s, %s has no midnight and begins with the first instant there is', (zone, text, expected) => {
    expect(read(text, zone)).toBe(expected);
    expect(wallClock(zone)(parseInstant(text, zone)!)).toBe(`${text}T01:00:00`);
    expect(read(`${text}T00:30`, zone)).toBe(expected);
  });

  it.each([
    // The hour before midnight came twice; midnight itself came once.
    ['America/Sao_Paulo', '2019-02-17', '2019-02-17T03:00:00.000Z'],
    ['Asia/Beirut', '2022-10-30', '2022-10-29T22:00:00.000Z'],
    ['Africa/Cairo', '2024-11-01', '2024-10-31T22:00:00.000Z'],
    // The hour after midnight came twice: the first one counts.
    ['America/Havana', '2022-11-06', '2022-11-06T04:00:00.000Z'],
    ['Atlantic/Azores', '2022-10-30', '2022-10-30T00:00:00.000Z'],
    // One minute after midnight clocks went back by an hour.
    ['America/St_Johns', '2010-11-07', '2010-11-07T02:30:00.000Z'],
  ])('in %s, %s begins at %s, when clocks go back', (zone, text, expected) => {
    expect(read(text, zone)).toBe(expected);
  });

  it('that a zone left out begins where the next day does', () => {
    expect(read('2011-12-29', 'Pacific/Apia')).toBe('2011-12-29T10:00:00.000Z');
    expect(read('2011-12-30', 'Pacific/Apia')).toBe('2011-12-30T10:00:00.000Z');
    expect(read('2011-12-30T15:00', 'Pacific/Apia')).toBe('2011-12-30T10:00:00.000Z');
    expect(read('2011-12-31', 'Pacific/Apia')).toBe('2011-12-30T10:00:00.000Z');
  });

  it('with a time is the first instant at which the clocks show it', () => {
    expect(read('2026-10-25T02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
    expect(read('2026-03-29T02:30', 'Europe/Berlin')).toBe('2026-03-29T01:00:00.000Z');
    expect(read('2026-07-01T12:00:00.250', 'Asia/Kathmandu')).toBe('2026-07-01T06:15:00.250Z');
  });

  it('is none in a zone that does not exist', () => {
    expect(read('2026-03-01', 'No/Such_Zone')).toBeNull();
  });

  it('begins, in every zone, with the first instant of that day by an independent clock', () => {
    const zones = Intl.supportedValuesOf('timeZone');
    const cases = fc.record({ zone: fc.constantFrom(...zones), day: fc.integer({ min: -25_000, max: 25_000 }) });
    fc.assert(fc.property(cases, ({ zone, day }) => {
      const date = new Date(day * 86_400_000).toISOString().slice(0, 10);
      const at = createZone(zone).firstInstantAt(day * 86_400_000);
      const clock = wallClock(zone);
      expect(parseInstant(date, zone)).toBe(at);
      expect(clock(at) >= `${date}T00:00:00`).toBe(true);
      expect(clock(at - 1) < `${date}T00:00:00`).toBe(true);
    }), { seed, numRuns: 400 });
  });

  it('begins right on each change of the clocks in eleven years of zones that change at night', () => {
    for (const name of ['America/Sao_Paulo', 'Africa/Cairo', 'Asia/Beirut', 'America/Havana', 'Asia/Amman', 'America/Asuncion', 'Pacific/Apia', 'Asia/Tehran']) {
      const zone = createZone(name);
      const clock = wallClock(name);
      for (let day = Date.UTC(2009, 0, 1); day < Date.UTC(2020, 0, 1); day += 86_400_000) {
        if (zone.offsetAt(day - 86_400_000) === zone.offsetAt(day + 86_400_000)) continue;
        const at = zone.firstInstantAt(day);
        const midnight = new Date(day).toISOString().slice(0, 19);
        expect([name, midnight, clock(at) >= midnight, clock(at - 1) < midnight]).toEqual([name, midnight, true, true]);
      }
    }
  });
});

describe('isTimeZone', () => {
  it.each(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Asia/Kathmandu', 'Asia/Katmandu', 'Etc/GMT+5', 'America/Port-au-Prince'])('knows %s', name => {
    expect(isTimeZone(name)).toBe(true);
  });

  it.each(['', 'Europe', 'Europe/Atlantis', '+02:00', '-05', ' UTC', 'UTC\0', '__proto__', 'constructor', 'x'.repeat(1_000_000)])('does not know %j (%#)', name => {
    expect(isTimeZone(name)).toBe(false);
  });

  it('holds for every zone the platform lists', () => {
    expect(Intl.supportedValuesOf('timeZone').filter(name => !isTimeZone(name))).toEqual([]);
  });
});
