/** What answers a view: pages of a list, or all rows of a ranking or series. */
import type { CellValue, View } from '../../../shared/views/define-view';
import type { EpochMs } from '../../../shared/domain/ids';
import type { Coverage } from '../columns/coverage';
import type { Rows } from '../columns/select-rows';
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
  /** The clock, read once: what a running bucket and a forecast go by. */
  readonly now: EpochMs;
  readonly coverage: Coverage;
  /** Lets messages through when the work has taken long enough. @throws Failure operation.cancelled when nobody waits any more */
  readonly pause: () => Promise<void>;
  /** Rows that pass all filters, scanned once however often they are asked for. */
  readonly selected: () => Promise<Rows>;
};

export type Page = { readonly rows: readonly Cells[]; readonly keys: readonly OrderKey[] };

export type ListQuery = {
  readonly kind: 'list';
  readonly view: View;
  readonly total: (scope: Scope) => Promise<number>;
  /** At most `size` rows behind `after` (null: from the start), and the key of each. */
  readonly page: (scope: Scope, after: OrderKey | null, size: number) => Promise<Page>;
};

export type WholeQuery = {
  readonly kind: 'whole';
  readonly view: View;
  readonly rows: (scope: Scope) => Promise<readonly Cells[]>;
};

export type Query = ListQuery | WholeQuery;
