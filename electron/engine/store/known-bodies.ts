/** Remembers bodies that have no log id to know them by, so that the same one is kept once. */
import type { CryptoPort } from '../ports';

export class KnownBodies {
  readonly #crypto: CryptoPort;
  readonly #hashes: Set<string>;

  /** `hashes`: of bodies known from before. */
  constructor(crypto: CryptoPort, hashes: readonly string[] = []) {
    this.#crypto = crypto;
    this.#hashes = new Set(hashes);
  }

  /** SHA-256 of each body, hexadecimal. */
  get hashes(): readonly string[] {
    return [...this.#hashes];
  }

  get size(): number {
    return this.#hashes.size;
  }

  has(body: Uint8Array): boolean {
    return this.#hashes.has(this.#hashOf(body));
  }

  add(body: Uint8Array): void {
    this.#hashes.add(this.#hashOf(body));
  }

  #hashOf(body: Uint8Array): string {
    const hash = this.#crypto.sha256();
    hash.update(body);
    return hash.hex();
  }
}
