/** When people work and rest: how much happens on a weekday, and at which time of the local day. */
import type { Random } from './random';
import { minute } from './time';

export const rhythmNames = ['office', 'evening', 'shift'] as const;
export type Rhythm = (typeof rhythmNames)[number];

/** From Sunday to Saturday, relative to a full working day. */
const weekdayWeights: Readonly<Record<Rhythm, readonly number[]>> = {
  office: [0.05, 1.05, 1.1, 1.05, 1, 0.8, 0.06],
  evening: [1.15, 0.85, 0.8, 0.85, 0.9, 1, 1.2],
  shift: [0.5, 1, 1, 1, 1, 1, 0.6],
};

/** From midnight, hour by hour, in any unit. */
const hourWeights: Readonly<Record<Rhythm, readonly number[]>> = {
  office: [0, 0, 0, 0, 0, 1, 4, 16, 42, 55, 48, 40, 24, 38, 46, 40, 32, 20, 8, 4, 3, 2, 1, 0],
  evening: [4, 2, 1, 1, 1, 2, 5, 9, 9, 8, 9, 11, 14, 12, 10, 11, 14, 20, 28, 36, 40, 34, 20, 9],
  shift: [9, 8, 7, 6, 8, 22, 26, 18, 14, 13, 13, 12, 14, 26, 22, 14, 13, 12, 11, 10, 12, 26, 20, 12],
};

const cumulative = (weights: readonly number[]): readonly number[] => {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  return weights.map(weight => (sum += weight) / total);
};

const hourShares: Readonly<Record<Rhythm, readonly number[]>> = {
  office: cumulative(hourWeights.office),
  evening: cumulative(hourWeights.evening),
  shift: cumulative(hourWeights.shift),
};

/** `weekday` 0 is Sunday; 1 is an ordinary working day. */
export const weekdayWeight = (rhythm: Rhythm, weekday: number): number => weekdayWeights[rhythm][weekday] ?? 0;

/** Milliseconds after local midnight. */
export function timeOfDay(random: Random, rhythm: Rhythm): number {
  const share = random.unit();
  const hours = hourShares[rhythm].findIndex(limit => share < limit);
  return Math.floor((Math.max(hours, 0) + random.unit()) * 60 * minute);
}
