/** Where the keys lead in the grid of the timeline. */

/** A cell: the row by its position in the list, -1 for the headers; the column by its position among those shown. */
export type GridPlace = { readonly row: number; readonly column: number };
export type GridSize = { readonly rows: number; readonly columns: number; /** Rows that fit on the screen. */ readonly pageRows: number };

/** The headers are a row like any other, so that their widths can be changed by keys. */
export const headerRow = -1;

const within = (place: GridPlace, size: GridSize): GridPlace => ({
  row: Math.max(headerRow, Math.min(size.rows - 1, place.row)),
  column: Math.max(0, Math.min(size.columns - 1, place.column)),
});

/** The cell to go to; null for keys that lead nowhere. Only ArrowUp reaches the headers. */
export function placeAfterKey(key: string, from: GridPlace, size: GridSize): GridPlace | null {
  const { row, column } = from;
  const first = size.rows === 0 ? headerRow : 0;
  const to: Readonly<Record<string, GridPlace>> = {
    ArrowDown: { row: row + 1, column }, j: { row: row + 1, column }, ArrowUp: { row: row - 1, column }, k: { row: Math.max(first, row - 1), column },
    PageDown: { row: row + size.pageRows, column }, PageUp: { row: Math.max(first, row - size.pageRows), column },
    Home: { row: first, column }, End: { row: size.rows - 1, column },
    ArrowLeft: { row, column: column - 1 }, ArrowRight: { row, column: column + 1 },
  };
  const found = Object.hasOwn(to, key) ? to[key] : undefined;
  return found === undefined ? null : within(found, size);
}

export const clampPlace = within;
