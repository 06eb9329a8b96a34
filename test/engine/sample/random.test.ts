/** The seeded source: repeatable, separate by label, and even enough for a sample. */
import { describe, expect, it } from 'vitest';
import { randomFor } from '../../../electron/engine/sample/random';

const take = (count: number, next: () => number): readonly number[] => Array.from({ length: count }, next);
const meanOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

describe('the seeded source', () => {
  it('repeats itself for a seed and a label, and differs for others', () => {
    const first = take(20, randomFor(7, 'users').unit);
    expect(take(20, randomFor(7, 'users').unit)).toEqual(first);
    expect(take(20, randomFor(8, 'users').unit)).not.toEqual(first);
    expect(take(20, randomFor(7, 'world').unit)).not.toEqual(first);
  });

  it('is even over its range', () => {
    const tenths = new Map<number, number>();
    for (const value of take(100_000, randomFor(1, 'even').unit)) tenths.set(Math.floor(value * 10), (tenths.get(Math.floor(value * 10)) ?? 0) + 1);
    expect([...tenths.values()].every(count => Math.abs(count - 10_000) < 400)).toBe(true);
    expect(tenths.size).toBe(10);
  });

  it.each([0, 0.3, 4, 90])('counts arrivals around a mean of %d', mean => {
    const random = randomFor(3, 'arrivals');
    expect(Math.abs(meanOf(take(20_000, () => random.poisson(mean))) - mean)).toBeLessThan(0.03 * mean + 0.001);
  });

  it('makes texts of the asked length from their alphabets', () => {
    const random = randomFor(5, 'texts');
    for (const length of [1, 3, 8, 21, 32, 43]) {
      expect(random.hex(length)).toMatch(new RegExp(`^[0-9a-f]{${length}}$`));
      expect(random.letters(length)).toMatch(new RegExp(`^[A-Za-z0-9]{${length}}$`));
      expect(random.digits(length)).toMatch(new RegExp(`^[1-9][0-9]{${length - 1}}$`));
    }
  });
});
