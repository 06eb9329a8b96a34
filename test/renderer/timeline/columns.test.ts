import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clampWidth, columnTracks, readColumnChoice, shownColumns, usualColumns, widthOf, writeColumnChoice } from '../../../renderer/screens/timeline/column-model';
import { timelineColumns } from '../../../renderer/screens/timeline/column-model';
import { headerRow, placeAfterKey } from '../../../renderer/screens/timeline/grid-keys';

const none = { visibility: {}, widths: {} };

describe('the choice of columns', () => {
  it('shows nine columns at first, the time before all', () => {
    expect(shownColumns(readColumnChoice(none)).map(column => column.header)).toEqual(['Time', 'Outcome', 'Event', 'User', 'Connection', 'Organization', 'Application', 'Address', 'Description']);
  });

  it('is read as it was written', () => {
    const choice = { visibility: { ...usualColumns.visibility, ip: false, logId: true }, sizes: { eventName: 300 } };
    expect(readColumnChoice(writeColumnChoice(choice))).toEqual(choice);
    expect(writeColumnChoice(choice)).toEqual({ visibility: { ip: false, logId: true }, widths: { eventName: 300 } });
    expect(writeColumnChoice(usualColumns)).toEqual(none);
  });

  it('is as usual where what was written makes no sense, and never loses the time', () => {
    const names = fc.oneof(fc.string(), fc.constantFrom('occurredAt', 'ip', 'constructor', '__proto__'));
    const stored = fc.record({ visibility: fc.dictionary(names, fc.boolean()), widths: fc.dictionary(names, fc.integer()) });
    fc.assert(fc.property(stored, columns => { expect(shownColumns(readColumnChoice(columns))[0]?.id).toBe('occurredAt'); }), { seed: 8, numRuns: 300 });
    expect(readColumnChoice({ visibility: { occurredAt: false, ip: true }, widths: { ip: 4000, type: 500 } })).toEqual({ visibility: usualColumns.visibility, sizes: { ip: 1200 } });
  });

  it('keeps widths within bounds and gives the last column what is left', () => {
    expect([clampWidth(1), clampWidth(100.4), clampWidth(9999)]).toEqual([64, 100, 1200]);
    expect(columnTracks([100, 80])).toBe('100px minmax(80px, 1fr)');
    expect(widthOf({ visibility: {}, sizes: { occurredAt: 77 } }, timelineColumns[0]!)).toBe(77);
  });
});

describe('keys in the grid', () => {
  const size = { rows: 100, columns: 9, pageRows: 20 };
  const from = { row: 10, column: 2 };

  it.each([
    ['ArrowDown', 11, 2], ['j', 11, 2], ['ArrowUp', 9, 2], ['k', 9, 2], ['PageDown', 30, 2], ['PageUp', 0, 2], ['Home', 0, 2], ['End', 99, 2], ['ArrowLeft', 10, 1], ['ArrowRight', 10, 3],
  ])('%s leads to row %i, column %i', (key, row, column) => {
    expect(placeAfterKey(key, from, size)).toEqual({ row, column });
  });

  it('reaches the headers by ArrowUp only, and comes back', () => {
    expect(placeAfterKey('ArrowUp', { row: 0, column: 3 }, size)).toEqual({ row: headerRow, column: 3 });
    expect(placeAfterKey('k', { row: 0, column: 3 }, size)).toEqual({ row: 0, column: 3 });
    expect(placeAfterKey('ArrowDown', { row: headerRow, column: 3 }, size)).toEqual({ row: 0, column: 3 });
  });

  it('leads nowhere by other keys, and stays within an empty list', () => {
    expect(placeAfterKey('x', from, size)).toBeNull();
    expect(placeAfterKey('constructor', from, size)).toBeNull();
    expect(placeAfterKey('End', { row: headerRow, column: 0 }, { rows: 0, columns: 9, pageRows: 20 })).toEqual({ row: headerRow, column: 0 });
  });
});
