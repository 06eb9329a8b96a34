/** One column of dictionary ids, in a typed array that grows, and that widens when an id needs more than 16 bits. */

export type IdValues = Uint16Array | Uint32Array;

const narrowLimit = 0xffff;

export class IdColumn {
  #values: IdValues;
  #length = 0;

  constructor(capacity: number) {
    this.#values = new Uint16Array(capacity);
  }

  /** One id a row; behind the last row the array goes on with room for more. Ask again after each insert: it may have been replaced. */
  get values(): IdValues {
    return this.#values;
  }

  /** Room for `capacity` rows. */
  reserve(capacity: number): void {
    if (capacity <= this.#values.length) return;
    const wider = this.#values instanceof Uint16Array ? new Uint16Array(capacity) : new Uint32Array(capacity);
    wider.set(this.#values.subarray(0, this.#length));
    this.#values = wider;
  }

  /** There must be room. */
  push(id: number): void {
    if (id > narrowLimit && this.#values instanceof Uint16Array) this.#values = Uint32Array.from(this.#values);
    this.#values[this.#length] = id;
    this.#length += 1;
  }

  /** Takes the place of what was there. */
  load(values: IdValues): void {
    this.#values = values;
    this.#length = values.length;
  }
}
