/** Every view, by its id. */
import { auditTimeline } from './audit-timeline';
import type { View } from './define-view';
import { errors } from './errors';
import { facets } from './facets';
import { m2mTokens } from './m2m-tokens';
import { timelineHistogram } from './timeline-histogram';
import { usage } from './usage';

export const views: readonly View[] = [
  auditTimeline,
  timelineHistogram,
  facets,
  errors,
  m2mTokens,
  usage,
];

export const findView = (id: string): View | undefined => views.find(view => view.id === id);
