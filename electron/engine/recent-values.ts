/** Keeps the most recently used values, up to a number of them. */

export class RecentValues<Value> {
  readonly #limit: number;
  readonly #values = new Map<string, Value>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The value of a key, made when it is not kept; nothing is kept of what fails. */
  async get(key: string, make: () => Promise<Value>): Promise<Value> {
    const value = this.#values.has(key) ? (this.#values.get(key) as Value) : await make();
    this.#values.delete(key);
    this.#values.set(key, value);
    const [oldest] = this.#values.keys();
    if (this.#values.size > this.#limit && oldest !== undefined) this.#values.delete(oldest);
    return value;
  }
}
