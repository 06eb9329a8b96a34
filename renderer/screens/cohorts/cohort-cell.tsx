/** One cell of the cohort grid: its number, how strong, and its state as a pattern. */
import { classNames } from '../../components';
import type { CohortRow } from './cohort-grid-model';
import styles from './cohorts.module.css';
import { cellText } from './cohort-words';
import type { CohortShow } from './cohort-words';

export type CohortCellProps = {
  readonly id: string;
  readonly cell: CohortRow;
  readonly show: CohortShow;
  /** The share that is drawn strongest. */
  readonly strongest: number;
  readonly words: string;
  readonly isCurrent: boolean;
  readonly isOpened: boolean;
  readonly onOpen: () => void;
  readonly onPoint: () => void;
};

/** Never so strong that the ink on it becomes hard to read. */
const strongestMix = 58;

const patterns: Readonly<Record<CohortRow['state'], string | undefined>> = {
  'complete': undefined, 'partial': styles.partial, 'future': styles.future, 'uncovered': styles.uncovered, 'left-censored': styles.censored,
};

export function CohortCell({ id, cell, show, strongest, words, isCurrent, isOpened, onOpen, onPoint }: CohortCellProps) {
  const text = cellText(cell, show);
  const share = show === 'lost' ? 1 - (cell.share ?? 1) : (cell.share ?? 0);
  const mix = text === null ? 0 : Math.round(strongestMix * Math.min(1, share / strongest));
  return (
    <div id={id} role="gridcell" aria-label={words} data-current={isCurrent || undefined} data-opened={isOpened || undefined} className={classNames(styles.cell, patterns[cell.state], cell.period === 0 && styles.birth)}
      style={{ ['--mix' as string]: `${String(mix)}%` }} onClick={onOpen} onPointerEnter={onPoint}>
      <span className={styles.value}>{text ?? (cell.state === 'uncovered' ? '–' : '')}</span>
    </div>
  );
}
