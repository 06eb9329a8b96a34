import fc from 'fast-check';
import { expect, it } from 'vitest';
import { latestRows } from '../../../electron/engine/columns/latest-rows';

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
