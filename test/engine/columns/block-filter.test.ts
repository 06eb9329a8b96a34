import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rowsPerBlock } from '../../../electron/engine/columns/block-filter';
import { Columns, idColumnNames } from '../../../electron/engine/columns/columns';

const idsWith = (user: number): readonly number[] => idColumnNames.map(name => (name === 'user' ? user : 1));

function columnsOf(users: readonly number[], atOf: (row: number) => number = row => row): Columns {
  const columns = new Columns();
  users.forEach((user, row) => { columns.push(row + 1, atOf(row), idsWith(user)); });
  return columns;
}

it('a block that holds an id is never passed over, however many ids there are and whenever it was asked before', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 2 ** 31 }), fc.array(fc.nat(200_000), { minLength: 1, maxLength: 20 }), (seed, wanted) => {
    let state = seed;
    const random = (): number => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 1);
    const columns = new Columns();
    for (let row = 0; row < 3 * rowsPerBlock; row += 1) {
      columns.push(row + 1, row, idsWith(random() % 5 === 0 ? wanted[random() % wanted.length] ?? 0 : random() % 200_000));
      if (row % 5_000 === 0) columns.blocksHolding('user', wanted);
    }
    const holds = columns.blocksHolding('user', wanted);
    for (let block = 0; block < columns.blockCount; block += 1) {
      const held = columns.ids('user').subarray(block * rowsPerBlock, Math.min(columns.length, (block + 1) * rowsPerBlock)).some(id => wanted.includes(id));
      if (held) expect(holds?.(block)).toBe(true);
    }
  }), { numRuns: 10, seed: 3 });
});

it('most blocks without an id are passed over', () => {
  const columns = columnsOf(Array.from({ length: 20 * rowsPerBlock }, (_none, row) => (row === 9 * rowsPerBlock ? 7 : 1_000 + row)));
  const holds = columns.blocksHolding('user', [7]);
  expect(Array.from({ length: columns.blockCount }, (_none, block) => block).filter(block => holds?.(block) === true)).toContain(9);
  expect(Array.from({ length: columns.blockCount }, (_none, block) => block).filter(block => holds?.(block) === true).length).toBeLessThan(10);
});

it('too many ids are not looked for block by block', () => {
  expect(columnsOf([1, 2, 3]).blocksHolding('user', Array.from({ length: 10_000 }, (_none, id) => id))).toBeNull();
});

it('the stretch of time of all rows, or of those within bounds, is that of looking at each', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 2 ** 31 }), fc.nat(10_000), fc.nat(10_000), fc.nat(9_000), (seed, a, b, asOf) => {
    let state = seed;
    const times = Array.from({ length: 9_000 }, (_none, row) => row + (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 1) % 900);
    const columns = columnsOf(times.map(() => 1), row => times[row] ?? 0);
    const [from, to] = [Math.min(a, b), Math.max(a, b)];
    const within = times.filter((at, row) => at >= from && at < to && row + 1 <= asOf);
    const expected = within.length === 0 ? null : { first: Math.min(...within), last: Math.max(...within) };
    expect(columns.timeRange({ from, to, asOf })).toEqual(expected);
    expect(columns.timeRange()).toEqual({ first: Math.min(...times), last: Math.max(...times) });
  }), { numRuns: 40, seed: 8 });
  expect(new Columns().timeRange()).toBeNull();
});
