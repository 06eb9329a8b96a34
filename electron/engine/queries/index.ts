/** Every query, by the id of the view it answers. */
import { Failure } from '../../../shared/errors';
import { auditTimelineQuery } from './audit-timeline';
import type { Query } from './define-query';
import { errorsQuery } from './errors';
import { facetsQuery } from './facets';
import { m2mTokensQuery } from './m2m-tokens';
import { timelineHistogramQuery } from './timeline-histogram';
import { usageQuery } from './usage';

export const queries: readonly Query[] = [
  auditTimelineQuery,
  timelineHistogramQuery,
  facetsQuery,
  errorsQuery,
  m2mTokensQuery,
  usageQuery,
];

/** @throws Failure view.unknown */
export function queryOf(viewId: string): Query {
  const query = queries.find(known => known.view.id === viewId);
  if (query === undefined) throw new Failure('view.unknown', { view: viewId });
  return query;
}
