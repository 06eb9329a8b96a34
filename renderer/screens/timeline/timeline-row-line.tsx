/** One line of the timeline's grid. */
import { Minus, Plus } from 'lucide-react';
import { memo, useState } from 'react';
import { classNames } from '../../components';
import { cellContent } from './cell-content';
import type { TimelineColumn } from './column-model';
import styles from './timeline-grid.module.css';
import type { TimelineRow } from './timeline-row';
import { cellTarget } from './value-filters';
import type { FilterTarget } from './value-filters';

export type CellFilter = (target: FilterTarget, sense: 'for' | 'not') => void;

type QuickProps = { readonly target: FilterTarget; readonly onFilter: CellFilter };

/** For the mouse; keys do the same from the cell itself. */
function QuickFilters({ target, onFilter }: QuickProps) {
  const choose = (sense: 'for' | 'not') => (event: React.MouseEvent): void => {
    event.stopPropagation();
    onFilter(target, sense);
  };
  return (
    <span className={styles.quick}>
      <button type="button" tabIndex={-1} title="Filter for this value ( + )" aria-label="Filter for this value" onClick={choose('for')}><Plus size={14} aria-hidden="true" /></button>
      {target.field !== 'q' && <button type="button" tabIndex={-1} title="Filter this value out ( - )" aria-label="Filter this value out" onClick={choose('not')}><Minus size={14} aria-hidden="true" /></button>}
    </span>
  );
}

export type RowLineProps = {
  readonly row: TimelineRow;
  /** Position among the rows that are read. */
  readonly index: number;
  /** Position among all rows of the question, from 0. */
  readonly position: number;
  readonly start: number;
  readonly columns: readonly TimelineColumn[];
  /** The column of the cell that has the focus, when it is in this row. */
  readonly activeColumn: number | null;
  readonly isOpen: boolean;
  readonly onPress: (index: number, column: number) => void;
  readonly onFilter: CellFilter;
};

function Line({ row, index, position, start, columns, activeColumn, isOpen, onPress, onFilter }: RowLineProps) {
  const [hovered, setHovered] = useState<number | null>(null);
  return (
    <div role="row" aria-rowindex={position + 2} aria-selected={isOpen} className={classNames(styles.row, styles.placed)} style={{ transform: `translateY(${String(start)}px)` }}
      onPointerLeave={() => { setHovered(null); }}>
      {columns.map((column, at) => {
        const target = hovered === at ? cellTarget(column.id, row) : null;
        return (
          <div key={column.id} role="gridcell" aria-colindex={at + 1} data-place={`${String(index)}:${String(at)}`} tabIndex={activeColumn === at ? 0 : -1}
            className={styles.cell} onPointerEnter={() => { setHovered(at); }} onClick={() => { onPress(index, at); }}>
            {cellContent(row, column)}
            {target !== null && <QuickFilters target={target} onFilter={onFilter} />}
          </div>
        );
      })}
    </div>
  );
}

export const RowLine = memo(Line);
