/** A ranking as bars behind its words; a press on one filters by it. */
import { Check } from 'lucide-react';
import { formatCount, LogText, visibleText, VisuallyHidden } from '../components';
import styles from './ranked-bars.module.css';

export type RankedRow = {
  readonly key: string;
  /** Written by strangers, some of them: shown as log text. */
  readonly label: string;
  /** More about it, muted. */
  readonly detail?: string;
  readonly value: number;
  /** A second number without a bar. */
  readonly secondValue: number;
  readonly isChosen: boolean;
};

export type RankedBarsProps = {
  /** Its accessible name. */
  readonly label: string;
  /** What the two numbers count, such as `Logins` and `Users`. */
  readonly valueName: string;
  readonly secondValueName: string;
  readonly rows: readonly RankedRow[];
  readonly emptyText: string;
  readonly onChoose: (row: RankedRow) => void;
};

export const rankedRowHeight = 26;

export function RankedBars({ label, valueName, secondValueName, rows, emptyText, onChoose }: RankedBarsProps) {
  const largest = rows.reduce((most, row) => Math.max(most, row.value), 0);
  if (rows.length === 0) return <p className={styles.empty}>{emptyText}</p>;
  return (
    <>
      <div className={styles.head} aria-hidden="true"><span /><span>{secondValueName}</span><span>{valueName}</span></div>
      <ol className={styles.list} aria-label={label}>
        {rows.map(row => (
          <li key={row.key}>
            <button type="button" className={styles.row} title={visibleText(row.label)} aria-pressed={row.isChosen} onClick={() => { onChoose(row); }}>
              <span className={styles.bar} style={{ width: `${String(largest === 0 ? 0 : (100 * row.value) / largest)}%` }} />
              <span className={styles.label}>
                {row.isChosen && <Check size={12} aria-hidden="true" />}
                <LogText text={row.label} max={120} />{row.detail !== undefined && <span className={styles.detail}><LogText text={row.detail} max={120} /></span>}
              </span>
              <span className={styles.second}><VisuallyHidden>, {secondValueName} </VisuallyHidden>{formatCount(row.secondValue)}</span>
              <span className={styles.value}><VisuallyHidden>, {valueName} </VisuallyHidden>{formatCount(row.value)}</span>
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}
