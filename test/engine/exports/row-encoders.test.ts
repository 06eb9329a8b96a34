/** Exports open safely in a spreadsheet, come back exactly, and machines get every value as it is. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExportFormat } from '../../../electron/engine/exports';
import { createRowEncoder, unguardCell } from '../../../electron/engine/exports';
import type { CellValue, Column } from '../../../shared/views/define-view';
import { parseCsv } from './parse-csv';

const seed = 20261121;
const text = (id: string): Column => ({ id, header: id, kind: 'text' });
const number = (id: string): Column => ({ id, header: id, kind: 'number' });
const columns: readonly Column[] = [{ id: 'occurredAt', header: 'Occurred at', kind: 'instant' }, text('userName'), number('events')];

const triggers = [...'=+-@|%', '\t', '\r', '\n', '\0', '\x1b', '\x7f', '\x85', ...'＝＋－＠｜％﹦﹢﹣﹫﹪−⁺⁻⁼₊₋₌﬩⩵⩶'];
const invisible = ['\ufeff', '\u00a0', '\u200b', '\u200c', '\u200d', '\u200e', '\u202e', '\u2060', '\u2066', '\u00ad', '\u034f', '\u115f', '\u180e', '\u3164', '\ufe0f', '\u{e0001}', '\u2800'];
const spaces = [' ', '\t', '\u2003', '\u2009', '\u202f', '\u3000', '\u2028', '\u1680', '\v', '\f'];
const prefixes = ['', ...invisible, ...spaces, "'", '"', ',', ';', '`', '＇', '＂', '，', '\0', '\x01', '\x1f', '\ud800', '\udfff', '\ufffd'];

const writeOne = (cell: CellValue, format: ExportFormat = 'csv', column = text('c')): string => createRowEncoder(format, [column]).row([cell]);
const readOne = (cell: CellValue, format: ExportFormat = 'csv', column = text('c')): string => parseCsv(writeOne(cell, format, column))[0]![0]!;
/** A cell whose first character that is no prefix is a trigger, without an apostrophe in front of all. */
const isUnguarded = (cell: string): boolean => {
  const first = [...cell].find(char => triggers.includes(char) || !prefixes.includes(char));
  return first !== undefined && triggers.includes(first) && !cell.startsWith("'");
};
const throughUtf8 = (value: string): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(value));

