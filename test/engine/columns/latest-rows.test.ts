import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rowsPerBlock } from '../../../electron/engine/columns/block-filter';
import { Columns } from '../../../electron/engine/columns/columns';
import { latestPassing, latestRows } from '../../../electron/engine/columns/latest-rows';

it('the newest rows, page after page, are those of a list that is put in order whole', () => {
  fc.assert(fc.property(fc.array(fc.nat(40), { maxLength: 300 }), fc.integer({ min: 1, max: 25 }), fc.constantFrom('as they came', 'oldest first', 'newest first'), (times, size, order) => {
    const dates = order === 'as they came' ? times : [...times].sort((a, b) => (order === 'oldest first' ? a - b : b - a));
    const occurredAt = Float64Array.from(dates);
    const seq = Float64Array.from(dates, (_at, row) => (row % 17 === 16 ? -row : row + 1));
    const rows = Uint32Array.from(dates.keys()).filter(row => row % 5 !== 4);
    const expected = [...rows].sort((a, b) => (dates[b] ?? 0) - (dates[a] ?? 0) || (seq[b] ?? 0) - (seq[a] ?? 0));
    const found: number[] = [];
    for (let after: readonly number[] | null = null; ;) {
      const page = latestRows(rows, { occurredAt, seq }, { after, size });
      found.push(...page);
      const last = page.at(-1);
      if (last === undefined) break;
      after = [occurredAt[last] ?? 0, seq[last] ?? 0];
    }
    expect(found).toEqual(expected);
  }), { numRuns: 300, seed: 2 });
});

it('the newest rows that pass a test are the same, found block by block, however late some of them came', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 2 ** 31 }), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 2, max: 9_000 }), (seed, size, each) => {
    const columns = new Columns();
    let state = seed;
    const random = (): number => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 1) / 2 ** 31;
    // Mostly in order; now and then far too early or far too late.
    for (let row = 0; row < 20_000; row += 1) columns.push(row + 1, random() < 0.001 ? Math.floor(random() * 40_000) : row + Math.floor(random() * 50), [row % each === 0 ? 1 : 0]);
    const passes = (row: number): boolean => row % each === 0;
    const all = Uint32Array.from({ length: columns.length }, (_none, row) => row).filter(passes);
    // As of every second block nothing is known; of the others whether one of their rows passes.
    const mayHold = [(block: number): boolean => block % 2 === 0 || all.some(row => Math.floor(row / rowsPerBlock) === block)];
    let after: readonly number[] | null = null;
    for (let page = 0; page < 4; page += 1) {
      const expected: readonly number[] = latestRows(all, columns, { after, size });
      const found = latestPassing(columns, { mayHold, lead: null, test: passes }, { after, size });
      if (found !== null) expect(found).toEqual(expected);
      expect(latestPassing(columns, { mayHold, lead: { ids: columns.ids('type'), mask: Uint8Array.of(0, 1) }, test: row => row % 3 !== 1 || passes(row) }, { after, size })).toEqual(expected);
      const last = expected.at(-1);
      if (last === undefined) break;
      after = [columns.occurredAt[last] ?? 0, columns.seq[last] ?? 0];
    }
  }), { numRuns: 40, seed: 4 });
});
