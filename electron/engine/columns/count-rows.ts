/** Counts the rows that pass the filters of a question, without collecting them. */
import type { Scope } from '../queries/define-query';
import { rowsPerBlock } from './block-filter';
import type { BlockPlace } from './block-spans';
import { placeOf } from './block-spans';
import type { RowSearch } from './select-rows';
import { blocksPerSlice, rowSearch, rowTest } from './select-rows';

type Stretch = { readonly first: number; readonly end: number };

/** As many as `selectRows` finds. @throws Failure operation.cancelled */
export async function countRows(scope: Scope): Promise<number> {
  const { columns } = scope.rows;
  const search = rowSearch(scope);
  const countIn = counterOf(scope, search);
  const { length, blockCount } = columns;
  let count = 0;
  for (let block = 0; block < blockCount; block += 1) {
    if (block % blocksPerSlice === blocksPerSlice - 1) await scope.pause();
    const place = search.mayHold.every(holds => holds(block)) ? placeOf(columns.spanOf(block), search.bounds) : 'outside';
    if (place !== 'outside') count += countIn({ first: block * rowsPerBlock, end: Math.min(length, (block + 1) * rowsPerBlock) }, place);
  }
  return count;
}

function counterOf(scope: Scope, search: RowSearch): (stretch: Stretch, place: BlockPlace) => number {
  const { lead, masks, isFound } = search;
  const test = rowTest(scope.rows, search);
  const countTested = ({ first, end }: Stretch): number => {
    let count = 0;
    for (let row = first; row < end; row += 1) if (test(row)) count += 1;
    return count;
  };
  if (isFound !== null || masks.length > 1 || (lead === null && masks.length === 1)) return countTested;
  return (stretch, place) => {
    if (place === 'across') return countTested(stretch);
    if (lead === null) return stretch.end - stretch.first;
    const { ids, mask } = lead;
    let count = 0;
    for (let row = stretch.first; row < stretch.end; row += 1) count += mask[ids[row] ?? 0] ?? 0;
    return count;
  };
}
