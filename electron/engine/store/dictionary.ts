/** One dictionary: each distinct value gets a small number, kept in memory for writing and reading rows and in SQL for searching. */
import type { Statement } from 'sql.js';

export type DictionaryRow = readonly (string | null)[];

export class Dictionary<Entry> {
  readonly #ids = new Map<string, number>();
  readonly #entries: (Entry | null)[] = [null];
  /** Set while entries of a snapshot have no key yet: only writing needs one. */
  #keyOf: ((entry: Entry) => string) | null = null;
  readonly #insert: Statement;
  readonly #rowOf: (entry: Entry) => DictionaryRow;

  /** `insert` takes the id, then the cells of `rowOf`. */
  constructor(insert: Statement, rowOf: (entry: Entry) => DictionaryRow) {
    this.#insert = insert;
    this.#rowOf = rowOf;
  }

  /** The id of the entry with this key, made when it is new. */
  idOf(key: string, make: () => Entry): number {
    if (this.#keyOf !== null) this.#makeKeys(this.#keyOf);
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const entry = make();
    const id = this.#entries.length;
    this.#insert.run([id, ...this.#rowOf(entry)]);
    this.#entries.push(entry);
    this.#ids.set(key, id);
    return id;
  }

  #makeKeys(keyOf: (entry: Entry) => string): void {
    this.#keyOf = null;
    this.#entries.forEach((entry, id) => { if (entry !== null) this.#ids.set(keyOf(entry), id); });
  }

  /** Takes entries as a snapshot kept them, SQL included, in the order of their ids from 1; `keyOf` gives the keys that `idOf` is asked by. The dictionary must be empty. */
  load(entries: readonly Entry[], keyOf: (entry: Entry) => string): void {
    for (const entry of entries) this.#entries.push(entry);
    this.#keyOf = keyOf;
  }

  /** One more than the highest id. */
  get size(): number {
    return this.#entries.length;
  }

  /** All entries in the order of their ids, beginning with null for id 0. */
  get entries(): readonly (Entry | null)[] {
    return this.#entries;
  }

  /** Null for id 0, which means none. */
  entry(id: number): Entry | null {
    return this.#entries[id] ?? null;
  }
}
