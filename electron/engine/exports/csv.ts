/** Writes rows as CSV: guarded for spreadsheets, or exactly as they are. */
import type { CellValue, Column } from '../../../shared/views/define-view';
import { listSeparator } from '../../../shared/views/define-view';
import { needsGuard } from './guard-cell';
import { nothingChanged, type RowEncoder } from './row-encoder';

/** The longest cell that spreadsheets take, in UTF-16 code units. */
const maxCellLength = 32_767;
const byteOrderMark = '\ufeff';

type Counts = { guarded: number; truncated: number };

const quote = (text: string): string => (text.includes('"') ? `"${text.replaceAll('"', '""')}"` : `"${text}"`);

const splitsPair = (text: string, at: number): boolean =>
  (text.charCodeAt(at - 1) & 0xfc00) === 0xd800 && (text.charCodeAt(at) & 0xfc00) === 0xdc00;

/** A text of at most `limit` code units: whole, or its start and how many code units are missing. */
function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let kept = limit;
  let mark: string;
  do {
    kept -= 1;
    mark = `…[+${String(text.length - kept)}]`;
  } while (kept + mark.length > limit || splitsPair(text, kept));
  return text.slice(0, kept) + mark;
}

/** Cuts first and guards what is left, so that the guard always fits the text that is written. */
function spreadsheetText(text: string, counts: Counts): string {
  const whole = cut(text, maxCellLength);
  const cell = needsGuard(whole) ? cut(text, maxCellLength - 1) : whole;
  if (cell.length !== text.length) counts.truncated += 1;
  if (!needsGuard(cell)) return cell;
  counts.guarded += 1;
  return `'${cell}`;
}

/**
 * Rows for people: byte order mark, CRLF, every value quoted, null empty. Texts that a spreadsheet could act on get an apostrophe,
 * control characters included (they are kept); numbers in number columns do not. `unguardCell` takes it off again.
 */
export function createSpreadsheetEncoder(columns: readonly Column[]): RowEncoder {
  const numeric = columns.map(column => column.kind === 'number');
  const counts: Counts = { guarded: 0, truncated: 0 };

  const encode = (cell: string | number | boolean, index: number): string => {
    if (typeof cell === 'number' && numeric[index] === true) return `"${String(cell)}"`;
    const text = String(cell);
    if (text.length >= maxCellLength) return quote(spreadsheetText(text, counts));
    if (!needsGuard(text)) return quote(text);
    counts.guarded += 1;
    return quote(`'${text}`);
  };
  return {
    header: () => byteOrderMark + line(columns, columns.map(column => column.id), id => quote(spreadsheetText(String(id), { ...nothingChanged }))),
    row: cells => line(columns, cells, encode),
    counts: () => ({ ...counts }),
  };
}

/** Rows for programs: RFC 4180, every value quoted and unchanged, null empty, no byte order mark. */
export function createExactEncoder(columns: readonly Column[]): RowEncoder {
  const encode = (cell: string | number | boolean): string => quote(String(cell));
  return {
    header: () => line(columns, columns.map(column => column.id), encode),
    row: cells => line(columns, cells, encode),
    counts: () => nothingChanged,
  };
}

function line(columns: readonly Column[], cells: readonly CellValue[], encode: (cell: string | number | boolean, index: number) => string): string {
  let text = '';
  for (let index = 0; index < columns.length; index += 1) {
    const cell = cells[index];
    if (index > 0) text += ',';
    if (cell !== null && cell !== undefined) text += encode(typeof cell === 'object' ? cell.join(listSeparator) : cell, index);
  }
  return `${text}\r\n`;
}
