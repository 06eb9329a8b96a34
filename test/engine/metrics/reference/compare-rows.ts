/** Says how the rows of a view differ from those of its reference. */
import type { Row, View } from '../../../../shared/views/define-view';
import type { ReferenceRow } from './reference-database';
import type { Reference } from './reference';

type Cell = string | number | null;
type Cells = Readonly<Record<string, Cell>>;

/** Instants as milliseconds, truth as 0 or 1, lists as JSON: as SQL has them. */
function plain(view: View, row: Row): Cells {
  const instants = new Set(view.columns.filter(column => column.kind === 'instant').map(column => column.id));
  return Object.fromEntries(Object.entries(row).map(([id, value]): [string, Cell] => {
    if (Array.isArray(value)) return [id, JSON.stringify(value)];
    if (typeof value === 'boolean') return [id, value ? 1 : 0];
    return [id, instants.has(id) && typeof value === 'string' ? Date.parse(value) : value as Cell];
  }));
}

function agrees(expected: ReferenceRow, found: Cells): boolean {
  return Object.entries(expected).every(([id, value]) => value === '*' || Object.is(found[id], value));
}

const told = (rows: readonly unknown[]): string => JSON.stringify(rows.slice(0, 3));

function sameInOrder(expected: readonly ReferenceRow[], found: readonly Cells[]): string | null {
  if (expected.length !== found.length) return `${String(expected.length)} rows expected, ${String(found.length)} found`;
  const wrong = expected.findIndex((row, index) => !agrees(row, found[index]!));
  return wrong === -1 ? null : `row ${String(wrong)}: expected ${told([expected[wrong]])}, found ${told([found[wrong]])}`;
}

/** The order of equals is nobody's business, and so is which of them a limit cuts. */
function sameRanking(expected: readonly ReferenceRow[], found: readonly Cells[], largest: string, limit: number): string | null {
  const sizes = (rows: readonly Cells[]): Cell[] => rows.map(row => row[largest] ?? null).sort((a, b) => Number(b) - Number(a));
  const wanted = JSON.stringify(sizes(expected).slice(0, limit));
  const given = JSON.stringify(found.map(row => row[largest]));
  if (wanted !== given) return `${largest}: expected ${wanted}, found ${given}, of ${told(expected)} and ${told(found)}`;
  const open = [...expected];
  for (const row of found) {
    const match = open.findIndex(candidate => agrees(candidate, row));
    if (match === -1) return `found ${told([row])}, which is none of ${told(open.filter(candidate => candidate[largest] === row[largest]))}`;
    open.splice(match, 1);
  }
  return null;
}

/** Null where they agree. `limit`: how many rows of a ranking were asked for, null for all. */
export function differenceBetween({ ranking }: Reference, view: View, { expected, rows, limit }: { readonly expected: readonly ReferenceRow[]; readonly rows: readonly Row[]; readonly limit: number | null }): string | null {
  const found = rows.map(row => plain(view, row));
  if (ranking === null) return sameInOrder(expected, found);
  const { largest, within } = ranking;
  const cut = limit ?? (ranking.limit === 'ten' ? 10 : Number.POSITIVE_INFINITY);
  if (within === null) return sameRanking(expected, found, largest, cut);
  const groups = [...new Set([...expected, ...found].map(row => row[within]))];
  return groups.map(group => sameRanking(expected.filter(row => row[within] === group), found.filter(row => row[within] === group), largest, cut)).find(difference => difference !== null) ?? null;
}
