/** Says whether the product and its peer counted the same: a benchmark of different answers is worth nothing. */
import type { DuckValue } from './peer-modules';
import type { Tile } from './tile';

type Given = DuckValue | undefined;
type Comparable = string | number | boolean | null;
type Row = Readonly<Record<string, Given>>;

const instant = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;
const digits = 9;

/** Instants as milliseconds since 1970, whole numbers as numbers, fractions as far as both can know them. */
function comparable(value: Given): Comparable {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'string' && instant.test(value)) return Date.parse(value);
  if (typeof value === 'number') return Number.isInteger(value) ? value : Number(value.toFixed(digits));
  if (typeof value === 'object' && value !== null) return 'micros' in value ? Number(value.micros / 1_000n) : null;
  return value ?? null;
}

/** The agreed columns of each row as JSON, sorted. */
function texts(rows: readonly Row[], { keys, counts }: Tile['agree']): readonly string[] {
  const isCounted = (row: Row): boolean => counts.length === 0 || counts.some(name => (comparable(row[name]) ?? 0) !== 0);
  return rows.filter(isCounted).map(row => JSON.stringify([...keys, ...counts].map(name => comparable(row[name])))).sort();
}

/** Null when both agree; else what differs first. */
export function disagreement(agree: Tile['agree'], ours: readonly Row[], theirs: readonly Row[]): string | null {
  const columns = [...agree.keys, ...agree.counts];
  const [example] = ours;
  const missing = example === undefined ? [] : columns.filter(name => !Object.hasOwn(example, name));
  if (missing.length > 0) return `the view has no column ${missing.join(', ')}`;
  const [own, other] = [texts(ours, agree), texts(theirs, agree)];
  if (own.length === 0 && other.length === 0) return 'there was nothing to count';
  const at = own.findIndex((text, index) => text !== other[index]);
  if (at < 0 && own.length === other.length) return null;
  const index = at < 0 ? own.length : at;
  return `${String(own.length)} rows against ${String(other.length)}; ${columns.join(', ')}: ${own[index] ?? 'no row'} against ${other[index] ?? 'no row'}`;
}
