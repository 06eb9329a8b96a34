/** Counts and dates rows by the groups that their ids belong to, in loops with an index and without a choice, which are several times as fast. */
import type { EpochMs } from '../../../shared/domain/ids';
import type { IdValues } from './id-column';
import type { Rows } from './select-rows';

/** Which group a row is in: `groupOf` has for each id its number, below `count`, or -1. */
export type Grouping = { readonly ids: IdValues; readonly groupOf: Int32Array; readonly count: number };

/** For each id its group, or the number behind the last: rows in none are then counted there, as a choice in a loop costs more than they do. */
export const slotsOf = ({ groupOf, count }: Pick<Grouping, 'groupOf' | 'count'>): Int32Array => groupOf.map(group => (group < 0 ? count : group));

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

/** A column of ids whose distinct values are counted; `size` is that of its dictionary. */
export type Counted = { readonly ids: IdValues; readonly size: number };

const wordBits = 32;

/** How many distinct ids of another column the rows of each group have; id 0, which stands for none, not counted. */
export function distinctByGroup(rows: Rows, grouping: Grouping, counted: Counted): Uint32Array {
  return grouping.count <= wordBits ? distinctOfFew(rows, grouping, counted) : distinctOfMany(rows, grouping, counted);
}

/** One bit for each group in one word an id. */
function distinctOfFew(rows: Rows, { ids, groupOf, count }: Grouping, { ids: values, size }: Counted): Uint32Array {
  const groupsOf = new Int32Array(size);
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? 0;
    const value = values[row] ?? 0;
    groupsOf[value] = (groupsOf[value] ?? 0) | (1 << (groupOf[ids[row] ?? 0] ?? 0));
  }
  groupsOf[0] = 0;
  const distinct = new Uint32Array(count);
  for (let value = 0; value < size; value += 1) {
    for (let bits = groupsOf[value] ?? 0; bits !== 0; bits &= bits - 1) {
      const group = 31 - Math.clz32(bits & -bits);
      distinct[group] = (distinct[group] ?? 0) + 1;
    }
  }
  return distinct;
}

/** Most ids are in one group only: the first is remembered, and only rows of another are sorted by their groups. */
function distinctOfMany(rows: Rows, grouping: Grouping, { ids: values, size }: Counted): Uint32Array {
  const { ids, groupOf, count } = grouping;
  const distinct = new Uint32Array(count);
  const firstOf = new Int32Array(size);
  const others = new Uint32Array(rows.length);
  let left = 0;
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? 0;
    const value = values[row] ?? 0;
    const group = groupOf[ids[row] ?? 0] ?? 0;
    const first = (firstOf[value] ?? 0) - 1;
    if (first === group || value === 0) continue;
    if (first < 0) {
      firstOf[value] = group + 1;
      distinct[group] = (distinct[group] ?? 0) + 1;
      continue;
    }
    others[left] = row;
    left += 1;
  }
  addDistinct(others.subarray(0, left), grouping, { ids: values, size }, distinct);
  return distinct;
}

/** Sorts the values by their groups, and counts in one group after the other. */
function addDistinct(rows: Rows, grouping: Grouping, { ids: values, size }: Counted, distinct: Uint32Array): void {
  if (rows.length === 0) return;
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
    for (; start < end; start += 1) {
      const value = sorted[start] ?? 0;
      if (seenIn[value] === group + 1) continue;
      seenIn[value] = group + 1;
      distinct[group] = (distinct[group] ?? 0) + 1;
    }
  }
}
