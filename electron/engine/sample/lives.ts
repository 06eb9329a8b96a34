/** The lives of users in a tenant: they arrive, stay, leave, and some return. */
import type { Random } from './random';

/** Days of the sample, `[from, until)`, counted from its first day; `from` is negative for users who were there before. */
export type Stay = { readonly from: number; readonly until: number };
/** One or more stays in order, with gaps between them. */
export type Life = readonly Stay[];

const dwellMean = 34;
const longestHistory = 700;

/** Days until somebody leaves: many soon, some late. */
const dwell = (random: Random): number => 1 + Math.floor(-dwellMean * Math.log(1 - random.unit()));

function arrivalDay(random: Random, days: number): number {
  if (random.chance(0.56)) return -1 - random.below(longestHistory);
  return Math.floor(days * random.unit() ** 0.85);
}

/**
 * A life that touches the sample's days at least once.
 * About two in five leave; a third of those come back after two to six weeks.
 */
export function livedLife(random: Random, days: number): Life {
  const from = arrivalDay(random, days);
  if (random.chance(0.58)) return [{ from, until: days + 1 }];
  const until = Math.min(Math.max(from, 0) + dwell(random), days + 1);
  const first: Stay = { from, until };
  const back = until + random.between(14, 43);
  if (back >= days || !random.chance(0.34)) return [first];
  const stays = random.chance(0.7) ? days + 1 : back + dwell(random);
  return [first, { from: back, until: Math.min(stays, days + 1) }];
}

/** The same life cut short: nothing on or after `day`, and nobody who only came later. */
export function endedBy(life: Life, day: number): Life {
  const first = life[0];
  if (first === undefined || first.from >= day) return [{ from: day - longestHistory, until: day }];
  return life.filter(stay => stay.from < day).map(stay => ({ from: stay.from, until: Math.min(stay.until, day) }));
}

/** The stay that a day belongs to. */
export function stayOn(life: Life, day: number): Stay | undefined {
  for (const stay of life) if (day >= stay.from && day < stay.until) return stay;
  return undefined;
}

export const isPresent = (life: Life, day: number): boolean => stayOn(life, day) !== undefined;
