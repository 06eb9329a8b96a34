/** The events of the timeline as they are paged through: newest first, and as the archive stood when the first page was opened. */
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import type { InfiniteData, UseQueryResult } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { auditTimeline } from '../../../shared/views/audit-timeline';
import type { Failure } from '../../../shared/errors';
import { readViewPage } from '../../hooks/use-view-page';
import type { PageOf } from '../../hooks/use-view-page';
import { keys } from '../../query-keys';
import type { TimelineRow } from './timeline-row';

export const pageSize = 200;

export type ViewParams = Readonly<Record<string, readonly string[]>>;
export type TimelinePage = PageOf<typeof auditTimeline>;

export type TimelineRows = {
  readonly state: 'loading' | 'failed' | 'ready';
  readonly rows: readonly TimelineRow[];
  /** All there are, exactly; null until the first page is there. */
  readonly total: number | null;
  readonly failure: Failure | null;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  /** Pages on; asked again while a page comes, it does nothing. */
  readonly loadMore: () => void;
  readonly retry: () => void;
  /** Forgets all pages but the first and reads it again, as of now. */
  readonly reopen: () => Promise<void>;
};

const noRows: readonly TimelineRow[] = [];
const pagesKey = (tenant: string, params: ViewParams) => [...keys.view(tenant, auditTimeline.id, params), 'pages'] as const;

/** An archive that was rewritten since begins anew at its first page; trying the same page again would never help. */
const needsReopening = (failure: Failure | null): boolean => failure?.code === 'view.page-expired' || failure?.code === 'view.page-invalid';

export function useTimelineRows(tenant: string, params: ViewParams): TimelineRows {
  const cache = useQueryClient();
  const query = useInfiniteQuery({
    queryKey: pagesKey(tenant, params),
    queryFn: ({ pageParam, signal }): Promise<TimelinePage> => readViewPage(auditTimeline, { tenant, params, size: pageSize, page: pageParam }, { signal }),
    initialPageParam: null as string | null, getNextPageParam: page => page.next, staleTime: Infinity,
  });
  const { data, error, hasNextPage, isFetching, isFetchingNextPage, fetchNextPage, refetch } = query;
  const rows = useMemo(() => data?.pages.flatMap(page => page.rows) ?? noRows, [data]);
  const loadMore = useCallback(() => { if (hasNextPage && !isFetching) void fetchNextPage(); }, [hasNextPage, isFetching, fetchNextPage]);
  const reopen = useCallback(async () => {
    cache.setQueryData<InfiniteData<TimelinePage, string | null>>(pagesKey(tenant, params), known =>
      (known === undefined ? undefined : { pages: known.pages.slice(0, 1), pageParams: known.pageParams.slice(0, 1) }));
    await refetch();
  }, [cache, tenant, params, refetch]);
  const retry = useCallback(() => { void (data === undefined ? refetch() : needsReopening(error) ? reopen() : fetchNextPage()); }, [data, error, refetch, reopen, fetchNextPage]);
  return {
    state: data === undefined ? (error === null ? 'loading' : 'failed') : 'ready', rows, total: data?.pages[0]?.total ?? null, failure: error,
    hasMore: hasNextPage, isLoadingMore: isFetchingNextPage, loadMore, retry, reopen,
  };
}

/** How many events a question finds now. */
export function useTotal(tenant: string, params: ViewParams, when: 'read' | 'wait' = 'read'): UseQueryResult<number> {
  return useQuery({
    queryKey: [...keys.view(tenant, auditTimeline.id, params), 'total'],
    queryFn: async ({ signal }) => (await readViewPage(auditTimeline, { tenant, params, size: 1 }, { signal })).total ?? 0,
    enabled: when === 'read', staleTime: Infinity,
  });
}
