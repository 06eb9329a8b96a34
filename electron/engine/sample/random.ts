/** A small seeded source of pseudo-random values: the same seed and label give the same sequence on every machine. */

export type Random = {
  /** Uniform in [0, 1). */
  readonly unit: () => number;
  /** Whole number, uniform in [0, bound). */
  readonly below: (bound: number) => number;
  /** Whole number, uniform in [low, high). */
  readonly between: (low: number, high: number) => number;
  readonly chance: (probability: number) => boolean;
  /** One item of a list that is not empty. */
  readonly pick: <T>(list: readonly T[]) => T;
  readonly hex: (length: number) => string;
  readonly digits: (length: number) => string;
  /** Letters and digits, as in Auth0's ids. */
  readonly letters: (length: number) => string;
  /** Number of arrivals when `mean` are expected. */
  readonly poisson: (mean: number) => number;
};

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const warmUpRounds = 15;

/** 32-bit FNV-1a, finished with an avalanche so that near labels give far words. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}

/** The sfc32 recurrence: three mixed words and a counter; returns unsigned 32-bit words. */
function wordSequence(seed: number, label: string): () => number {
  let a = hashText(`${label}/a/${seed}`);
  let b = hashText(`${label}/b/${seed}`);
  let c = hashText(`${label}/c/${seed}`);
  let counter = 1;
  const next = (): number => {
    const word = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + word | 0;
    return word >>> 0;
  };
  for (let round = 0; round < warmUpRounds; round += 1) next();
  return next;
}

const alphabetCodes = Uint8Array.from(alphabet, letter => letter.charCodeAt(0));
const hexCodes = Uint8Array.from('0123456789abcdef', digit => digit.charCodeAt(0));

/** In one piece: text put together by `+` is a chain of its parts, and very many events keep theirs. */
const textOf = (codes: readonly number[]): string => String.fromCharCode.apply(null, codes as number[]);

function hexText(next: () => number, length: number): string {
  const codes: number[] = [];
  for (let word = 0; codes.length < length; word <<= 4) {
    if (codes.length % 8 === 0) word = next();
    codes.push(hexCodes[word >>> 28] ?? 0);
  }
  return textOf(codes);
}

function lettersText(next: () => number, length: number): string {
  const codes: number[] = [];
  for (let word = 0; codes.length < length; word = Math.floor(word / alphabet.length)) {
    if (codes.length % 5 === 0) word = next();
    codes.push(alphabetCodes[word % alphabet.length] ?? 0);
  }
  return textOf(codes);
}

/** Knuth's product method in steps, so that a large mean does not underflow. */
function poissonCount(unit: () => number, mean: number): number {
  let count = 0;
  for (let left = mean; left > 0; left -= 30) {
    const limit = Math.exp(-Math.min(left, 30));
    for (let product = unit(); product > limit; product *= unit()) count += 1;
  }
  return count;
}

/** A source of its own for each label, so that one part of the world can change without disturbing the others. */
export function randomFor(seed: number, label: string): Random {
  const next = wordSequence(seed, label);
  const unit = (): number => next() / 0x1_0000_0000;
  const below = (bound: number): number => Math.floor(unit() * bound);
  return {
    unit,
    below,
    between: (low, high) => low + below(high - low),
    chance: probability => unit() < probability,
    pick: <T>(list: readonly T[]): T => list[below(list.length)] as T,
    hex: length => hexText(next, length),
    digits: length => String(1 + below(9)) + Array.from({ length: length - 1 }, () => below(10)).join(''),
    letters: length => lettersText(next, length),
    poisson: mean => poissonCount(unit, mean),
  };
}
