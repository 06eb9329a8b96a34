/** A row of the audit timeline as the screen handles it. */
import type { auditTimeline } from '../../../shared/views/audit-timeline';
import type { RowOf } from '../../hooks/use-view-page';

export type TimelineRow = RowOf<typeof auditTimeline>;
