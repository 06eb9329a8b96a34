/** The event types that occur in the log, those that no catalogue knows among them. */
import { facets } from '../../../shared/views/facets';
import { useViewPage } from '../../hooks/use-view-page';
import type { ViewParams } from '../activity/use-activity-question';

const mostTypes = '1000';

/** Their codes, in whatever the filters let through; null until they are read. */
export function useLogTypes(tenant: string, params: ViewParams): readonly string[] | null {
  const page = useViewPage(facets, { tenant, params: { ...params, field: ['type'], limit: [mostTypes] }, size: Number(mostTypes) });
  return page.data?.rows.map(row => row.value) ?? null;
}
