/** Counts events of one kind in each bucket of a series. */
import { keepMasked, maskOf, selectRows } from '../columns/select-rows';
import type { Series } from '../columns/series';
import { countByBucket, seriesOf } from '../columns/series';
import type { Scope } from '../queries/define-query';
import type { EventKind } from './event-kinds';

/** `counts`: one number a bucket. */
export type CountedSeries = Pick<Series, 'buckets' | 'stateOf'> & { readonly counts: Uint32Array };

/** Buckets of a day where the question gives no grain. @throws Failure view.param-invalid, operation.cancelled */
export async function eventsByBucket(scope: Scope, kind: EventKind): Promise<CountedSeries> {
  const { buckets, stateOf } = seriesOf(scope, scope.params.filter.grain ?? 'day');
  const { columns, dictionaries } = scope.rows;
  const rows = keepMasked(await selectRows(scope), columns.ids('type'), maskOf(dictionaries.type, kind));
  await scope.pause();
  return { buckets, stateOf, counts: countByBucket(rows, columns.occurredAt, buckets) };
}
