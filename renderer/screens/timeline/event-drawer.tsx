/** The panel of one event: what it says in few words, its values as a tree, and its text as it came. */
import { ChevronDown, ChevronUp } from 'lucide-react';
import { useState } from 'react';
import { Callout, CopyButton, Drawer, drawerWidth, ErrorPanel, IconButton, LogText, OutcomeBadge, SkeletonLines, Tabs, Time, useTimeFormat } from '../../components';
import { useLayout } from '../../hooks/use-layout';
import styles from './event-drawer.module.css';
import { EventMenu } from './event-menu';
import type { EventMenuProps } from './event-menu';
import { EventSummary } from './event-summary';
import { ForgetUserDialog } from './forget-user-dialog';
import type { ForgettableUser } from './forget-user-dialog';
import { JsonTree } from './json-tree';
import type { TimelineRow } from './timeline-row';
import type { CellFilter } from './timeline-row-line';
import { useEventRow, useEventText } from './use-event';

type TabName = 'summary' | 'tree' | 'text';

/** A third of the window, so that the list keeps room for its first columns. */
const usualWidth = (windowWidth: number): number => Math.round(Math.min(480, Math.max(drawerWidth.min, windowWidth * 0.3)));

export type EventDrawerProps = {
  readonly tenant: string;
  readonly logId: string;
  /** Its row, when the list holds it. */
  readonly row: TimelineRow | null;
  readonly onClose: () => void;
  readonly onFilter: CellFilter;
  /** Null where there is none. */
  readonly onNewer: (() => void) | null;
  readonly onOlder: (() => void) | null;
};

type HeadProps = Pick<EventDrawerProps, 'tenant' | 'logId' | 'onNewer' | 'onOlder' | 'onFilter'> & Pick<EventMenuProps, 'row' | 'onForget'>;

function Head({ tenant, row, logId, onNewer, onOlder, onFilter, onForget }: HeadProps) {
  return (
    <div className={styles.head}>
      <h2 className={styles.title}>
        {row === null ? <LogText text={logId} max={80} face="mono" /> : <LogText text={row.eventName} max={200} />}
        {row !== null && row.type !== row.eventName && <span className={styles.code}><LogText text={row.type} max={80} face="mono" /></span>}
      </h2>
      <IconButton icon={ChevronUp} label="Newer event" shortcut="k" disabled={onNewer === null} onClick={() => { onNewer?.(); }} />
      <IconButton icon={ChevronDown} label="Older event" shortcut="j" disabled={onOlder === null} onClick={() => { onOlder?.(); }} />
      <EventMenu tenant={tenant} row={row} onFilter={onFilter} onForget={onForget} />
    </div>
  );
}

/** What came of it and when, above the tabs, so that it stands in the same place in each. */
function Facts({ row, logId }: { readonly row: TimelineRow | null; readonly logId: string }) {
  const { timeZone } = useTimeFormat();
  return (
    <div className={styles.facts}>
      <div className={styles.line}>
        {row !== null && <OutcomeBadge outcome={row.outcome} form="wash" />}
        {row !== null && <span><Time at={row.occurredAt} form="exact" /> <span className={styles.zone}>{timeZone}</span></span>}
        {row !== null && row.revisions > 0 && <span className={styles.zone}>{`${String(row.revisions)} other ${row.revisions === 1 ? 'version' : 'versions'} kept`}</span>}
      </div>
      <div className={styles.line}>
        <span className={styles.zone}>Log id</span>
        <LogText text={logId} face="mono" className={styles.id} />
        <CopyButton text={logId} what="log id" />
      </div>
    </div>
  );
}

function RawTree({ tenant, logId, onFilter }: Pick<EventDrawerProps, 'tenant' | 'logId' | 'onFilter'>) {
  const text = useEventText(tenant, logId);
  if (text.error !== null) return <div className={styles.wait}><ErrorPanel failure={text.error} onRetry={() => { void text.refetch(); }} form="inline" /></div>;
  return text.data === undefined ? <div className={styles.wait}><SkeletonLines count={12} /></div> : <JsonTree key={logId} text={text.data.text} onFilter={onFilter} />;
}

/** Drawn at once; the rest on demand. */
const firstCharacters = 16_384;

function RawText({ tenant, logId }: Pick<EventDrawerProps, 'tenant' | 'logId'>) {
  const text = useEventText(tenant, logId);
  if (text.error !== null) return <div className={styles.wait}><ErrorPanel failure={text.error} onRetry={() => { void text.refetch(); }} form="inline" /></div>;
  if (text.data === undefined) return <div className={styles.wait}><SkeletonLines count={12} /></div>;
  return (
    <div className={styles.raw}>
      {text.data.hasInvalidBytes && <Callout tone="warning" title="Some bytes are not UTF-8">They are shown as U+FFFD here; the archive keeps them as they came.</Callout>}
      <pre className={styles.text}><LogText key={logId} text={text.data.text} max={firstCharacters} more="button" face="mono" /></pre>
    </div>
  );
}

function CopyEvent({ tenant, logId }: Pick<EventDrawerProps, 'tenant' | 'logId'>) {
  const text = useEventText(tenant, logId);
  return text.data === undefined ? null : <CopyButton text={text.data.text} what="the event's JSON" />;
}

export function EventDrawer({ tenant, logId, row: known, onClose, onFilter, onNewer, onOlder }: EventDrawerProps) {
  const [tab, setTab] = useState<TabName>('summary');
  const [forgetting, setForgetting] = useState<ForgettableUser | null>(null);
  const { layout, change } = useLayout();
  const found = useEventRow(tenant, logId, known);
  const row = known ?? found.data ?? null;
  const summary = row === null
    ? found.error === null ? <div className={styles.wait}><SkeletonLines count={12} /></div> : <div className={styles.wait}><ErrorPanel failure={found.error} onRetry={() => { void found.refetch(); }} form="inline" /></div>
    : <EventSummary row={row} onFilter={onFilter} />;
  const stop = (): void => { setForgetting(null); };
  return (
    <>
      <Drawer label="Event" onClose={onClose} initialWidth={layout.drawerWidth ?? usualWidth(window.innerWidth)} onWidthChange={width => { change(current => ({ ...current, drawerWidth: width })); }} header={<Head tenant={tenant} row={row} logId={logId} onNewer={onNewer} onOlder={onOlder} onFilter={onFilter} onForget={setForgetting} />}>
        <div className={styles.body}>
          <Facts row={row} logId={logId} />
          <div className={styles.tabs}>
            <Tabs label="Event" value={tab} onChange={setTab} actions={<CopyEvent tenant={tenant} logId={logId} />} tabs={[
              { value: 'summary', label: 'Summary', panel: found.data === null && known === null ? <RawText tenant={tenant} logId={logId} /> : summary },
              { value: 'tree', label: 'Raw tree', panel: <RawTree tenant={tenant} logId={logId} onFilter={onFilter} /> },
              { value: 'text', label: 'Raw text', panel: <RawText tenant={tenant} logId={logId} /> },
            ]} />
          </div>
        </div>
      </Drawer>
      {/* Beside the panel: a key meant for the dialog must not reach it. */}
      {forgetting !== null && <ForgetUserDialog tenant={tenant} user={forgetting} onClose={stop} onForgotten={() => { stop(); onClose(); }} />}
    </>
  );
}
