/** The headers of the timeline's grid; their edges are dragged, or moved by keys, to make columns wider. */
import { flexRender } from '@tanstack/react-table';
import styles from './timeline-grid.module.css';
import type { TimelineTable } from './use-timeline-table';
import { headerRow } from './grid-keys';

export type GridHeadProps = {
  readonly table: TimelineTable;
  readonly activeColumn: number | null;
  readonly onPress: (row: number, column: number) => void;
};

export function GridHead({ table, activeColumn, onPress }: GridHeadProps) {
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  return (
    <div role="rowgroup" className={styles.head}>
      <div role="row" aria-rowindex={1} className={styles.row}>
        {headers.map((header, at) => {
          const resize = header.getResizeHandler();
          return (
            <div key={header.id} role="columnheader" aria-colindex={at + 1} {...(header.column.id === 'occurredAt' ? { 'aria-sort': 'descending' as const } : {})}
              data-place={`${String(headerRow)}:${String(at)}`} tabIndex={activeColumn === at ? 0 : -1}
              className={styles.headCell} onClick={() => { onPress(headerRow, at); }}>
              <span className={styles.headText}>{flexRender(header.column.columnDef.header, header.getContext())}</span>
              <span className={styles.edge} aria-hidden="true" data-resizing={header.column.getIsResizing() || undefined}
                onMouseDown={event => { event.preventDefault(); resize(event); }} onTouchStart={resize} onDoubleClick={() => { header.column.resetSize(); }} />
            </div>
          );
        })}
      </div>
    </div>
  );
}
