/** Lays rows out as an aligned table that fits the window. */
import type { CellValue } from '../../shared/views/define-view';
import { listSeparator } from '../../shared/views/define-view';
import { displayWidth, fitText, visibleText } from './visible-text';
import { numberText } from './wording';

export type TableColumn = { readonly id: string; readonly header: string; readonly kind: 'text' | 'number' | 'instant' };

export type TableLayout = {
  /** Columns of the window; null when nothing limits the line. */
  readonly windowColumns: number | null;
  readonly header: (text: string) => string;
};

export type Table = {
  readonly lines: readonly string[];
  /** Headers of the columns for which there was no room. */
  readonly left: readonly string[];
};

type Measured = TableColumn & { readonly cells: readonly string[]; readonly natural: number; readonly least: number };
type Sized = Measured & { readonly width: number };

const gap = 2;
/** A text column is not squeezed below this, and not wider than `widestCell` where nothing limits the line. */
const narrowestText = 12;
const widestCell = 200;

const cellText = (value: CellValue | undefined): string => {
  if (value === null || value === undefined) return '';
  if (typeof value === 'object') return visibleText(value.join(listSeparator));
  return visibleText(typeof value === 'number' ? numberText(value) : String(value));
};

/** The shared layout of every table of the command line; a column that is empty in all rows is left out. */
export function layOutTable(columns: readonly TableColumn[], rows: readonly Readonly<Record<string, CellValue>>[], layout: TableLayout): Table {
  const measured = columns.map(column => measure(column, rows)).filter(column => rows.length === 0 || column.cells.some(cell => cell !== ''));
  const shown = layout.windowColumns === null ? measured : thatFit(measured, layout.windowColumns);
  const sized = shareOut(shown, layout.windowColumns);
  const header = line(sized, column => column.header);
  const body = rows.map((_, at) => line(sized, column => column.cells[at] ?? ''));
  return { lines: [layout.header(header), ...body], left: measured.slice(sized.length).map(column => column.header) };
}

function measure(column: TableColumn, rows: readonly Readonly<Record<string, CellValue>>[]): Measured {
  const cells = rows.map(row => cellText(row[column.id]));
  const natural = Math.min(widestCell, Math.max(displayWidth(column.header), ...cells.map(displayWidth)));
  return { ...column, cells, natural, least: column.kind === 'text' ? Math.min(natural, narrowestText) : natural };
}

/** As many columns, from the first, as fit when each has its least width; the first always. */
function thatFit(columns: readonly Measured[], windowColumns: number): readonly Measured[] {
  let used = -gap;
  const end = columns.findIndex(column => (used += gap + column.least) > windowColumns);
  return columns.slice(0, end === -1 ? columns.length : Math.max(1, end));
}

/** Every column is as wide as it needs to be, up to the widest limit that lets all of them fit. */
function shareOut(columns: readonly Measured[], windowColumns: number | null): readonly Sized[] {
  const limited = (limit: number): readonly Sized[] =>
    columns.map(column => ({ ...column, width: Math.max(column.least, Math.min(column.natural, limit)) }));
  if (windowColumns === null) return limited(widestCell);
  const isWithin = (sized: readonly Sized[]): boolean => sized.reduce((sum, column) => sum + column.width + gap, -gap) <= windowColumns;
  for (let limit = widestCell; limit >= narrowestText; limit -= 1) {
    const sized = limited(limit);
    if (isWithin(sized)) return sized;
  }
  // A first column that is wider than the whole window.
  return columns.map(column => ({ ...column, width: windowColumns }));
}

function line(columns: readonly Sized[], textOf: (column: Sized) => string): string {
  const cells = columns.map(column => {
    const text = fitText(textOf(column), column.width);
    const padding = ' '.repeat(Math.max(0, column.width - displayWidth(text)));
    return column.kind === 'number' ? padding + text : text + padding;
  });
  return cells.join(' '.repeat(gap)).trimEnd();
}
