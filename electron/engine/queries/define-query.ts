/** What answers a view: pages of a list, or all rows of a ranking or series. */
import type { CellValue, View } from '../../../shared/views/define-view';
import type { LogEvents } from '../store/log-events';
import type { ParsedParams } from './parse-params';

/** Cells in the order of the view's columns; instants are ISO 8601 UTC. */
export type Cells = readonly CellValue[];

/** The place of a row in its list: the numbers the list is ordered by. */
export type OrderKey = readonly number[];

export type Scope = {
  readonly rows: LogEvents;
  readonly params: ParsedParams;
  /** Only events up to this `seq` count, so that a running sync cannot shift a page. */
  readonly asOf: number;
};

export type ListQuery = {
  readonly kind: 'list';
  readonly view: View;
  readonly total: (scope: Scope) => number;
  /** At most `size` rows behind `after` (null: from the start), and the key of each. */
  readonly page: (scope: Scope, after: OrderKey | null, size: number) => { readonly rows: readonly Cells[]; readonly keys: readonly OrderKey[] };
};

export type WholeQuery = {
  readonly kind: 'whole';
  readonly view: View;
  readonly rows: (scope: Scope) => readonly Cells[];
};

export type Query = ListQuery | WholeQuery;
