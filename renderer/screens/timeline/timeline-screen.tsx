/** The timeline: every event the filters let through, newest first, beside the one that is open. */
import { useCallback, useMemo, useState } from 'react';
import { parseInstant } from '../../../shared/domain/time';
import { navigate, parseAddress, useAddress } from '../../address';
import type { Params } from '../../address';
import { ErrorPanel, useTimeFormat } from '../../components';
import { useFilters } from '../../hooks/use-filters';
import type { Filters } from '../../hooks/use-filters';
import { useShortcuts } from '../../hooks/use-shortcuts';
import { useTenantStatus } from '../../hooks/use-tenants';
import { coverageWords, spanWords } from './count-words';
import { EmptyTimeline } from './empty-timeline';
import { ExportDialog } from './export-dialog';
import { createFocusMemory } from './focus-memory';
import { TimelineList } from './timeline-list';
import styles from './timeline-screen.module.css';
import { TimelineSkeleton } from './timeline-skeleton';
import { TimelineToolbar } from './timeline-toolbar';
import type { ToolbarLayer } from './timeline-toolbar';
import { useColumnChoice } from './use-column-choice';
import { useNewEvents } from './use-new-events';
import { useTimelineRows, useTotal } from './use-timeline-rows';
import type { TimelineRows, ViewParams } from './use-timeline-rows';

/** The question from a moment backwards: its own end where that is earlier. */
function anchored(params: ViewParams, anchor: string | null, timeZone: string): ViewParams {
  const own = params.to?.at(-1);
  const end = own === undefined ? null : parseInstant(own, timeZone);
  const at = anchor === null ? null : parseInstant(anchor, timeZone);
  return at === null || (end !== null && end <= at) ? params : { ...params, to: [new Date(at).toISOString()] };
}

type Question = { readonly list: TimelineRows; readonly total: number | null; readonly offset: number; readonly anchor: string | null };

function useQuestion(tenant: string, filters: Filters, anchor: string | null): Question {
  const params = useMemo(() => anchored(filters.viewParams, anchor, filters.timeZone), [filters.viewParams, filters.timeZone, anchor]);
  const isAnchored = params !== filters.viewParams;
  const list = useTimelineRows(tenant, params);
  const whole = useTotal(tenant, filters.viewParams, isAnchored ? 'read' : 'wait').data ?? null;
  const total = isAnchored ? whole : list.total;
  return { list, total, offset: isAnchored ? Math.max(0, (total ?? 0) - (list.total ?? 0)) : 0, anchor: isAnchored ? anchor : null };
}

/** `60,123 events, 23 Aug – 21 Nov 2026, Europe/Berlin`; null while it is read. */
function useCoverage(tenant: string, filters: Filters, total: number | null): string | null {
  const format = useTimeFormat(filters.timeZone);
  const status = useTenantStatus(tenant).data ?? null;
  if (total === null) return null;
  const { from, to } = filters.viewParams;
  const span = { from: from?.at(-1) ?? status?.firstAt ?? null, to: to?.at(-1) ?? status?.lastAt ?? null };
  return coverageWords(total, spanWords(span, format), filters.timeZone);
}

const replaceFilters = (params: Params): void => { navigate({ ...parseAddress(window.location.hash), params }); };

function useLayerKeys(onLayer: (layer: ToolbarLayer) => void, canExport: boolean): void {
  const group = 'Timeline';
  useShortcuts([
    { keys: 'f', label: 'More filters', group, run: () => { onLayer('facets'); } },
    { keys: 'c', label: 'Columns', group, run: () => { onLayer('columns'); } },
    { keys: 'e', label: 'Export', group, run: () => { if (canExport) onLayer('export'); } },
    { keys: 'Enter', label: 'Open the event', group }, { keys: '+', label: 'Filter for the value of the cell', group }, { keys: '-', label: 'Filter the value of the cell out', group },
    { keys: 'Shift+←/→', label: 'On a header: narrower or wider', group },
  ]);
}

function Timeline({ tenant, params }: { readonly tenant: string; readonly params: Params }) {
  const filters = useFilters();
  const columns = useColumnChoice();
  const { setParams } = useAddress();
  const [focus] = useState(createFocusMemory);
  const [layer, setLayer] = useState<ToolbarLayer>(null);
  const question = useQuestion(tenant, filters, params.at?.at(-1) ?? null);
  const { list, total } = question;
  const coverage = useCoverage(tenant, filters, total);
  const recounted = useNewEvents(tenant, filters.viewParams, list);
  const canExport = total !== null && total > 0;
  useLayerKeys(setLayer, canExport);
  const jump = useCallback((at: string | null) => { setParams({ at }); }, [setParams]);
  // Columns that come late would move the list under the eye.
  const state = list.state === 'ready' && !columns.isKnown ? 'loading' : list.state;
  const isEmpty = state === 'ready' && list.rows.length === 0 && question.anchor === null;
  return (
    <div className={styles.screen}>
      <TimelineToolbar tenant={tenant} filters={filters} columns={columns} coverage={coverage} fresh={question.anchor === null ? recounted : { ...recounted, count: 0 }}
        layer={layer} onLayer={setLayer} canExport={canExport} />
      <div className={styles.content}>
        {state === 'loading' && <TimelineSkeleton choice={columns.choice} />}
        {list.state === 'failed' && list.failure !== null && <div className={styles.blank}><ErrorPanel failure={list.failure} onRetry={list.retry} /></div>}
        {isEmpty && <div className={styles.blank}><EmptyTimeline tenant={tenant} params={params} filters={filters} onTake={replaceFilters} /></div>}
        {state === 'ready' && !isEmpty && (
          <TimelineList key={JSON.stringify([filters.viewParams, question.anchor])} tenant={tenant} filters={filters} columns={columns} list={list} total={total ?? list.rows.length}
            offset={question.offset} anchor={question.anchor} openId={params.event?.at(-1) ?? null} focus={focus} onJump={jump} />
        )}
      </div>
      <ExportDialog tenant={tenant} params={filters.viewParams} total={total ?? 0} coverage={coverage ?? ''} open={layer === 'export' && canExport} onClose={() => { setLayer(null); }} />
    </div>
  );
}

export function TimelineScreen() {
  const { address } = useAddress();
  return address.screen === 'timeline' ? <Timeline key={address.tenant} tenant={address.tenant} params={address.params} /> : null;
}
