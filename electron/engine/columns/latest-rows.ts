/** Picks the newest of many rows without putting all of them in order. */
import type { EpochMs } from '../../../shared/domain/ids';
import type { Columns } from './columns';
import type { Rows } from './select-rows';

/** `after`: instant and seq of the row behind which to go on; null from the newest. */
export type Wanted = { readonly after: readonly number[] | null; readonly size: number };

/** At most `size` row numbers, newest first, then latest in order of arrival. */
export function latestRows(rows: Rows, { occurredAt, seq }: Pick<Columns, 'occurredAt' | 'seq'>, { after, size }: Wanted): readonly number[] {
  const [afterAt = Number.POSITIVE_INFINITY, afterSeq = Number.POSITIVE_INFINITY] = after ?? [];
  const newestFirst = (a: number, b: number): number => (occurredAt[b] ?? 0) - (occurredAt[a] ?? 0) || (seq[b] ?? 0) - (seq[a] ?? 0);
  let best: number[] = [];
  let oldest: EpochMs = Number.NEGATIVE_INFINITY;
  // From the end, where the newest mostly are: whatever is older than a full page is then passed over at once.
  for (let index = rows.length - 1; index >= 0; index -= 1) {
    const row = rows[index] ?? 0;
    const at = occurredAt[row] ?? 0;
    if (at < oldest || at > afterAt || (at === afterAt && (seq[row] ?? 0) >= afterSeq)) continue;
    best.push(row);
    if (best.length < 2 * size) continue;
    best = best.sort(newestFirst).slice(0, size);
    oldest = occurredAt[best[size - 1] ?? 0] ?? 0;
  }
  return best.sort(newestFirst).slice(0, size);
}