describe('csv for spreadsheets', () => {
  it('opens with a byte order mark and the ids of the columns', () => {
    expect(createRowEncoder('csv', columns).header()).toBe('\ufeff"occurredAt","userName","events"\r\n');
  });

  it('quotes every value, doubles quotes, leaves null empty and ends lines with CRLF', () => {
    const encoder = createRowEncoder('csv', columns);
    expect(encoder.row(['2026-03-01T09:30:00.000Z', 'Ann "A" O\'Neil, Ltd.\r\nsecond line', 12])).toBe('"2026-03-01T09:30:00.000Z","Ann ""A"" O\'Neil, Ltd.\r\nsecond line","12"\r\n');
    expect(encoder.row([null, '', null])).toBe(',"",\r\n');
    expect(encoder.row(['x'])).toBe('"x",,\r\n');
    expect(encoder.row([true, false, 0.5])).toBe('"true","false","0.5"\r\n');
    expect(encoder.counts()).toEqual({ guarded: 0, truncated: 0 });
  });

  it('leaves numbers of number columns alone and guards texts that look like numbers', () => {
    expect(readOne(-5, 'csv', number('n'))).toBe('-5');
    expect(readOne(1e21, 'csv', number('n'))).toBe('1e+21');
    expect(readOne('-5', 'csv', number('n'))).toBe("'-5");
    expect(readOne(-5)).toBe("'-5");
    expect(readOne('+1 555 0100')).toBe("'+1 555 0100");
  });

  it('keeps digits that a spreadsheet would round', () => {
    expect(readOne('123456789012345')).toBe('123456789012345');
    expect(readOne('1234567890123456')).toBe("'1234567890123456");
    expect(readOne('90020260301093000123000000000000001223372036854775807000')).toBe("'90020260301093000123000000000000001223372036854775807000");
    expect(readOne('1234567890123456x')).toBe('1234567890123456x');
  });

  it.each(['auth0|5f7c8ec7', 'user@example.com', '2001:db8::1', "'hello'", "O'Neil", 'ä=b', 'a-b', '7-2', '0012', '(+1)', '#1', '日本', '{"a":1}', '…', '"quoted"', ' padded ', '😀'])('leaves %j as it is', value => {
    expect(readOne(value)).toBe(value);
  });

  it('counts the cells it guards, and the header is none', () => {
    const encoder = createRowEncoder('csv', [text('=id'), text('b')]);
    expect(encoder.header()).toBe('\ufeff"\'=id","b"\r\n');
    encoder.row(['=1', '@x']);
    encoder.row(['plain', '\0']);
    expect(encoder.counts()).toEqual({ guarded: 3, truncated: 0 });
  });

  it('lets no trigger begin a cell, behind whatever prefix, in any column', () => {
    const wide = Array.from({ length: 6 }, (_, index) => text(`c${String(index)}`));
    const runs = prefixes.flatMap(first => ['', ...prefixes.filter((_, index) => index % 3 === 0)].map(second => first + second));
    const hostile = runs.flatMap(prefix => triggers.map(trigger => `${prefix}${trigger}cmd|' /C calc'!A0`));
    const encoder = createRowEncoder('csv', wide);
    const unsafe: string[] = [];
    let cells = 0;
    for (let from = 0; from < hostile.length; from += wide.length) {
      const row = wide.map((_, index) => hostile[(from + index) % hostile.length]!);
      const [record] = parseCsv(throughUtf8(encoder.row(row)));
      for (const [index, cell] of record!.entries()) {
        if (isUnguarded(cell!) || unguardCell(cell!) !== throughUtf8(row[index]!)) unsafe.push(cell!);
        cells += 1;
      }
    }
    expect(unsafe).toEqual([]);
    expect(cells).toBeGreaterThan(5000);
    expect(encoder.counts().guarded).toBe(cells);
  });

  it('guards every character that a program may take for a trigger after compatibility folding', () => {
    const missed: string[] = [];
    for (let code = 1; code <= 0xffff; code += 1) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const char = String.fromCharCode(code);
      if ('=+-@|%'.includes(char.normalize('NFKC')[0]!) && !readOne(`${char}1`).startsWith("'")) missed.push(code.toString(16));
    }
    expect(missed).toEqual([]);
  });

  it('is undone exactly by unguardCell, also for texts that begin with an apostrophe', () => {
    const piece = fc.constantFrom("'", "''", '=', '+1', '-', '@', ' ', '\t', '\0', '"', ',', '\ufeff', 'a', '1', '1234567890123456', '\r\n', '…[+3]', '😀');
    const value = fc.oneof(fc.array(piece, { maxLength: 6 }).map(pieces => pieces.join('')), fc.string({ unit: 'binary', maxLength: 30 }), fc.stringMatching(/^'{0,3}\d{10,20}$/));
    fc.assert(fc.property(fc.array(value, { minLength: 3, maxLength: 3 }), values => {
      const [record] = parseCsv(throughUtf8(createRowEncoder('csv', columns).row(values)));
      expect(record!.map(cell => unguardCell(cell!))).toEqual(values);
    }), { seed, numRuns: 5000 });
  });

  it('makes a replacement character of a lone surrogate, and still knows its guard', () => {
    expect(unguardCell(throughUtf8(readOne('\ud800=1')))).toBe('\ufffd=1');
  });
});

describe('cells too long for a spreadsheet', () => {
  const limit = 32_767;

  it('are written whole up to 32,767 characters', () => {
    expect(readOne('a'.repeat(limit))).toBe('a'.repeat(limit));
    expect(readOne(`=${'a'.repeat(limit - 2)}`)).toBe(`'=${'a'.repeat(limit - 2)}`);
  });

  it.each([
    ['a'.repeat(limit + 1), ''],
    ['a'.repeat(1_000_000), ''],
    [`=${'a'.repeat(limit - 1)}`, "'"],
    [`=${'a'.repeat(40_000)}`, "'"],
    ['😀'.repeat(20_000), ''],
    [`x${'😀'.repeat(20_000)}`, ''],
    [`-${'😀'.repeat(16_384)}`, "'"],
    ['1'.repeat(limit + 5), ''],
    [' '.repeat(1_000_000), ''],
    [`${' '.repeat(limit - 8)}=${'a'.repeat(100)}`, ''],
  ])('say how much is missing and fit with mark and guard (%#)', (value, guard) => {
    const cell = readOne(value);
    const [, kept, missing] = /^([^]*)…\[\+(\d+)\]$/u.exec(cell)!;
    expect(cell.length).toBeLessThanOrEqual(limit);
    expect(cell.length).toBeGreaterThan(limit - 4);
    expect(kept!.length - guard.length + Number(missing)).toBe(value.length);
    expect(value.startsWith(kept!.slice(guard.length))).toBe(true);
    expect(kept!.startsWith(guard)).toBe(true);
    expect(throughUtf8(cell)).toBe(cell);
  });

  it('are counted, and counted as guarded too where they are', () => {
    const encoder = createRowEncoder('csv', [text('c')]);
    encoder.row(['a'.repeat(limit)]);
    encoder.row(['a'.repeat(limit + 1)]);
    encoder.row([`=${'a'.repeat(limit)}`]);
    encoder.row(['1'.repeat(limit)]);
    expect(encoder.counts()).toEqual({ guarded: 1, truncated: 3 });
  });

  it('are never cut where a marked cell could be mistaken for a guarded one', () => {
    for (let spaceCount = limit - 12; spaceCount <= limit; spaceCount += 1) {
      const cell = readOne(`${' '.repeat(spaceCount)}=${'a'.repeat(20)}`);
      expect(cell.length).toBeLessThanOrEqual(limit);
      expect(cell.startsWith("'")).toBe(unguardCell(cell) !== cell);
    }
  });
});

describe('csv for programs', () => {
  it('has no byte order mark', () => {
    expect(createRowEncoder('csv-exact', columns).header()).toBe('"occurredAt","userName","events"\r\n');
  });

  it('gives back every value, null and empty told apart', () => {
    const value = fc.option(fc.string({ unit: fc.oneof(fc.constantFrom('"', ',', '\r', '\n', "'", '=', '\0'), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })), maxLength: 20 }));
    fc.assert(fc.property(fc.array(value, { minLength: 3, maxLength: 3 }), values => {
      expect(parseCsv(throughUtf8(createRowEncoder('csv-exact', columns).row(values)))).toEqual([values]);
    }), { seed, numRuns: 3000 });
  });

  it('changes nothing however long or dangerous, and counts nothing', () => {
    const encoder = createRowEncoder('csv-exact', [text('c')]);
    const values = ['=cmd|calc', '1'.repeat(100_000), '\t=', "'x"];
    expect(values.map(value => parseCsv(encoder.row([value]))[0]![0])).toEqual(values);
    expect(encoder.counts()).toEqual({ guarded: 0, truncated: 0 });
  });
});

