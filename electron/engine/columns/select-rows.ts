/** Finds the rows that pass the filters of a question, by scanning columns: each filter is a table of yes and no over a dictionary. */
import { excludableFields } from '../../../shared/views/common-params';
import type { EpochMs } from '../../../shared/domain/ids';
import type { FieldMatch, TextMatches } from '../queries/conditions';
import { freeTextMatches, idsMatching } from '../queries/conditions';
import type { Scope } from '../queries/define-query';
import { rowsPerBlock } from './block-filter';
import type { BlockPlace, RowBounds } from './block-spans';
import { placeOf } from './block-spans';
import type { Columns, IdColumnName } from './columns';
import type { IdValues } from './id-column';

/** Row numbers of `Columns`, ascending. */
export type Rows = Uint32Array;

/** One entry an id of a dictionary: 1 where rows with it pass. */
export type IdMask = Uint8Array;

/** Time without bounds where null; `to` is excluded. */
export type TimeBounds = { readonly from: EpochMs | null; readonly to: EpochMs | null };

/** Rows as of the question's moment, within its time range or other bounds, that pass all its filters. @throws Failure operation.cancelled */
export async function selectRows(scope: Scope, bounds: TimeBounds = scope.params.filter): Promise<Rows> {
  const search = rowSearch(scope, bounds);
  let rows = rowsOf(scope.rows.columns, search);
  for (const { column, mask } of search.masks) {
    await scope.pause();
    rows = keepMasked(rows, scope.rows.columns.ids(column), mask);
  }
  if (search.isFound !== null) {
    await scope.pause();
    rows = rows.filter(search.isFound);
  }
  await scope.pause();
  return rows;
}

/** Row numbers whose id of a column passes the mask. */
export function keepMasked(rows: Rows, ids: IdValues, mask: IdMask): Rows {
  const kept = new Uint32Array(rows.length);
  let count = 0;
  // Counting is twice as fast here as iterating.
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? 0;
    kept[count] = row;
    count += mask[ids[row] ?? 0] ?? 0;
  }
  return kept.subarray(0, count);
}

/** A mask over a dictionary: 1 where `test` holds for the entry. Id 0, which stands for none, does not pass. */
export function maskOf<Entry>(dictionary: { readonly entries: readonly (Entry | null)[] }, test: (entry: Entry) => boolean): IdMask {
  return Uint8Array.from(dictionary.entries, entry => (entry !== null && test(entry) ? 1 : 0));
}

/** All rows as of the question's moment, whatever its filters. */
export const rowsUpTo = (scope: Scope): Rows => rowsOf(scope.rows.columns, { bounds: boundsOf(scope, { from: null, to: null }), mayHold: [] });

const boundsOf = ({ rows, asOf }: Scope, { from, to }: TimeBounds): RowBounds => ({
  from: from ?? Number.NEGATIVE_INFINITY, to: to ?? Number.POSITIVE_INFINITY, asOf: asOf >= rows.lastSeq ? Number.POSITIVE_INFINITY : asOf,
});

/** Rows within bounds, but for those of blocks that cannot hold one that is looked for. */
function rowsOf(columns: Columns, { bounds, mayHold }: Pick<RowSearch, 'bounds' | 'mayHold'>): Rows {
  const rows = new Uint32Array(columns.length);
  let count = 0;
  for (let block = 0; block < columns.blockCount; block += 1) {
    const place = mayHold.every(holds => holds(block)) ? placeOf(columns.spanOf(block), bounds) : 'outside';
    if (place !== 'outside') count = takeBlock(columns, { block, place, bounds }, rows, count);
  }
  return rows.subarray(0, count);
}

type TakenBlock = { readonly block: number; readonly place: BlockPlace; readonly bounds: RowBounds };

/** Adds the rows of one block behind the first `count`. @returns how many there are then */
function takeBlock({ length, occurredAt, seq }: Columns, { block, place, bounds: { from, to, asOf } }: TakenBlock, rows: Rows, count: number): number {
  const first = block * rowsPerBlock;
  const end = Math.min(length, first + rowsPerBlock);
  let next = count;
  if (place === 'within') {
    for (let row = first; row < end; row += 1, next += 1) rows[next] = row;
    return next;
  }
  for (let row = first; row < end; row += 1) {
    const at = occurredAt[row] ?? 0;
    rows[next] = row;
    if (at >= from && at < to && (seq[row] ?? 0) <= asOf) next += 1;
  }
  return next;
}

