/** One dictionary: each distinct value gets a small number, kept in memory for writing and reading rows and in SQL for searching. */
import type { Statement } from 'sql.js';

export type DictionaryRow = readonly (string | null)[];

export class Dictionary<Entry> {
  readonly #ids = new Map<string, number>();
  readonly #entries: (Entry | null)[] = [null];
  readonly #insert: Statement;
  readonly #rowOf: (entry: Entry) => DictionaryRow;

  /** `insert` takes the id, then the cells of `rowOf`. */
  constructor(insert: Statement, rowOf: (entry: Entry) => DictionaryRow) {
    this.#insert = insert;
    this.#rowOf = rowOf;
  }

  /** The id of the entry with this key, made when it is new. */
  idOf(key: string, make: () => Entry): number {
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const entry = make();
    const id = this.#entries.length;
    this.#insert.run([id, ...this.#rowOf(entry)]);
    this.#entries.push(entry);
    this.#ids.set(key, id);
    return id;
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
