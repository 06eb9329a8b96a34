/** Gathers a line or value that spans several chunks, and gives up on keeping it once it is too long. */

export function join(parts: readonly Uint8Array[]): Uint8Array {
  const [first] = parts;
  if (first !== undefined && parts.length === 1) return first;
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export class Pieces {
  #parts: Uint8Array[] = [];
  #length = 0;
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  add(part: Uint8Array): void {
    this.#length += part.length;
    if (this.#length > this.#limit) this.#parts = [];
    else this.#parts.push(part);
  }

  /** The whole, after which this is empty again; null when it is longer than the limit. */
  take(last: Uint8Array): Uint8Array | null {
    this.add(last);
    const whole = this.#length > this.#limit ? null : join(this.#parts);
    this.#parts = [];
    this.#length = 0;
    return whole;
  }
}
