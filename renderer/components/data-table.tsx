/** A virtualised table of rows of one height, moved through by keys; draws any view until it has a picture of its own. */
import { tableFeatures, useTable } from '@tanstack/react-table';
import type { ColumnDef } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { KeyboardEvent, ReactNode, RefObject } from 'react';
import { useMemo, useRef, useState } from 'react';
import { classNames } from './class-names';
import styles from './data-table.module.css';

export const rowHeight = 28;

export type DataColumn<Row> = {
  readonly id: string;
  readonly header: string;
  /** Pixels; the last column takes what is left. */
  readonly width: number;
  /** Numbers stand at the end. Default: start. */
  readonly align?: 'start' | 'end';
  readonly cell: (row: Row) => ReactNode;
};

export type DataTableProps<Row> = {
  /** Its accessible name. */
  readonly label: string;
  /** Keep the same array while the columns stay. */
  readonly columns: readonly DataColumn<Row>[];
  /** Keep the same array while the rows stay. */
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** All rows there are, when more than `rows` can be read. */
  readonly total?: number;
  readonly selectedKey?: string | null;
  /** Enter or a click. */
  readonly onOpen?: (row: Row) => void;
  /** The last rows came into sight. */
  readonly onEndReached?: () => void;
};

const features = tableFeatures({});
const pageRows = 20;

/** Where a key leads from a row; null for keys that lead nowhere. */
export function rowAfterKey(key: string, row: number, count: number): number | null {
  const moves: Readonly<Record<string, number>> = { ArrowDown: row + 1, j: row + 1, ArrowUp: row - 1, k: row - 1, PageDown: row + pageRows, PageUp: row - pageRows, Home: 0, End: count - 1 };
  const to = moves[key];
  return to === undefined || count === 0 ? null : Math.min(count - 1, Math.max(0, to));
}

function useRows<Row>(scroll: RefObject<HTMLDivElement | null>, { rows, columns, rowKey, onEndReached }: DataTableProps<Row>) {
  const definitions = useMemo((): ColumnDef<typeof features, Row & object>[] => columns.map(column => ({ id: column.id, header: column.header, cell: ({ row }) => column.cell(row.original) })), [columns]);
  const table = useTable({ features, columns: definitions, data: rows as readonly (Row & object)[], getRowId: row => rowKey(row) });
  const model = table.getRowModel().rows;
  const virtual = useVirtualizer({
    count: model.length, getScrollElement: () => scroll.current, estimateSize: () => rowHeight, overscan: 12,
    onChange: instance => { if (model.length > 0 && (instance.range?.endIndex ?? 0) >= model.length - 1) onEndReached?.(); },
  });
  return { model, virtual };
}

const template = <Row,>(columns: readonly DataColumn<Row>[]): string =>
  columns.map((column, index) => (index === columns.length - 1 ? `minmax(${String(column.width)}px, 1fr)` : `${String(column.width)}px`)).join(' ');

function Head<Row>({ columns }: { readonly columns: readonly DataColumn<Row>[] }) {
  return (
    <div role="rowgroup" className={styles.head}>
      <div role="row" aria-rowindex={1} className={styles.row}>
        {columns.map(column => <div key={column.id} role="columnheader" className={classNames(styles.cell, column.align === 'end' && styles.end)}>{column.header}</div>)}
      </div>
    </div>
  );
}

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowKey, total = rows.length, selectedKey = null, onOpen } = props;
  const scroll = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(0);
  const { model, virtual } = useRows(scroll, props);
  const press = (event: KeyboardEvent): void => {
    const row = rows[current];
    if (event.key === 'Enter' && row !== undefined) return onOpen?.(row);
    const to = rowAfterKey(event.key, current, rows.length);
    if (to === null || event.ctrlKey || event.metaKey || event.altKey) return undefined;
    event.preventDefault();
    setCurrent(to);
    virtual.scrollToIndex(to);
    return undefined;
  };
  return (
    <div ref={scroll} role="grid" aria-label={label} aria-rowcount={total + 1} aria-colcount={columns.length} tabIndex={0} className={styles.grid}
      aria-activedescendant={rows.length === 0 ? undefined : `row-${String(current)}`} onKeyDown={press} style={{ ['--columns' as string]: template(columns) }}>
      <Head columns={columns} />
      <div role="rowgroup" className={styles.rows} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = model[index]?.original;
          return row === undefined ? null : (
            <div key={model[index]?.id} id={`row-${String(index)}`} role="row" aria-rowindex={index + 2} aria-selected={rowKey(row) === selectedKey} data-current={index === current || undefined}
              className={classNames(styles.row, styles.placed)} style={{ transform: `translateY(${String(start)}px)` }} onClick={() => { setCurrent(index); onOpen?.(row); }}>
              {columns.map(column => <div key={column.id} role="gridcell" className={classNames(styles.cell, column.align === 'end' && styles.end)}>{column.cell(row)}</div>)}
            </div>
          );
        })}
      </div>
    </div>
  );
}
