/** Knows the users an archive has forgotten without keeping their ids, so that no sync or import brings them back. */
import type { CryptoPort } from '../ports';
import { utf8 } from './bytes';

const purpose = utf8('tenantscope/forgotten-users/1');

const hexOf = (bytes: Uint8Array): string => [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('');

export class Tombstones {
  readonly #crypto: CryptoPort;
  readonly #key: Uint8Array;
  readonly #marks = new Set<string>();
  /** Answers given, as events of one user come in numbers. */
  readonly #answers = new Map<string, boolean>();

  /** `key`: the tenant's data key; what is derived from it serves nothing else. */
  constructor(crypto: CryptoPort, key: Uint8Array) {
    this.#crypto = crypto;
    this.#key = crypto.hmac(key, purpose);
  }

  get size(): number {
    return this.#marks.size;
  }

  /** As `markOf` gave them. */
  get marks(): readonly string[] {
    return [...this.#marks];
  }

  /** HMAC-SHA-256 of a user's id, in hexadecimal: who has the tenant's key can test an id, and nobody can read one out of it. */
  markOf(userId: string): string {
    return hexOf(this.#crypto.hmac(this.#key, utf8(userId)));
  }

  add(marks: readonly string[]): void {
    for (const mark of marks) this.#marks.add(mark);
    if (marks.length > 0) this.#answers.clear();
  }

  has(userId: string | null): boolean {
    if (userId === null || this.#marks.size === 0) return false;
    const known = this.#answers.get(userId);
    if (known !== undefined) return known;
    const answer = this.#marks.has(this.markOf(userId));
    this.#answers.set(userId, answer);
    return answer;
  }
}
