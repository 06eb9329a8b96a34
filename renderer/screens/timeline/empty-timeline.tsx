/** What stands where no event is: why there is none, and the way out. */
import { useQueries } from '@tanstack/react-query';
import { FileInput, Inbox, ListFilter } from 'lucide-react';
import { auditTimeline } from '../../../shared/views/audit-timeline';
import { changeParams, navigate, toScreen } from '../../address';
import type { Params } from '../../address';
import { Button, EmptyState, LogText } from '../../components';
import { clearFilters, fieldLabels, rangeChanges, removeFilter, viewParams } from '../../filters';
import type { Filter } from '../../filters';
import { useFilterLabels } from '../../hooks/use-filter-labels';
import type { Filters } from '../../hooks/use-filters';
import { useNow } from '../../hooks/use-now';
import { readViewPage } from '../../hooks/use-view-page';
import { keys } from '../../query-keys';
import { eventsWords } from './count-words';
import styles from './timeline-screen.module.css';

const mostOffers = 8;

/** One way to find more: what is taken away, and how it is done. */
export type WayOut = { readonly filter: Filter | 'range' | 'all'; readonly params: Params };

/** Each filter and the range alone, then everything at once. */
export function waysOut(params: Params, active: readonly Filter[]): readonly WayOut[] {
  const hasRange = ['range', 'from', 'to'].some(name => params[name] !== undefined);
  const single: readonly WayOut[] = [...active.map((filter): WayOut => ({ filter, params: removeFilter(params, filter) })), ...(hasRange ? [{ filter: 'range' as const, params: changeParams(params, rangeChanges({ kind: 'all' })) }] : [])];
  return single.length > 1 ? [...single.slice(0, mostOffers), { filter: 'all', params: clearFilters(params) }] : single;
}

/** Without any of them there would be none either: the archive itself is empty. */
function NothingStored({ tenant }: { readonly tenant: string }) {
  return (
    <EmptyState icon={Inbox} title={`No events of ${tenant} yet`} text="Sync the tenant to fetch what Auth0 still has, or import files of log events."
      actions={<Button variant="primary" icon={FileInput} onClick={() => { navigate(toScreen('import')); }}>Import files</Button>} />
  );
}

export type EmptyTimelineProps = { readonly tenant: string; readonly params: Params; readonly filters: Filters; readonly onTake: (params: Params) => void };

export function EmptyTimeline({ tenant, params, filters, onTake }: EmptyTimelineProps) {
  const { now } = useNow();
  const labelOf = useFilterLabels(tenant, filters.active);
  const ways = waysOut(params, filters.active);
  const totals = useQueries({
    queries: ways.map(way => {
      const asked = viewParams(way.params, { now, timeZone: filters.timeZone });
      return {
        queryKey: [...keys.view(tenant, auditTimeline.id, asked), 'total'], staleTime: Infinity,
        queryFn: async ({ signal }: { readonly signal: AbortSignal }) => (await readViewPage(auditTimeline, { tenant, params: asked, size: 1 }, { signal })).total ?? 0,
      };
    }),
  });
  if (ways.length === 0) return <NothingStored tenant={tenant} />;
  const words = (filter: WayOut['filter']): string => {
    if (filter === 'all') return 'Remove all filters';
    return filter === 'range' ? 'Remove the time range' : `Remove ${fieldLabels[filter.field].toLowerCase()} ${filter.sense === 'not' ? 'is not ' : ''}`;
  };
  return (
    <EmptyState icon={ListFilter} title="No events match" text="These filters together let nothing through." actions={
      <ul className={styles.ways}>
        {ways.map(({ filter, params: without }, index) => (
          <li key={index}>
            <Button className={styles.way} onClick={() => { onTake(without); }}>
              <span className={styles.wayWords}>{words(filter)}{typeof filter === 'object' && <LogText text={labelOf(filter)} max={60} />}</span>
              <span className={styles.wayCount}>{totals[index]?.data === undefined ? '…' : eventsWords(totals[index].data)}</span>
            </Button>
          </li>
        ))}
      </ul>
    } />
  );
}
