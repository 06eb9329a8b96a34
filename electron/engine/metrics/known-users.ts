/** Counts the distinct users known at the end of each bucket, by the first of the rows that name them. */
import type { Rows } from '../columns/select-rows';
import type { Series } from '../columns/series';
import type { Scope } from '../queries/define-query';

/** One number a bucket, never falling. `rows`: from the start of the archive, those before the first bucket included; those behind the last do not count. */
export function knownUsersByBucket({ rows: { columns, dictionaries } }: Scope, rows: Rows, { buckets }: Pick<Series, 'buckets'>): Uint32Array {
  const known = new Uint32Array(buckets.count);
  const first = buckets.startOf(0);
  firstSeenAt(rows, columns.ids('user'), columns.occurredAt, dictionaries.user.size).forEach((at, user) => {
    const bucket = at < first ? 0 : buckets.indexOf(at);
    if (user !== 0 && bucket >= 0 && bucket < known.length) known[bucket] = (known[bucket] ?? 0) + 1;
  });
  for (let bucket = 1; bucket < known.length; bucket += 1) known[bucket] = (known[bucket] ?? 0) + (known[bucket - 1] ?? 0);
  return known;
}

/** The earliest instant of each id; infinite where no row has it. */
function firstSeenAt(rows: Rows, ids: ArrayLike<number>, occurredAt: Float64Array, size: number): Float64Array {
  const firstAt = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
  for (const row of rows) {
    const id = ids[row] ?? 0;
    const at = occurredAt[row] ?? 0;
    if (at < (firstAt[id] ?? 0)) firstAt[id] = at;
  }
  return firstAt;
}
