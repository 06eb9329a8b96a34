import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOutTable } from '../../electron/cli/table';
import type { TableColumn } from '../../electron/cli/table';
import { displayWidth } from '../../electron/cli/visible-text';

const hidden = /[\p{Cc}\p{Cf}]/u;
const plain = (text: string): string => text;
const columns: readonly TableColumn[] = [
  { id: 'at', header: 'At', kind: 'instant' },
  { id: 'name', header: 'Name', kind: 'text' },
  { id: 'count', header: 'Count', kind: 'number' },
];

describe('a table', () => {
  it('aligns text to the left and numbers to the right', () => {
    const rows = [{ at: '2026-03-01', name: 'fp', count: 12345 }, { at: '2026-03-02', name: 'slo', count: 7 }];
    expect(layOutTable(columns, rows, { windowColumns: null, header: plain }).lines).toEqual([
      'At          Name   Count',
      '2026-03-01  fp    12,345',
      '2026-03-02  slo        7',
    ]);
  });

  it('leaves out a column that is empty in every row', () => {
    const { lines, left } = layOutTable(columns, [{ at: '1', name: null, count: 1 }], { windowColumns: null, header: plain });
    expect(lines).toEqual(['At  Count', '1       1']);
    expect(left).toEqual([]);
  });

  it('cuts long text before it leaves out columns, and names the ones it leaves out', () => {
    const rows = [{ at: '2026-03-01', name: 'a name that is rather long', count: 7 }];
    expect(layOutTable(columns, rows, { windowColumns: 34, header: plain }).lines[1]).toBe('2026-03-01  a name that is…      7');
    const narrow = layOutTable(columns, rows, { windowColumns: 24, header: plain });
    expect(narrow.lines[1]).toBe('2026-03-01  a name that…');
    expect(narrow.left).toEqual(['Count']);
  });

  it('cannot be torn by what the rows hold', () => {
    const value = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom('\x1b[2J', '\r\n', '\u202eabc', '漢'.repeat(30)), fc.integer(), fc.constant(null));
    const row = fc.record({ at: value, name: value, count: value });
    fc.assert(fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), fc.integer({ min: 12, max: 120 }), (rows, windowColumns) => {
      const { lines } = layOutTable(columns, rows, { windowColumns, header: plain });
      expect(lines).toHaveLength(rows.length + 1);
      for (const line of lines) {
        expect(hidden.test(line)).toBe(false);
        expect(displayWidth(line)).toBeLessThanOrEqual(windowColumns);
      }
    }), { seed: 20261121, numRuns: 150 });
  });
});
