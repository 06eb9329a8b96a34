/** The virtualised grid of the timeline: one line an event, moved through by keys, its focus on one cell at a time. */
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import type { Virtualizer } from '@tanstack/react-virtual';
import type { KeyboardEvent, ReactNode, RefObject } from 'react';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { formatCount, rowHeight, Spinner } from '../../components';
import { clampWidth, columnTracks, shownColumns, widthOf, widthStep } from './column-model';
import type { FocusMemory } from './focus-memory';
import { GridHead } from './grid-head';
import { headerRow, placeAfterKey } from './grid-keys';
import type { GridPlace } from './grid-keys';
import styles from './timeline-grid.module.css';
import { RowLine } from './timeline-row-line';
import type { CellFilter } from './timeline-row-line';
import type { TimelineRow } from './timeline-row';
import type { ColumnChoiceControl } from './use-column-choice';
import { useTimelineTable } from './use-timeline-table';
import { cellTarget } from './value-filters';

export type TimelineGridProps = {
  readonly rows: readonly TimelineRow[];
  /** All rows of the question, and how many of them stand before the first of `rows`. */
  readonly total: number;
  readonly offset: number;
  readonly columns: ColumnChoiceControl;
  readonly place: GridPlace;
  readonly onPlace: (place: GridPlace) => void;
  /** Log id of the event that is open. */
  readonly openId: string | null;
  readonly onOpen: (row: TimelineRow) => void;
  readonly onClose: () => void;
  readonly onFilter: CellFilter;
  readonly onNearEnd: () => void;
  readonly focus: FocusMemory;
  readonly isLoadingMore: boolean;
  /** At the end of the line below the grid. */
  readonly footer?: ReactNode;
};

/** Rows that are still unseen when the next page is asked for. */
const aheadRows = 60;

type RowVirtualizer = Virtualizer<HTMLDivElement, Element>;

function useRowVirtualizer(scroll: RefObject<HTMLDivElement | null>, { rows, place, onNearEnd }: TimelineGridProps): RowVirtualizer {
  const virtual = useVirtualizer<HTMLDivElement, Element>({
    count: rows.length, getScrollElement: () => scroll.current, estimateSize: () => rowHeight, overscan: 12, scrollPaddingEnd: rowHeight,
    // The row with the focus stays, wherever one scrolls, so that the focus is not lost.
    rangeExtractor: range => {
      const indexes = defaultRangeExtractor(range);
      return place.row < 0 || place.row >= rows.length || indexes.includes(place.row) ? indexes : [...indexes, place.row].sort((a, b) => a - b);
    },
  });
  const lastSeen = virtual.range?.endIndex ?? 0;
  useEffect(() => { if (rows.length > 0 && lastSeen >= rows.length - aheadRows) onNearEnd(); }, [lastSeen, rows.length, onNearEnd]);
  return virtual;
}

/** Rows between the headers and the lower edge. */
const rowsInSight = (virtual: RowVirtualizer): number => Math.max(1, Math.floor(((virtual.scrollRect?.height ?? 0) - rowHeight) / rowHeight));

function PositionLine({ virtual, props }: { readonly virtual: RowVirtualizer; readonly props: TimelineGridProps }) {
  const first = Math.floor((virtual.scrollOffset ?? 0) / rowHeight);
  const last = Math.min(props.rows.length, first + rowsInSight(virtual));
  return (
    <div className={styles.foot}>
      <span>{props.rows.length === 0 ? '' : `Rows ${formatCount(props.offset + Math.min(first + 1, last))} – ${formatCount(props.offset + last)} of ${formatCount(props.total)}`}</span>
      {props.isLoadingMore && <Spinner size={14} label="Reading more events" />}
      <span className={styles.space} />
      {props.footer}
    </div>
  );
}

/**
 * Moves the focus along with the place, but never takes it from elsewhere. A cell that was pressed is in sight already:
 * scrolling to it would shift the list under the panel that opens.
 */
