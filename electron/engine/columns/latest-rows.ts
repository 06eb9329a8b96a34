/** Picks the newest of many rows without putting all of them in order. */
import type { EpochMs } from '../../../shared/domain/ids';
import { rowsPerBlock } from './block-filter';
import type { MaskedIds } from './block-scan';
import type { Columns } from './columns';
import type { Rows } from './select-rows';

/** `after`: instant and seq of the row behind which to go on; null from the newest. */
export type Wanted = { readonly after: readonly number[] | null; readonly size: number };

/** Collects rows, and forgets those that cannot be among the newest any more. */
class Newest {
  readonly #occurredAt: Float64Array;
  readonly #seq: Float64Array;
  readonly #size: number;
  readonly #afterAt: EpochMs;
  readonly #afterSeq: number;
  #best: number[] = [];
  #oldest: EpochMs = Number.NEGATIVE_INFINITY;

  constructor({ occurredAt, seq }: Pick<Columns, 'occurredAt' | 'seq'>, { after, size }: Wanted) {
    this.#occurredAt = occurredAt;
    this.#seq = seq;
    this.#size = size;
    [this.#afterAt = Number.POSITIVE_INFINITY, this.#afterSeq = Number.POSITIVE_INFINITY] = after ?? [];
  }

  /** Whether a row that occurred between two instants could still be among them. */
  mayTake({ earliest, latest }: { readonly earliest: EpochMs; readonly latest: EpochMs }): boolean {
    return latest >= this.#oldest && earliest <= this.#afterAt;
  }

  isBehind(row: number): boolean {
    const at = this.#occurredAt[row] ?? 0;
    return at >= this.#oldest && (at < this.#afterAt || (at === this.#afterAt && (this.#seq[row] ?? 0) < this.#afterSeq));
  }

  add(row: number): void {
    this.#best.push(row);
    if (this.#best.length < 2 * this.#size) return;
    this.#best = this.#ordered();
    this.#oldest = this.#occurredAt[this.#best[this.#size - 1] ?? 0] ?? 0;
  }

  #ordered(): number[] {
    const at = this.#occurredAt;
    const seq = this.#seq;
    return this.#best.sort((a, b) => (at[b] ?? 0) - (at[a] ?? 0) || (seq[b] ?? 0) - (seq[a] ?? 0)).slice(0, this.#size);
  }

  /** Newest first, then latest in order of arrival. */
  rows(): readonly number[] {
    return this.#ordered();
  }
}

/** At most `size` row numbers, newest first, then latest in order of arrival. */
export function latestRows(rows: Rows, columns: Pick<Columns, 'occurredAt' | 'seq'>, wanted: Wanted): readonly number[] {
  const newest = new Newest(columns, wanted);
  // From the end, where the newest mostly are: whatever is older than a full page is then passed over at once.
  for (let index = rows.length - 1; index >= 0; index -= 1) {
    const row = rows[index] ?? 0;
    if (newest.isBehind(row)) newest.add(row);
  }
  return newest.rows();
}

/** Blocks that are looked through row by row, without a column to go by, before it is quicker to scan whole columns. */
const mostBlocks = 24;

/** Which blocks may hold rows that are looked for, and whether a row is one; `lead` is a column that tells most of the others apart, null where none does. */
export type RowFinder = { readonly mayHold: readonly ((block: number) => boolean)[]; readonly lead: MaskedIds | null; readonly test: (row: number) => boolean };

/**
 * The same among all rows that pass a test, without finding the others: blocks of rows that cannot hold one are passed over.
 * Null when too many would have to be looked through.
 */
export function latestPassing(columns: Columns, { mayHold, lead, test }: RowFinder, wanted: Wanted): readonly number[] | null {
  const newest = new Newest(columns, wanted);
  let looked = 0;
  for (let block = columns.blockCount - 1; block >= 0; block -= 1) {
    if (!newest.mayTake(columns.spanOf(block)) || !mayHold.every(holds => holds(block))) continue;
    if (lead === null && looked === mostBlocks) return null;
    looked += 1;
    const first = block * rowsPerBlock;
    const end = Math.min(columns.length, first + rowsPerBlock);
    if (lead !== null) addLed(newest, lead, test, { first, end });
    else for (let row = end - 1; row >= first; row -= 1) if (newest.isBehind(row) && test(row)) newest.add(row);
  }
  return newest.rows();
}

/** A plain loop over one column, which is several times as fast as asking the test of each row. */
function addLed(newest: Newest, { ids, mask }: MaskedIds, test: (row: number) => boolean, { first, end }: { readonly first: number; readonly end: number }): void {
  for (let row = end - 1; row >= first; row -= 1) {
    if (mask[ids[row] ?? 0] === 1 && newest.isBehind(row) && test(row)) newest.add(row);
  }
}
