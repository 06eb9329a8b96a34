/** What every export format offers: text that opens a file, and one text per row. */
import type { exportFormats } from '../../../shared/contract';
import type { CellValue } from '../../../shared/views/define-view';

export type ExportFormat = (typeof exportFormats)[number];

/**
 * Turns rows into text, to be written as UTF-8; each line carries its own end. Encoding as UTF-8 makes a lone surrogate U+FFFD:
 * it survives in `jsonl` only, as an escape.
 */
export type RowEncoder = {
  /** Text that opens a file: byte order mark and header row; '' for jsonl. Ask again for each part of a split export. */
  readonly header: () => string;
  /** One row, cells in the order of the columns, instants already ISO text. A cell that is not there is null. */
  readonly row: (cells: readonly CellValue[]) => string;
  /** Cells of rows that were changed so far; both 0 for ever in `csv-exact` and `jsonl`. A cell may count in both. */
  readonly counts: () => { readonly guarded: number; readonly truncated: number };
};

export const nothingChanged = { guarded: 0, truncated: 0 } as const;
