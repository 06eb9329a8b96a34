/** Counts the events that came since the list was opened, without touching the list. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { auditTimeline } from '../../../shared/views/audit-timeline';
import { useNow } from '../../hooks/use-now';
import { useSync } from '../../hooks/use-sync';
import { readViewPage } from '../../hooks/use-view-page';
import { keys } from '../../query-keys';
import type { TimelineRows, ViewParams } from './use-timeline-rows';

/** While a sync runs, so often. */
const recountMs = 3000;

export type NewEvents = {
  /** How many more the same question finds now. */
  readonly count: number;
  /** Opens the list anew, and all that belongs to it. */
  readonly show: () => void;
};

export function useNewEvents(tenant: string, params: ViewParams, list: TimelineRows): NewEvents {
  const cache = useQueryClient();
  const { renew } = useNow();
  const { state, isRunning } = useSync(tenant);
  const finishedAt = state?.lastFinishedAt ?? null;
  const now = useQuery({
    queryKey: ['timeline', 'recount', tenant, params, finishedAt],
    queryFn: async ({ signal }) => (await readViewPage(auditTimeline, { tenant, params, size: 1 }, { signal })).total ?? 0,
    enabled: list.total !== null && state !== null, refetchInterval: isRunning ? recountMs : false, staleTime: Infinity, gcTime: 0,
  });
  const { reopen } = list;
  const show = useCallback(() => {
    renew();
    void reopen().then(() => cache.invalidateQueries({ queryKey: keys.tenant(tenant) }));
  }, [cache, renew, reopen, tenant]);
  return { count: Math.max(0, (now.data ?? 0) - (list.total ?? now.data ?? 0)), show };
}
