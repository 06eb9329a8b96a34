/** Every view, by its id. */
import { auditTimeline } from './audit-timeline';
import type { View } from './define-view';
import { facets } from './facets';
import { timelineHistogram } from './timeline-histogram';

export const views: readonly View[] = [auditTimeline, timelineHistogram, facets];

export const findView = (id: string): View | undefined => views.find(view => view.id === id);
