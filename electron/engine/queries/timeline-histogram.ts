/** The timeline's histogram, counted in one scan over time and type. */
import { outcomes } from '../../../shared/domain/event-types';
import { formatInstant } from '../../../shared/domain/time';
import { timelineHistogram } from '../../../shared/views/timeline-histogram';
import { selectRows } from '../columns/select-rows';
import { askedStretch, autoGrain, seriesOf } from '../columns/series';
import type { WholeQuery } from './define-query';

export const timelineHistogramQuery: WholeQuery = {
  kind: 'whole',
  view: timelineHistogram,
  rows: async scope => {
    const asked = askedStretch(scope, 'hour');
    const { asked: stretch, buckets, stateOf } = seriesOf(scope, scope.params.filter.grain ?? (asked === null ? 'day' : autoGrain(asked)));
    if (stretch === null) return [];
    const rows = await selectRows(scope, stretch);
    const { occurredAt } = scope.rows.columns;
    const types = scope.rows.columns.ids('type');
    const outcomeOf = Uint8Array.from(scope.rows.dictionaries.type.entries, (_entry, id) => scope.rows.dictionaries.outcomeOf(id));
    const counts = new Uint32Array(buckets.count * outcomes.length);
    let [bucket, start, end] = [-1, Number.NaN, Number.NaN];
    for (let index = 0; index < rows.length; index += 1) {
      const row = rows[index] ?? 0;
      const at = occurredAt[row] ?? 0;
      if (!(at >= start && at < end)) [bucket, start, end] = buckets.around(at, bucket);
      if (bucket < 0) continue;
      const cell = bucket * outcomes.length + (outcomeOf[types[row] ?? 0] ?? 0);
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
    return Array.from({ length: buckets.count }, (_none, bucket) => {
      const cells = [...counts.subarray(bucket * outcomes.length, (bucket + 1) * outcomes.length)];
      return [formatInstant(buckets.startOf(bucket)), ...cells, cells.reduce((sum, count) => sum + count, 0), stateOf(bucket)];
    });
  },
};
