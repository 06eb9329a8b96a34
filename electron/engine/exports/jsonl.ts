/** Writes rows as JSON Lines: one object a line, its keys the column ids. */
import type { CellValue, Column } from '../../../shared/views/define-view';
import { nothingChanged, type RowEncoder } from './row-encoder';

/** Texts that JSON writes as they are. */
const needsNoEscape = /^[ !#-[\]-~]*$/;

const value = (cell: CellValue | undefined): string =>
  typeof cell === 'string' && needsNoEscape.test(cell) ? `"${cell}"` : JSON.stringify(cell ?? null);

/** Rows as JSON objects, every value unchanged: numbers and booleans bare, lone surrogates as escapes. */
export function createJsonlEncoder(columns: readonly Column[]): RowEncoder {
  const keys = columns.map((column, index) => `${index === 0 ? '{' : ','}${JSON.stringify(column.id)}:`);
  const row = (cells: readonly CellValue[]): string => {
    let text = '';
    for (let index = 0; index < keys.length; index += 1) text += String(keys[index]) + value(cells[index]);
    return keys.length === 0 ? '{}\n' : `${text}}\n`;
  };
  return { header: () => '', row, counts: () => nothingChanged };
}