function useFocusedPlace(scroll: RefObject<HTMLDivElement | null>, place: GridPlace, isDrawn: boolean): void {
  useLayoutEffect(() => {
    const grid = scroll.current;
    const cell = grid?.querySelector<HTMLElement>(`[data-place="${String(place.row)}:${String(place.column)}"]`) ?? null;
    if (grid === null || cell === null || document.activeElement === cell) return;
    const left = grid.scrollLeft;
    const hasFocus = grid.contains(document.activeElement);
    if (hasFocus) cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    if (!hasFocus) grid.scrollTo({ left });
  }, [scroll, place, isDrawn]);
}

/** A new list takes the focus of the one it replaces: after a filter by keys one goes on where one was. */
function useInheritedFocus(scroll: RefObject<HTMLDivElement | null>, focus: FocusMemory, isDrawn: boolean): void {
  useLayoutEffect(() => {
    if (focus.last() === 'grid' && document.activeElement === document.body) scroll.current?.querySelector<HTMLElement>('[role="gridcell"][tabindex="0"]')?.focus({ preventScroll: true });
  }, [scroll, focus, isDrawn]);
}

function useKeys(props: TimelineGridProps, pageRows: number): (event: KeyboardEvent) => void {
  const { rows, columns: { choice, change }, place, onPlace, onOpen, onClose, onFilter } = props;
  const shown = shownColumns(choice);
  const column = shown[place.column];
  const row = rows[place.row];
  const widen = (by: number): void => {
    if (column !== undefined) change(before => ({ ...before, sizes: { ...before.sizes, [column.id]: clampWidth(widthOf(before, column) + by) } }));
  };
  const filter = (sense: 'for' | 'not'): void => {
    const target = row === undefined || column === undefined ? null : cellTarget(column.id, row);
    if (target !== null) onFilter(target, sense);
  };
  const act = (event: KeyboardEvent): boolean => {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.shiftKey && place.row === headerRow && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) widen(event.key === 'ArrowLeft' ? -widthStep : widthStep);
    else if (event.key === 'Enter' && row !== undefined) onOpen(row);
    else if (event.key === 'Escape') onClose();
    else if (event.key === '+' || event.key === '-') filter(event.key === '+' ? 'for' : 'not');
    else {
      const to = placeAfterKey(event.key, place, { rows: rows.length, columns: shown.length, pageRows });
      if (to !== null) onPlace(to);
      return to !== null;
    }
    return true;
  };
  return event => { if (act(event)) event.preventDefault(); };
}

export function TimelineGrid(props: TimelineGridProps) {
  const { rows, total, offset, columns, place, onPlace, openId, onOpen, onFilter } = props;
  const scroll = useRef<HTMLDivElement>(null);
  const table = useTimelineTable(rows, columns);
  const virtual = useRowVirtualizer(scroll, props);
  const press = useKeys(props, rowsInSight(virtual));
  const shown = useMemo(() => shownColumns(columns.choice), [columns.choice]);
  // The first time round nothing has a size yet, and no row is drawn.
  const isDrawn = virtual.getVirtualItems().length > 0;
  useFocusedPlace(scroll, place, isDrawn);
  useInheritedFocus(scroll, props.focus, isDrawn);
  const pressRow = useCallback((index: number, column: number) => {
    onPlace({ row: index, column });
    const row = rows[index];
    if (row !== undefined) onOpen(row);
  }, [rows, onPlace, onOpen]);
  return (
    <div className={styles.frame}>
      <div ref={scroll} role="grid" aria-label="Events" aria-rowcount={total + 1} aria-colcount={shown.length} className={styles.grid} onKeyDown={press}
        onFocus={() => { props.focus.note('grid'); }} onBlur={() => { props.focus.note('elsewhere'); }}
        style={{ ['--columns' as string]: columnTracks(shown.map(column => widthOf(columns.choice, column))) }}>
        <GridHead table={table} activeColumn={place.row === headerRow ? place.column : null} onPress={(row, column) => { onPlace({ row, column }); }} />
        <div role="rowgroup" className={styles.rows} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            return row === undefined ? null : (
              <RowLine key={row.logId} row={row} index={index} position={offset + index} start={start} columns={shown} activeColumn={place.row === index ? place.column : null}
                isOpen={row.logId === openId} onPress={pressRow} onFilter={onFilter} />
            );
          })}
        </div>
      </div>
      <PositionLine virtual={virtual} props={props} />
    </div>
  );
}
