/** Keeps the SHA-256 of many events' bytes in little memory. */

const wordsPerHash = 8;
const digitsPerWord = 8;
const hashesPerBlock = 4_096;

/** SHA-256 of events' bytes by their `seq`, 32 bytes each: as texts a million of them would take more than the rows. */
export class BodyHashes {
  readonly #blocks = new Map<number, Uint32Array>();

  /** `hex`: 64 hexadecimal digits. */
  set(seq: number, hex: string): void {
    const block = Math.floor(seq / hashesPerBlock);
    const words = this.#blocks.get(block) ?? new Uint32Array(hashesPerBlock * wordsPerHash);
    this.#blocks.set(block, words);
    const at = (seq - block * hashesPerBlock) * wordsPerHash;
    for (let word = 0; word < wordsPerHash; word += 1) words[at + word] = Number.parseInt(hex.slice(word * digitsPerWord, (word + 1) * digitsPerWord), 16);
  }

  /** Null where none was set. */
  get(seq: number): string | null {
    const block = Math.floor(seq / hashesPerBlock);
    const at = (seq - block * hashesPerBlock) * wordsPerHash;
    const words = this.#blocks.get(block)?.subarray(at, at + wordsPerHash);
    // No bytes are known whose hash is nothing but zeros.
    return words === undefined || words.every(word => word === 0) ? null : Array.from(words, word => word.toString(16).padStart(digitsPerWord, '0')).join('');
  }

  has(seq: number): boolean {
    return this.get(seq) !== null;
  }
}
