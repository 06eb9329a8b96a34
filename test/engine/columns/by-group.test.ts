import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketsOf } from '../../../electron/engine/columns/buckets';
import { distinctByGroup } from '../../../electron/engine/columns/by-group';
import { countIds, groupsOf } from '../../../electron/engine/columns/groups';
import { countByBucket, distinctByBucket, distinctWithin, rowsByBucket } from '../../../electron/engine/columns/series';

const seed = 2_611;
const hourMs = 3_600_000;

/** Rows in groups, each with a value; some in no group, some without a value. */
const rowsOf = (groupCount: number) => fc.array(fc.record({ id: fc.nat(groupCount + 2), value: fc.nat(12), at: fc.integer({ min: -5, max: 60 }) }), { maxLength: 200 });
const columnOf = (values: readonly number[]): Uint16Array => Uint16Array.from(values);
const distinct = (values: readonly number[]): number => new Set(values.filter(value => value !== 0)).size;

describe('distinct values by group', () => {
  it.each([3, 32, 33, 200])('are those of a set for each of %i groups, whatever the order of the rows', groupCount => {
    // Two ids for one group, and the last id in none.
    const groupOf = Int32Array.from({ length: groupCount + 3 }, (_none, id) => (id < groupCount ? id : id === groupCount ? 0 : -1));
    fc.assert(fc.property(rowsOf(groupCount), all => {
      const grouping = { ids: columnOf(all.map(row => row.id)), groupOf, count: groupCount };
      const grouped = Uint32Array.from(all.flatMap(({ id }, row) => ((groupOf[id] ?? -1) < 0 ? [] : row)));
      const expected = Array.from({ length: groupCount }, (_none, group) => distinct(all.filter(({ id }) => groupOf[id] === group).map(row => row.value)));
      expect([...distinctByGroup(grouped, grouping, { ids: columnOf(all.map(row => row.value)), size: 13 })]).toEqual(expected);
    }), { seed, numRuns: 100 });
  });
});

describe('rows by bucket', () => {
  const buckets = bucketsOf(0, 50 * hourMs, 'hour', 'UTC');
  /** So large a dictionary that bits for all of it would be too many. */
  const hugeSize = 3_000_000;

  it('are counted, sorted and told apart by value as each bucket by itself would be', () => {
    fc.assert(fc.property(rowsOf(1), all => {
      const occurredAt = Float64Array.from(all, row => row.at * hourMs + 17);
      const ids = columnOf(all.map(row => row.value));
      const rows = Uint32Array.from(all, (_row, index) => index);
      const inBucket = Array.from({ length: buckets.count }, (_none, hour) => all.flatMap((row, index) => (row.at === hour ? index : [])));
      expect([...countByBucket(rows, occurredAt, buckets)]).toEqual(inBucket.map(found => found.length));
      const { rows: sorted, offsets } = rowsByBucket(rows, occurredAt, buckets);
      expect(inBucket.map((_found, hour) => [...sorted.subarray(offsets[hour], offsets[hour + 1])])).toEqual(inBucket);
      const expected = inBucket.map(found => distinct(found.map(index => ids[index] ?? 0)));
      expect(distinctByBucket(rows, { occurredAt, ids, size: 13 }, buckets)).toEqual(expected);
      if (all.length % 16 === 0) expect(distinctByBucket(rows, { occurredAt, ids, size: hugeSize }, buckets)).toEqual(expected);
    }), { seed, numRuns: 100 });
  });

  it('are told apart in stretches that overlap', () => {
    const stretch = fc.tuple(fc.integer({ min: -6, max: 61 }), fc.nat(20)).map(([from, hours]) => ({ from: from * hourMs, to: (from + hours) * hourMs }));
    fc.assert(fc.property(rowsOf(1), fc.array(stretch, { maxLength: 32 }), (all, stretches) => {
      const occurredAt = Float64Array.from(all, row => row.at * hourMs);
      const ids = columnOf(all.map(row => row.value));
      const found = distinctWithin(Uint32Array.from(all, (_row, index) => index), { occurredAt, ids, size: 13 }, stretches);
      expect([...found]).toEqual(stretches.map(({ from, to }) => distinct(all.filter(row => row.at * hourMs >= from && row.at * hourMs < to).map(row => row.value))));
    }), { seed, numRuns: 200 });
  });

  it('finds the bucket around an instant with its bounds, and none outside of all', () => {
    expect(buckets.around(hourMs + 5, 40)).toEqual([1, hourMs, 2 * hourMs]);
    for (const at of [-1, 50 * hourMs]) {
      const [bucket, start, end] = buckets.around(at, 3);
      expect(bucket).toBe(-1);
      expect(at >= start && at < end).toBe(false);
    }
  });
});

describe('ids of rows', () => {
  it('are counted with and without gaps between the rows', () => {
    fc.assert(fc.property(fc.array(fc.nat(5), { minLength: 1, maxLength: 60 }), fc.nat(20), fc.nat(20), (values, skippedFirst, skippedLast) => {
      const ids = columnOf(values);
      for (const rows of [values.map((_value, row) => row).slice(skippedFirst, values.length - skippedLast), values.map((_value, row) => row).filter(row => row % 3 !== 1)]) {
        const expected = [0, 1, 2, 3, 4, 5].map(id => rows.filter(row => values[row] === id).length);
        expect([...countIds(Uint32Array.from(rows), ids, 6)]).toEqual(expected);
      }
    }), { seed, numRuns: 200 });
  });

  it('belong together where their entries have one key', () => {
    const { groupOf, keys, entryOf } = groupsOf({ entries: [null, 'a1', 'b1', 'a2', '-'] }, entry => (entry === '-' ? null : entry.slice(0, 1)));
    expect([[...groupOf], keys, entryOf]).toEqual([[-1, 0, 1, 0, -1], ['a', 'b'], ['a2', 'b1']]);
  });
});
