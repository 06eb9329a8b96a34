/** The event that is open: its bytes, and its row where the list does not hold it. */
import { useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import { auditTimeline } from '../../../shared/views/audit-timeline';
import { call } from '../../engine-client';
import { readViewPage } from '../../hooks/use-view-page';
import { keys } from '../../query-keys';
import { eventText } from './event-text';
import type { EventText } from './event-text';
import type { TimelineRow } from './timeline-row';

export const useEventText = (tenant: string, logId: string): UseQueryResult<EventText> => useQuery({
  queryKey: keys.event(tenant, logId),
  queryFn: async ({ signal }) => eventText((await call('event.read', { tenant, logId }, { signal })).base64),
  staleTime: Infinity, gcTime: 60_000,
});

/** The row of an event that an address names and no page holds; null where the archive has none. */
export const useEventRow = (tenant: string, logId: string, known: TimelineRow | null): UseQueryResult<TimelineRow | null> => useQuery({
  queryKey: [...keys.event(tenant, logId), 'row'],
  queryFn: async ({ signal }) => (await readViewPage(auditTimeline, { tenant, params: { q: [logId] }, size: 100 }, { signal })).rows.find(row => row.logId === logId) ?? null,
  enabled: known === null, staleTime: Infinity, ...(known === null ? {} : { initialData: known }),
});
