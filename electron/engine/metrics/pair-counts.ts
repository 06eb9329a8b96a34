/** Remembers which ids of a column occur in which group, for counts of distinct ids beside counts of rows. */
import type { IdValues } from '../columns/id-column';

/** The first groups remember their ids in an array each, which is fast; there may be as many groups as strangers write errors, so the others share a set. */
const groupsWithArray = 200;

export class PairCounts {
  readonly #ids: IdValues;
  readonly #size: number;
  readonly #seen: Uint8Array[] = [];
  readonly #pairs = new Set<number>();
  readonly #byGroup: number[][] = [];

  /** `size`: of the column's dictionary. */
  constructor(ids: IdValues, size: number) {
    this.#ids = ids;
    this.#size = size;
  }

  /** Groups are counted from 0. Id 0, which stands for none, is not remembered. */
  add(group: number, row: number): void {
    const id = this.#ids[row] ?? 0;
    if (id !== 0 && this.#isNew(group, id)) (this.#byGroup[group] ??= []).push(id);
  }

  #isNew(group: number, id: number): boolean {
    if (group < groupsWithArray) {
      const seen = (this.#seen[group] ??= new Uint8Array(this.#size));
      if (seen[id] === 1) return false;
      seen[id] = 1;
      return true;
    }
    const pair = group * this.#size + id;
    if (this.#pairs.has(pair)) return false;
    this.#pairs.add(pair);
    return true;
  }

  countOf(group: number): number {
    return this.#byGroup[group]?.length ?? 0;
  }

  idsOf(group: number): readonly number[] {
    return this.#byGroup[group] ?? [];
  }
}

/** The distinct labels of some ids, sorted. */
export function labelsOf(ids: readonly number[], labelOf: (id: number) => string | null): readonly string[] {
  return [...new Set(ids.flatMap(id => labelOf(id) ?? []))].sort();
}
