/** Counts the events that a sync brought since the screen was read, without changing a number on it. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { auditTimeline } from '../../../shared/views/audit-timeline';
import { changeParams } from '../../address';
import { useNow } from '../../hooks/use-now';
import { useSync } from '../../hooks/use-sync';
import { readViewPage } from '../../hooks/use-view-page';
import { keys } from '../../query-keys';
import type { ViewParams } from './use-activity-question';

export type FreshEvents = {
  readonly count: number;
  /** Reads everything anew. */
  readonly show: () => void;
};

export function useFreshEvents(tenant: string, params: ViewParams, shown: number | null): FreshEvents {
  const cache = useQueryClient();
  const { renew } = useNow();
  const { state } = useSync(tenant);
  // A range that ends now would miss what came after it was chosen.
  const open = changeParams(params, { to: null });
  const now = useQuery({
    queryKey: ['activity', 'recount', tenant, open, state?.lastFinishedAt ?? null],
    queryFn: async ({ signal }) => (await readViewPage(auditTimeline, { tenant, params: open, size: 1 }, { signal })).total ?? 0,
    enabled: shown !== null && state !== null, staleTime: Infinity, gcTime: 0,
  });
  const show = useCallback(() => {
    renew();
    void cache.invalidateQueries({ queryKey: keys.tenant(tenant) });
  }, [cache, renew, tenant]);
  return { count: shown === null ? 0 : Math.max(0, (now.data ?? shown) - shown), show };
}
