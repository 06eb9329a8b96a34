/** Finds the rows that pass the filters of a question, by scanning columns: each filter is a table of yes and no over a dictionary. */
import { excludableFields } from '../../../shared/views/common-params';
import type { EpochMs } from '../../../shared/domain/ids';
import type { FieldMatch, TextMatches } from '../queries/conditions';
import { freeTextMatches, idsMatching } from '../queries/conditions';
import type { Scope } from '../queries/define-query';
import type { IdMask, MaskedIds, Rows } from './block-scan';
import { BlockScan, keepInPlace } from './block-scan';
import type { RowBounds } from './block-spans';
import type { Columns } from './columns';
import type { IdValues } from './id-column';

export type { IdMask, Rows } from './block-scan';

/** Time without bounds where null; `to` is excluded. */
export type TimeBounds = { readonly from: EpochMs | null; readonly to: EpochMs | null };

/** Blocks that are looked through before messages are let through. */
export const blocksPerSlice = 64;

/** Rows as of the question's moment, within its time range or other bounds, that pass all its filters. @throws Failure operation.cancelled */
export async function selectRows(scope: Scope, bounds: TimeBounds = scope.params.filter): Promise<Rows> {
  const { columns } = scope.rows;
  const { bounds: within, masks, lead, isFound, mayHold } = rowSearch(scope, bounds);
  const scan = new BlockScan(columns, within);
  for (let block = 0; block < scan.blockCount; block += 1) {
    if (block % blocksPerSlice === blocksPerSlice - 1) await scope.pause();
    if (!mayHold.every(holds => holds(block))) continue;
    scan.add(block, lead);
    for (const masked of lead === null ? masks : masks.slice(1)) scan.keepMasked(masked);
    if (isFound !== null) scan.keep(isFound);
  }
  await scope.pause();
  return scan.rows();
}

/** Row numbers whose id of a column passes the mask. */
export function keepMasked(rows: Rows, ids: IdValues, mask: IdMask): Rows {
  const kept = rows.slice();
  return kept.subarray(0, keepInPlace(kept, { ids, mask }));
}

/** A mask over a dictionary: 1 where `test` holds for the entry. Id 0, which stands for none, does not pass. */
export function maskOf<Entry>(dictionary: { readonly entries: readonly (Entry | null)[] }, test: (entry: Entry) => boolean): IdMask {
  return Uint8Array.from(dictionary.entries, entry => (entry !== null && test(entry) ? 1 : 0));
}

const boundsOf = ({ rows, asOf }: Scope, { from, to }: TimeBounds): RowBounds => ({
  from: from ?? Number.NEGATIVE_INFINITY, to: to ?? Number.POSITIVE_INFINITY, asOf: asOf >= rows.lastSeq ? Number.POSITIVE_INFINITY : asOf,
});

type FieldFilter = { readonly field: (typeof excludableFields)[number]; readonly values: readonly string[] };

/** A question's filters, ready for looking at rows. */
export type RowSearch = {
  readonly bounds: RowBounds;
  readonly masks: readonly MaskedIds[];
  /** The first of the masks where a filter says what is wanted, as that leaves fewest ids; null where none does. */
  readonly lead: MaskedIds | null;
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
  const wanted = excludableFields.map(field => ({ field, values: filter[field] })).filter(({ values }) => values.length > 0).map(match);
  const unwanted = excludableFields.map(field => ({ field, values: filter.exclude.filter(item => item.field === field).map(item => item.value) }))
    .filter(({ values }) => values.length > 0).map(match);
  const found = filter.q.length === 0 ? null : freeTextMatches(scope.rows, filter.q);
  const kept = [...wanted].sort((a, b) => a.ids.length - b.ids.length).map(item => maskOfIds(scope, item));
  return {
    bounds: boundsOf(scope, bounds),
    masks: [...kept, ...unwanted.map(item => turned(maskOfIds(scope, item)))],
    lead: kept[0] ?? null,
    isFound: found === null ? null : textTest(scope, found),
    mayHold: [...wanted.map(({ column, ids }) => columns.blocksHolding(column, ids)), found === null ? null : textBlocks(columns, found)].filter(holds => holds !== null),
  };
}

/** Ids as a mask of the size of their dictionary. */
function maskOfIds({ rows }: Scope, { column, ids }: FieldMatch): MaskedIds {
  const mask = new Uint8Array(rows.dictionaries.of(column).size);
  for (const id of ids) mask[id] = 1;
  return { ids: rows.columns.ids(column), mask };
}

const turned = ({ ids, mask }: MaskedIds): MaskedIds => ({ ids, mask: mask.map(passes => 1 - passes) });

/** Whether a row passes all filters and bounds; for whoever looks at few rows. */
export function rowTest({ columns }: Pick<Scope['rows'], 'columns'>, { bounds: { from, to, asOf }, masks, isFound }: RowSearch): (row: number) => boolean {
  const { occurredAt, seq } = columns;
  return row => {
    const at = occurredAt[row] ?? 0;
    if (at < from || at >= to || (seq[row] ?? 0) > asOf) return false;
    for (const { ids, mask } of masks) if (mask[ids[row] ?? 0] !== 1) return false;
    return isFound === null || isFound(row);
  };
}

function textTest(scope: Scope, found: TextMatches): (row: number) => boolean {
  const { columns } = scope.rows;
  const masks = found.fields.map(field => maskOfIds(scope, field));
  const { seq } = columns;
  return row => {
    for (const { ids, mask } of masks) if (mask[ids[row] ?? 0] === 1) return true;
    return found.seqs.size > 0 && found.seqs.has(seq[row] ?? 0);
  };
}

/** Null where every block may hold what is looked for. */
function textBlocks(columns: Columns, { fields, seqs }: TextMatches): ((block: number) => boolean) | null {
  const places = [...seqs];
  const holds = fields.map(({ column, ids }) => columns.blocksHolding(column, ids));
  if (places.length > mostPlaces || holds.includes(null)) return null;
  return block => {
    if (holds.some(mayHold => mayHold?.(block) === true)) return true;
    const { lowestSeq, highestSeq } = columns.spanOf(block);
    return places.some(seq => seq >= lowestSeq && seq <= highestSeq);
  };
}

/** More events than this found by their log ids are looked for in every block. */
const mostPlaces = 100;
