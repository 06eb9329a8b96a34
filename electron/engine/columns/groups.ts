/** Groups rows by what a dictionary's entries stand for, several entries standing for one thing at times. */
import type { Dictionary } from '../store/dictionary';
import type { IdValues } from './id-column';
import type { Rows } from './select-rows';

/** `groupOf`: for each id of the dictionary the number of its group, or -1; `entryOf`: for each group the entry that was stored last. */
export type Groups<Entry> = { readonly groupOf: Int32Array; readonly keys: readonly string[]; readonly entryOf: readonly Entry[] };

/** Ids whose entries have the same key are one group; a null key is in none. */
export function groupsOf<Entry>(dictionary: Pick<Dictionary<Entry>, 'entries'>, keyOf: (entry: Entry) => string | null): Groups<Entry> {
  const groupOf = new Int32Array(dictionary.entries.length).fill(-1);
  const known = new Map<string, number>();
  const entryOf: Entry[] = [];
  dictionary.entries.forEach((entry, id) => {
    const key = entry === null ? null : keyOf(entry);
    if (entry === null || key === null) return;
    const group = known.get(key) ?? known.size;
    known.set(key, group);
    groupOf[id] = group;
    entryOf[group] = entry;
  });
  return { groupOf, keys: [...known.keys()], entryOf };
}

/** How many rows each id of a dictionary has; `size` as of the dictionary. */
export function countIds(rows: Rows, ids: IdValues, size: number): Uint32Array {
  const counts = new Uint32Array(size);
  const first = rows[0] ?? 0;
  if ((rows.at(-1) ?? 0) - first + 1 === rows.length) {
    // Without a gap, as where nothing filters, the ids need no look-up by row.
    return addRun(ids.subarray(first, first + rows.length), counts);
  }
  for (let index = 0; index < rows.length; index += 1) {
    const id = ids[rows[index] ?? 0] ?? 0;
    counts[id] = (counts[id] ?? 0) + 1;
  }
  return counts;
}

/** In two tables by turns: where one id comes twice, its count would have to wait for itself. */
function addRun(ids: IdValues, counts: Uint32Array): Uint32Array {
  const odd = new Uint32Array(counts.length);
  const pairs = ids.length - (ids.length % 2);
  for (let index = 0; index < pairs; index += 2) {
    const a = ids[index] ?? 0;
    const b = ids[index + 1] ?? 0;
    counts[a] = (counts[a] ?? 0) + 1;
    odd[b] = (odd[b] ?? 0) + 1;
  }
  const last = ids[pairs];
  if (last !== undefined) odd[last] = (odd[last] ?? 0) + 1;
  for (let id = 0; id < counts.length; id += 1) counts[id] = (counts[id] ?? 0) + (odd[id] ?? 0);
  return counts;
}

/** Counts distinct ids in one pass after another, without clearing between them. Id 0 stands for none and does not count. */
export class DistinctIds {
  readonly #seenIn: Uint32Array;
  #pass = 0;

  constructor(size: number) {
    this.#seenIn = new Uint32Array(size);
  }

  count(rows: Rows, ids: IdValues): number {
    this.#pass += 1;
    const pass = this.#pass;
    const seenIn = this.#seenIn;
    seenIn[0] = pass;
    let count = 0;
    for (let index = 0; index < rows.length; index += 1) {
      const id = ids[rows[index] ?? 0] ?? 0;
      if (seenIn[id] === pass) continue;
      seenIn[id] = pass;
      count += 1;
    }
    return count;
  }
}
