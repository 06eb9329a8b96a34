/** Tells of each block of rows which ids of one column it may hold, so that a scan passes over the blocks that hold none it looks for. */
import type { IdValues } from './id-column';

/** Rows that are told of together. */
export const rowsPerBlock = 4_096;

const bitsPerWord = 32;
/** A question for more ids than this is one for most blocks. */
const mostIds = 256;

/**
 * One bit for each id modulo `bitsPerBlock` (a power of two): a block whose bit is not set holds no such row; one whose bit is set
 * may hold one. Made when a column is first asked for, and continued from there: a row never changes.
 */
export class BlockFilter {
  readonly #wordsPerBlock: number;
  readonly #lastBit: number;
  #words: Uint32Array;
  #rows = 0;

  constructor(bitsPerBlock: number) {
    this.#wordsPerBlock = bitsPerBlock / bitsPerWord;
    this.#lastBit = bitsPerBlock - 1;
    this.#words = new Uint32Array(0);
  }

  /** Takes in the rows up to `length`. */
  continueTo(ids: IdValues, length: number): void {
    const needed = Math.ceil(length / rowsPerBlock) * this.#wordsPerBlock;
    if (needed > this.#words.length) {
      const wider = new Uint32Array(Math.ceil(needed * 1.25));
      wider.set(this.#words);
      this.#words = wider;
    }
    const words = this.#words;
    for (let row = this.#rows; row < length; row += 1) {
      const bit = (ids[row] ?? 0) & this.#lastBit;
      const word = Math.floor(row / rowsPerBlock) * this.#wordsPerBlock + (bit >>> 5);
      words[word] = (words[word] ?? 0) | (1 << (bit & 31));
    }
    this.#rows = length;
  }

  /** Whether a block may hold one of some ids; null where they are too many for it to be worth asking. */
  mayHold(ids: readonly number[]): ((block: number) => boolean) | null {
    if (ids.length > mostIds) return null;
    const bits = ids.map(id => id & this.#lastBit);
    const words = this.#words;
    const perBlock = this.#wordsPerBlock;
    return block => {
      for (const bit of bits) if (((words[block * perBlock + (bit >>> 5)] ?? 0) >>> (bit & 31) & 1) === 1) return true;
      return false;
    };
  }
}
