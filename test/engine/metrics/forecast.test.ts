import { describe, expect, it } from 'vitest';
import { forecastEvents, forecastUsers } from '../../../electron/engine/metrics/forecast';

/** A seeded generator of numbers in [0, 1). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
const normal = (random: () => number): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const weekly = [1.2, 1.3, 1.25, 1.1, 1, 0.4, 0.35];
const months = 200;
const share = (hits: number): number => Math.round((100 * hits) / months);
const monthDays = 30;
const middle = 15;

describe('a forecast of events at mid-month', () => {
  it.each([['busy and steady', 4_000, 0.05], ['busy and erratic', 4_000, 0.3], ['quiet', 20, 0.2]] as const)('contains the truth in 70 to 90 %% of 200 seeded months that are %s', (_name, level, scatter) => {
    let hits = 0;
    for (let seed = 1; seed <= months; seed += 1) {
      const random = randomOf(seed * 7919);
      const days = Array.from({ length: 28 + monthDays }, (_none, day) => {
        const mean = level * (weekly[(day + seed) % 7] ?? 1) * Math.exp(scatter * normal(random) - scatter ** 2 / 2);
        return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)));
      });
      const monthStart = days.length - monthDays;
      const now = monthStart + middle;
      const sum = (from: number, to: number): number => days.slice(from, to).reduce((total, count) => total + count, 0);
      const today = Math.floor((days[now] ?? 0) / 2);
      const forecast = forecastEvents({ daily: days.slice(now - 28, now), soFar: sum(monthStart, now) + today, today, remaining: monthDays - middle });
      const truth = sum(monthStart, days.length);
      if (forecast !== null && forecast.low <= truth && truth <= forecast.high) hits += 1;
    }
    console.log(`events, ${_name}: the 80 % interval contained the truth in ${String(share(hits))} % of ${String(months)} months`);
    expect(share(hits)).toBeGreaterThanOrEqual(70);
    expect(share(hits)).toBeLessThanOrEqual(90);
  });

  it('is none with less than four weeks to go by, and never below what was counted already', () => {
    expect(forecastEvents({ daily: new Array<number>(27).fill(3), soFar: 40, today: 1, remaining: 9 })).toBeNull();
    expect(forecastEvents({ daily: new Array<number>(28).fill(0), soFar: 0, today: 0, remaining: 9 })).toEqual({ value: 0, low: 0, high: 0 });
    const nothingMore = forecastEvents({ daily: new Array<number>(28).fill(10), soFar: 300, today: 50, remaining: 1 });
    expect(nothingMore?.value).toBe(300);
    expect(nothingMore?.low).toBe(300);
  });
});

/** Users with habits: each active on a day with a chance of their own, less at weekends; some leave, some arrive. */
function distinctUsers(seed: number, population: number) {
  const random = randomOf(seed * 104_729);
  const total = 100;
  const daily: Set<number>[] = Array.from({ length: total }, () => new Set<number>());
  for (let user = 0; user < population; user += 1) {
    const chance = 0.01 + 0.6 * random() ** 3;
    const from = random() < 0.3 ? Math.floor(random() * total) : 0;
    const to = random() < 0.2 ? from + Math.floor(random() * total) : total;
    for (let day = from; day < Math.min(to, total); day += 1) if (random() < chance * (weekly[(day + seed) % 7] ?? 1)) daily[day]?.add(user);
  }
  return (from: number, to: number): number => new Set(daily.slice(from, to).flatMap(users => [...users])).size;
}

describe('a forecast of active users at mid-month', () => {
  it.each([['many', 2_000], ['few', 120]] as const)('contains the truth in 70 to 90 %% of 200 seeded months, with %s users', (_name, population) => {
    let hits = 0;
    for (let seed = 1; seed <= months; seed += 1) {
      const distinct = distinctUsers(seed, population);
      const start = 70;
      const now = start + middle;
      const earlier = [21, 28, 35, 42, 49, 56, 63, 70].map(shift => ({ soFar: distinct(start - shift, now - shift), whole: distinct(start - shift, start + monthDays - shift) }));
      const forecast = forecastUsers(distinct(start, now), earlier);
      const truth = distinct(start, start + monthDays);
      if (forecast !== null && forecast.low <= truth && truth <= forecast.high) hits += 1;
    }
    console.log(`active users, ${_name}: the 80 % interval contained the truth in ${String(share(hits))} % of ${String(months)} months`);
    expect(share(hits)).toBeGreaterThanOrEqual(70);
    expect(share(hits)).toBeLessThanOrEqual(90);
  });

  it('is none with fewer than three earlier stretches, or one that had nobody', () => {
    expect(forecastUsers(10, [{ soFar: 5, whole: 9 }, { soFar: 5, whole: 9 }])).toBeNull();
    expect(forecastUsers(10, [{ soFar: 5, whole: 9 }, { soFar: 5, whole: 9 }, { soFar: 0, whole: 9 }])).toBeNull();
    expect(forecastUsers(0, [{ soFar: 5, whole: 9 }, { soFar: 5, whole: 9 }, { soFar: 5, whole: 9 }])).toBeNull();
  });
});