describe('JSON Lines', () => {
  it('has no header and one object a line with the ids as keys, in the order of the columns', () => {
    const encoder = createRowEncoder('jsonl', columns);
    expect(encoder.header()).toBe('');
    expect(encoder.row(['2026-03-01T09:30:00.000Z', null, 12])).toBe('{"occurredAt":"2026-03-01T09:30:00.000Z","userName":null,"events":12}\n');
    expect(encoder.row([])).toBe('{"occurredAt":null,"userName":null,"events":null}\n');
    expect(createRowEncoder('jsonl', []).row([])).toBe('{}\n');
  });

  it('keeps keys that mean something to JavaScript', () => {
    const encoder = createRowEncoder('jsonl', [text('__proto__'), text('a"b')]);
    expect(encoder.row(['x', 'y'])).toBe('{"__proto__":"x","a\\"b":"y"}\n');
  });

  it('gives back every value on one line, lone surrogates included', () => {
    const unit = fc.oneof(fc.constantFrom('"', '\\', '\n', '\r', '\u2028', '\0', '\x7f', '=', '\ud800', '\udc00'), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }));
    const value = fc.oneof(fc.string({ unit, maxLength: 20 }), fc.constant(null), fc.boolean(), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
    fc.assert(fc.property(fc.array(value, { minLength: 3, maxLength: 3 }), values => {
      const line = createRowEncoder('jsonl', columns).row(values);
      expect(line.indexOf('\n')).toBe(line.length - 1);
      const wanted = values.map(cell => (Object.is(cell, -0) ? 0 : cell));
      expect(Object.values(JSON.parse(throughUtf8(line)) as object)).toEqual(wanted);
    }), { seed, numRuns: 3000 });
  });
});

describe('unguardCell', () => {
  it.each([["'=1", '=1'], ["'", "'"], ["''", "''"], ["'a", "'a"], ["''=1", "'=1"], ['=1', '=1'], ['', ''], ["'1234567890123456", '1234567890123456'], ["' +1", ' +1']])('makes of %j the text %j', (cell, value) => {
    expect(unguardCell(cell)).toBe(value);
  });
});