type Masked = { readonly column: IdColumnName; readonly mask: IdMask };
type FieldFilter = { readonly field: (typeof excludableFields)[number]; readonly values: readonly string[] };

/** A question's filters, ready for looking at rows. */
export type RowSearch = {
  readonly bounds: RowBounds;
  readonly masks: readonly Masked[];
  /** Free text, which stands in any of several fields, or in the log id; null where none is asked for. */
  readonly isFound: ((row: number) => boolean) | null;
  /** Each tells of a block whether it may hold a row; where one says no, none of its rows passes. */
  readonly mayHold: readonly ((block: number) => boolean)[];
};

/** @throws Failure params.* */
export function rowSearch(scope: Scope, bounds: TimeBounds = scope.params.filter): RowSearch {
  const { filter } = scope.params;
  const { columns } = scope.rows;
  const match = ({ field, values }: FieldFilter): FieldMatch => idsMatching(scope.rows, field, values);
  const kept = excludableFields.map(field => ({ field, values: filter[field] })).filter(({ values }) => values.length > 0).map(match);
  const left = excludableFields.map(field => ({ field, values: filter.exclude.filter(item => item.field === field).map(item => item.value) }))
    .filter(({ values }) => values.length > 0).map(match);
  const found = filter.q.length === 0 ? null : freeTextMatches(scope.rows, filter.q);
  return {
    bounds: boundsOf(scope, bounds),
    masks: [...kept.map(item => maskOfIds(scope, item)), ...left.map(item => turned(maskOfIds(scope, item)))],
    isFound: found === null ? null : textTest(scope, found),
    mayHold: [...kept.map(({ column, ids }) => columns.blocksHolding(column, ids)), found === null ? null : textBlocks(columns, found)].filter(holds => holds !== null),
  };
}

/** Ids as a mask of the size of their dictionary. */
function maskOfIds({ rows }: Scope, { column, ids }: FieldMatch): Masked {
  const mask = new Uint8Array(rows.dictionaries.of(column).size);
  for (const id of ids) mask[id] = 1;
  return { column, mask };
}

const turned = ({ column, mask }: Masked): Masked => ({ column, mask: mask.map(passes => 1 - passes) });

/** Whether a row passes all filters and bounds; for whoever looks at few rows. */
export function rowTest({ columns }: Pick<Scope['rows'], 'columns'>, { bounds: { from, to, asOf }, masks, isFound }: RowSearch): (row: number) => boolean {
  const { occurredAt, seq } = columns;
  const masked = masks.map(({ column, mask }) => ({ ids: columns.ids(column), mask }));
  return row => {
    const at = occurredAt[row] ?? 0;
    if (at < from || at >= to || (seq[row] ?? 0) > asOf) return false;
    for (const { ids, mask } of masked) if (mask[ids[row] ?? 0] !== 1) return false;
    return isFound === null || isFound(row);
  };
}

function textTest(scope: Scope, found: TextMatches): (row: number) => boolean {
  const { columns } = scope.rows;
  const masks = found.fields.map(field => ({ ids: columns.ids(field.column), mask: maskOfIds(scope, field).mask }));
  const { seq } = columns;
  return row => {
    for (const { ids, mask } of masks) if (mask[ids[row] ?? 0] === 1) return true;
    return found.seqs.size > 0 && found.seqs.has(seq[row] ?? 0);
  };
}

/** Null where every block may hold what is looked for. */
function textBlocks(columns: Columns, { fields, seqs }: TextMatches): ((block: number) => boolean) | null {
  if (seqs.size > 0) return null;
  const holds = fields.map(({ column, ids }) => columns.blocksHolding(column, ids));
  return holds.includes(null) ? null : block => holds.some(mayHold => mayHold?.(block) === true);
}
