/** The cohort grid: a row a cohort, a column a period, the weighted summary on top; moved through by keys, opened by Enter. */
import type { KeyboardEvent } from 'react';
import { useId, useRef } from 'react';
import { classNames, formatCount } from '../../components';
import { CohortCell } from './cohort-cell';
import { largestShare } from './cohort-grid-model';
import type { Cohort, CohortRow, Grid } from './cohort-grid-model';
import { cellWords, summaryText, summaryWords, unitsWords } from './cohort-words';
import type { CellPlace, CohortGrain } from './cohort-words';
import styles from './cohorts.module.css';
import type { CohortChoice } from './use-cohort-choice';

export type CellAt = { readonly row: number; readonly period: number };

export type CohortGridProps = {
  readonly grid: Grid;
  readonly choice: CohortChoice;
  readonly labelOf: (start: string) => string;
  readonly dateOf: (at: string) => string;
  /** The cell whose words are shown. */
  readonly current: CellAt;
  /** The cell whose members are listed beside the grid. */
  readonly opened: CohortRow | null;
  readonly onCurrent: (at: CellAt) => void;
  readonly onOpen: (cell: CohortRow) => void;
};

/** Where a key leads from a cell; null for keys that lead nowhere. */
export function cellAfterKey(key: string, { row, period }: CellAt, grid: Grid): CellAt | null {
  const moves: Readonly<Record<string, CellAt>> = {
    ArrowRight: { row, period: period + 1 }, ArrowLeft: { row, period: period - 1 }, ArrowDown: { row: row + 1, period }, ArrowUp: { row: row - 1, period },
    Home: { row, period: 0 }, End: { row, period: grid.periods - 1 }, PageDown: { row: row + 10, period }, PageUp: { row: row - 10, period },
  };
  const to = moves[key];
  if (to === undefined || grid.cohorts.length === 0) return null;
  return { row: Math.min(grid.cohorts.length - 1, Math.max(0, to.row)), period: Math.min(grid.periods - 1, Math.max(0, to.period)) };
}

const grainNames: Readonly<Record<CohortGrain, string>> = { day: 'Day', week: 'Week', month: 'Month' };

function Head({ grid, choice: { grain, show, unit } }: { readonly grid: Grid; readonly choice: CohortChoice }) {
  return (
    <div role="rowgroup" className={styles.head}>
      <div role="row" className={styles.row}>
        <div role="columnheader" className={styles.cohortHead}>Cohort</div>
        <div role="columnheader" className={styles.sizeHead}>Size</div>
        {Array.from({ length: grid.periods }, (_none, period) => <div key={period} role="columnheader" className={styles.periodHead}>{period === 0 ? `${grainNames[grain]} 0` : String(period)}</div>)}
      </div>
      <div role="row" className={classNames(styles.row, styles.summary)}>
        <div role="rowheader" className={styles.cohortHead}>All, complete cells</div>
        <div role="gridcell" className={styles.sizeHead}>{formatCount(grid.cohorts.reduce((sum, cohort) => sum + cohort.size, 0))}</div>
        {grid.summary.map((cell, period) => (
          <div key={period} role="gridcell" className={styles.summaryCell} title={summaryWords(cell, unit)}>
            {cell.size === 0 ? '–' : <>{summaryText(cell, show)}<span className={styles.weight}>n {formatCount(cell.size, 'compact')}</span></>}
          </div>
        ))}
      </div>
    </div>
  );
}

export function CohortGrid({ grid, choice, labelOf, dateOf, current, opened, onCurrent, onOpen }: CohortGridProps) {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const strongestOfAll = largestShare(grid.cohorts.flatMap(cohort => cohort.cells));
  const cellAt = (at: CellAt): CohortRow | undefined => grid.cohorts[at.row]?.cells[at.period];
  const press = (event: KeyboardEvent): void => {
    const cell = cellAt(current);
    if (event.key === 'Enter' && cell !== undefined) return onOpen(cell);
    const to = event.ctrlKey || event.metaKey || event.altKey ? null : cellAfterKey(event.key, current, grid);
    if (to === null) return undefined;
    event.preventDefault();
    onCurrent(to);
    document.getElementById(`${id}-${String(to.row)}-${String(to.period)}`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    return undefined;
  };
  const strongest = (cohort: Cohort): number => (choice.show === 'lost' ? 1 : choice.scale === 'row' ? largestShare(cohort.cells) : strongestOfAll);
  const placeOf = (cohort: Cohort): CellPlace => ({ unit: choice.unit, grain: choice.grain, cohort: labelOf(cohort.start), date: dateOf });
  return (
    <div ref={box} role="grid" aria-label="Cohorts" aria-rowcount={grid.cohorts.length + 2} aria-colcount={grid.periods + 2} tabIndex={0} className={styles.grid} onKeyDown={press}
      aria-activedescendant={cellAt(current) === undefined ? undefined : `${id}-${String(current.row)}-${String(current.period)}`} style={{ ['--periods' as string]: String(grid.periods) }}>
      <Head grid={grid} choice={choice} />
      <div role="rowgroup">
        {grid.cohorts.map((cohort, row) => (
          <div key={cohort.start} role="row" className={styles.row}>
            <div role="rowheader" className={styles.cohort} title={cohort.isCensored ? 'First seen near the start of the archive: may be older.' : undefined}>{labelOf(cohort.start)}{cohort.isCensored && <span className={styles.mark}> *</span>}</div>
            <div role="gridcell" className={styles.size} aria-label={unitsWords(choice.unit, cohort.size)}>{formatCount(cohort.size)}</div>
            {cohort.cells.map((cell, period) => (
              <CohortCell key={period} id={`${id}-${String(row)}-${String(period)}`} cell={cell} show={choice.show} strongest={strongest(cohort)} words={cellWords(cell, placeOf(cohort))}
                isCurrent={row === current.row && period === current.period} isOpened={cell === opened} onPoint={() => { onCurrent({ row, period }); }} onOpen={() => { onCurrent({ row, period }); onOpen(cell); }} />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
