/** Finds the rows that pass the filters of a question, by scanning columns: each filter is a table of yes and no over a dictionary. */
import { excludableFields } from '../../../shared/views/common-params';
import type { EpochMs } from '../../../shared/domain/ids';
import { freeTextMatches, idsMatching } from '../queries/conditions';
import type { Scope } from '../queries/define-query';
import type { IdColumnName } from './columns';
import type { IdValues } from './id-column';

/** Row numbers of `Columns`, ascending. */
export type Rows = Uint32Array;

/** One entry an id of a dictionary: 1 where rows with it pass. */
export type IdMask = Uint8Array;

/** Time without bounds where null; `to` is excluded. */
export type TimeBounds = { readonly from: EpochMs | null; readonly to: EpochMs | null };

/** Rows as of the question's moment, within its time range or other bounds, that pass all its filters. @throws Failure operation.cancelled */
export async function selectRows(scope: Scope, bounds: TimeBounds = scope.params.filter): Promise<Rows> {
  let rows = rowsWithin(scope, bounds);
  for (const { column, mask } of filterMasks(scope)) {
    await scope.pause();
    rows = keepMasked(rows, scope.rows.columns.ids(column), mask);
  }
  if (scope.params.filter.q.length > 0) {
    await scope.pause();
    rows = keepFound(scope, rows);
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
export const rowsUpTo = (scope: Scope): Rows => rowsWithin(scope, { from: null, to: null });

function rowsWithin(scope: Scope, { from, to }: TimeBounds): Rows {
  const { columns, lastSeq } = scope.rows;
  const { length, occurredAt, seq } = columns;
  const rows = new Uint32Array(length);
  const first = from ?? Number.NEGATIVE_INFINITY;
  const end = to ?? Number.POSITIVE_INFINITY;
  const asOf = scope.asOf >= lastSeq ? Number.POSITIVE_INFINITY : scope.asOf;
  let count = 0;
  for (let row = 0; row < length; row += 1) {
    const at = occurredAt[row] ?? 0;
    rows[count] = row;
    if (at >= first && at < end && (seq[row] ?? 0) <= asOf) count += 1;
  }
  return rows.subarray(0, count);
}

type Masked = { readonly column: IdColumnName; readonly mask: IdMask };

/** Ids to a mask of the size of their dictionary. */
function maskOfIds(ids: Iterable<number>, size: number): IdMask {
  const mask = new Uint8Array(size);
  for (const id of ids) mask[id] = 1;
  return mask;
}

const turned = (mask: IdMask): IdMask => mask.map(passes => 1 - passes);

function filterMasks(scope: Scope): readonly Masked[] {
  const { filter } = scope.params;
  const maskFor = (field: (typeof excludableFields)[number], values: readonly string[]): Masked => {
    const { column, ids } = idsMatching(scope.rows, field, values);
    return { column, mask: maskOfIds(ids, scope.rows.dictionaries.of(column).size) };
  };
  const kept = excludableFields.filter(field => filter[field].length > 0).map(field => maskFor(field, filter[field]));
  const left = excludableFields.map(field => ({ field, values: filter.exclude.filter(item => item.field === field).map(item => item.value) }))
    .filter(({ values }) => values.length > 0).map(({ field, values }) => maskFor(field, values)).map(({ column, mask }) => ({ column, mask: turned(mask) }));
  return [...kept, ...left];
}

/** Whether a row passes all filters and the time range, as of the question's moment; for whoever looks at few rows. */
export function createRowTest(scope: Scope): (row: number) => boolean {
  const { columns, lastSeq } = scope.rows;
  const { occurredAt, seq } = columns;
  const { from, to, q } = scope.params.filter;
  const masks = filterMasks(scope).map(({ column, mask }) => ({ ids: columns.ids(column), mask }));
  const isFound = q.length === 0 ? null : textTest(scope);
  const asOf = scope.asOf >= lastSeq ? Number.POSITIVE_INFINITY : scope.asOf;
  return row => {
    const at = occurredAt[row] ?? 0;
    if (at < (from ?? at) || (to !== null && at >= to) || (seq[row] ?? 0) > asOf) return false;
    for (const { ids, mask } of masks) if (mask[ids[row] ?? 0] !== 1) return false;
    return isFound === null || isFound(row);
  };
}

/** Free text stands in any of several fields, or in the log id. */
const keepFound = (scope: Scope, rows: Rows): Rows => rows.filter(textTest(scope));

function textTest(scope: Scope): (row: number) => boolean {
  const { columns, dictionaries } = scope.rows;
  const found = freeTextMatches(scope.rows, scope.params.filter.q);
  const masks = found.fields.map(({ column, ids }) => ({ ids: columns.ids(column), mask: maskOfIds(ids, dictionaries.of(column).size) }));
  const { seq } = columns;
  return row => {
    for (const { ids, mask } of masks) if (mask[ids[row] ?? 0] === 1) return true;
    return found.seqs.size > 0 && found.seqs.has(seq[row] ?? 0);
  };
}
