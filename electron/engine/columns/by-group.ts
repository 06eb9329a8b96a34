/** Counts and dates rows by the groups that their ids belong to, in loops with an index and without a choice, which are several times as fast. */
import type { EpochMs } from '../../../shared/domain/ids';
import type { IdValues } from './id-column';
import type { IdMask, Rows } from './select-rows';

/** Which group a row is in: `groupOf` has for each id its number, below `count`, or -1. */
export type Grouping = { readonly ids: IdValues; readonly groupOf: Int32Array; readonly count: number };

/** Passes the ids that are in a group. */
export const groupMask = ({ groupOf }: Pick<Grouping, 'groupOf'>): IdMask => Uint8Array.from(groupOf, group => (group < 0 ? 0 : 1));

/** Rows that are in a group, in the order they came in. The functions below take only such. */
export function keepGrouped(rows: Rows, { ids, groupOf }: Grouping): Rows {
  const kept = new Uint32Array(rows.length);
  let count = 0;
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? 0;
    kept[count] = row;
    count += (groupOf[ids[row] ?? 0] ?? -1) < 0 ? 0 : 1;
  }
  return kept.subarray(0, count);
}

/** Rows before an instant, and those at it or after; each in the order they came in. */
export function splitAt(rows: Rows, occurredAt: Float64Array, instant: EpochMs): readonly [before: Rows, after: Rows] {
  const before = new Uint32Array(rows.length);
  const after = new Uint32Array(rows.length);
  let count = 0;
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? 0;
    before[count] = row;
    after[index - count] = row;
    count += (occurredAt[row] ?? 0) < instant ? 1 : 0;
  }
  return [before.subarray(0, count), after.subarray(0, rows.length - count)];
}

export function countByGroup(rows: Rows, { ids, groupOf, count }: Grouping): Uint32Array {
  const counts = new Uint32Array(count);
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? 0;
    const group = groupOf[ids[row] ?? 0] ?? 0;
    counts[group] = (counts[group] ?? 0) + 1;
  }
  return counts;
}

/** The latest row of each group, or -1; of rows of one instant the last that came. */
export function latestByGroup(rows: Rows, { ids, groupOf, count }: Grouping, occurredAt: Float64Array): Int32Array {
  const latest = new Int32Array(count).fill(-1);
  const at = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? 0;
    const group = groupOf[ids[row] ?? 0] ?? 0;
    const instant = occurredAt[row] ?? 0;
    if (instant < (at[group] ?? 0)) continue;
    at[group] = instant;
    latest[group] = row;
  }
  return latest;
}

/** How many distinct ids of another column, whose dictionary has `size` entries, the rows of each group have; id 0, which stands for none, not counted. */
export function distinctByGroup(rows: Rows, grouping: Grouping, { ids: values, size }: { readonly ids: IdValues; readonly size: number }): Uint32Array {
  const { ids, groupOf, count } = grouping;
  const counts = countByGroup(rows, grouping);
  const next = new Uint32Array(count);
  for (let group = 1; group < count; group += 1) next[group] = (next[group - 1] ?? 0) + (counts[group - 1] ?? 0);
  const sorted = new Uint32Array(rows.length);
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? 0;
    const group = groupOf[ids[row] ?? 0] ?? 0;
    const place = next[group] ?? 0;
    sorted[place] = values[row] ?? 0;
    next[group] = place + 1;
  }
  // Marked with the number of the group, so that nothing needs clearing between groups.
  const seenIn = new Uint32Array(size);
  for (let group = 0, start = 0; group < count; group += 1) {
    const end = start + (counts[group] ?? 0);
    let distinct = 0;
    seenIn[0] = group + 1;
    for (; start < end; start += 1) {
      const value = sorted[start] ?? 0;
      distinct += seenIn[value] === group + 1 ? 0 : 1;
      seenIn[value] = group + 1;
    }
    counts[group] = distinct;
  }
  return counts;
}
