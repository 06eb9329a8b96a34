/** The list and the event that is open, which move together. */
import { useCallback, useMemo, useState } from 'react';
import { navigate, parseAddress, useAddress } from '../../address';
import { ErrorPanel } from '../../components';
import { addFilter } from '../../filters';
import type { Filters } from '../../hooks/use-filters';
import { useShortcuts } from '../../hooks/use-shortcuts';
import { EventDrawer } from './event-drawer';
import type { FocusMemory } from './focus-memory';
import type { GridPlace } from './grid-keys';
import { JumpToTime } from './jump-to-time';
import { TimelineGrid } from './timeline-grid';
import type { TimelineRow } from './timeline-row';
import type { CellFilter } from './timeline-row-line';
import styles from './timeline-screen.module.css';
import type { ColumnChoiceControl } from './use-column-choice';
import type { TimelineRows } from './use-timeline-rows';
import { filterFor, filterOut } from './value-filters';

export type TimelineListProps = {
  readonly tenant: string;
  readonly filters: Filters;
  readonly columns: ColumnChoiceControl;
  readonly list: TimelineRows;
  readonly total: number;
  readonly offset: number;
  readonly anchor: string | null;
  readonly openId: string | null;
  readonly focus: FocusMemory;
  readonly onJump: (at: string | null) => void;
};

type Selection = {
  readonly place: GridPlace;
  /** Position of the open event in the list; -1 where the list does not hold it. */
  readonly openIndex: number;
  readonly moveTo: (place: GridPlace) => void;
  readonly step: (by: number) => void;
  readonly open: (row: TimelineRow) => void;
  readonly close: () => void;
};

function useSelection(rows: readonly TimelineRow[], openId: string | null): Selection {
  const { setParams } = useAddress();
  const openIndex = useMemo(() => (openId === null ? -1 : rows.findIndex(row => row.logId === openId)), [rows, openId]);
  const [place, setPlace] = useState<GridPlace>({ row: Math.max(0, openIndex), column: 0 });
  const isOpen = openId !== null;
  const moveTo = useCallback((to: GridPlace) => {
    setPlace(to);
    const row = rows[to.row];
    // While one event is open, the panel follows the row; going back leads to where it was opened.
    if (isOpen && row !== undefined) setParams({ event: row.logId }, 'replace');
  }, [rows, isOpen, setParams]);
  const step = (by: number): void => {
    const from = openIndex === -1 ? place.row : openIndex;
    const row = Math.max(0, Math.min(rows.length - 1, from + by));
    if (rows.length > 0) moveTo({ row, column: place.column });
  };
  const open = useCallback((row: TimelineRow) => { setParams({ event: row.logId }, isOpen ? 'replace' : 'push'); }, [isOpen, setParams]);
  const close = useCallback(() => { setParams({ event: null }); }, [setParams]);
  return { place, openIndex, moveTo, step, open, close };
}

const noMore = (): void => undefined;

/** Always the same function, so that rows are not drawn again for it. */
const filterBy: CellFilter = (target, sense) => {
  const filter = sense === 'for' ? filterFor(target) : filterOut(target);
  const address = parseAddress(window.location.hash);
  if (filter !== null) navigate({ ...address, params: addFilter(address.params, filter) });
};

export function TimelineList({ tenant, filters, columns, list, total, offset, anchor, openId, focus, onJump }: TimelineListProps) {
  const { place, openIndex, moveTo, step, open, close } = useSelection(list.rows, openId);
  const group = 'Timeline';
  useShortcuts([
    { keys: 'j', label: 'Next row', group, run: () => { step(1); } }, { keys: 'k', label: 'Row before', group, run: () => { step(-1); } },
    { keys: 'Esc', label: 'Close the event', group, run: () => { if (openId !== null) close(); } },
  ]);
  const openRow = openIndex === -1 ? null : list.rows[openIndex] ?? null;
  return (
    <>
      <div className={styles.main}>
        <TimelineGrid rows={list.rows} total={total} offset={offset} columns={columns} place={place} onPlace={moveTo} openId={openId} onOpen={open} onClose={close} onFilter={filterBy}
          onNearEnd={list.failure === null ? list.loadMore : noMore} isLoadingMore={list.isLoadingMore} focus={focus}
          footer={<JumpToTime anchor={anchor} suggested={list.rows[place.row]?.occurredAt ?? null} timeZone={filters.timeZone} onJump={onJump} />} />
        {list.failure !== null && <div className={styles.more}><ErrorPanel failure={list.failure} onRetry={list.retry} form="inline" /></div>}
      </div>
      {openId !== null && (
        <EventDrawer tenant={tenant} logId={openId} row={openRow} onClose={close} onFilter={filterBy}
          onNewer={openIndex > 0 ? () => { step(-1); } : null} onOlder={openIndex !== -1 && openIndex < list.rows.length - 1 ? () => { step(1); } : null} />
      )}
    </>
  );
}
