/** Every view, by its id. */
import { auditTimeline } from './audit-timeline';
import type { View } from './define-view';
import { facets } from './facets';

export const views: readonly View[] = [auditTimeline, facets];

export const findView = (id: string): View | undefined => views.find(view => view.id === id);
