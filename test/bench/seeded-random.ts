/** Choices that are the same in every run of the benchmark. */

export type SeededRandom = { /** A whole number from 0 to below `limit`. */ readonly below: (limit: number) => number };

/** A 32-bit counter scrambled by two rounds of xor and multiplication. */
export function seededRandom(seed: number): SeededRandom {
  let counter = seed >>> 0;
  const next = (): number => {
    counter = (counter + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(counter ^ (counter >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  return { below: limit => Math.floor((next() / 2 ** 32) * limit) };
}
