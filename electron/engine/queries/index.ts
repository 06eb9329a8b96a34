/** Every query, by the id of the view it answers. */
import { Failure } from '../../../shared/errors';
import { auditTimelineQuery } from './audit-timeline';
import type { Query } from './define-query';
import { facetsQuery } from './facets';
import { timelineHistogramQuery } from './timeline-histogram';

export const queries: readonly Query[] = [auditTimelineQuery, timelineHistogramQuery, facetsQuery];

/** @throws Failure view.unknown */
export function queryOf(viewId: string): Query {
  const query = queries.find(known => known.view.id === viewId);
  if (query === undefined) throw new Failure('view.unknown', { view: viewId });
  return query;
}
