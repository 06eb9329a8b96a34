/** The numbers behind growth, period by period, so that everybody can see that they add up. */
import { Count, formatCount, Section } from '../../components';
import type { GrowthRow } from './growth-model';
import styles from './growth.module.css';

const share = new Intl.NumberFormat(undefined, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
const stateWords: Readonly<Record<GrowthRow['state'], string>> = { complete: '', running: 'not over yet', partial: 'partly in the archive', uncovered: 'not in the archive' };

const noteOf = (row: GrowthRow): string => [stateWords[row.state], row.leftCensored ? 'new may be older' : ''].filter(part => part !== '').join('; ');

export type GrowthTableProps = {
  readonly rows: readonly GrowthRow[];
  readonly labelOf: (start: string) => string;
  /** Where the events of those who were active in a row are; null where there are none. */
  readonly hrefOf: (row: number) => string | null;
};

function Active({ row, label, href }: { readonly row: GrowthRow; readonly label: string; readonly href: string | null }) {
  const count = <Count value={row.active} />;
  return href === null || row.active === 0 ? count : <a href={href} className={styles.link} aria-label={`Active ${label}: ${formatCount(row.active)}. Open the events behind it`}>{count}</a>;
}

export function GrowthTable({ rows, labelOf, hrefOf }: GrowthTableProps) {
  return (
    <Section title="Period by period" text="Active = new + retained + resurrected. Active of one period = retained + churned of the next.">
      <div className={styles.periods} role="group" aria-label="Periods" tabIndex={0}><table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Period</th>
            {['Active', 'New', 'Retained', 'Resurrected', 'Churned', 'Stickiness'].map(header => <th key={header} scope="col" className={styles.end}>{header}</th>)}
            <th scope="col">Note</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={row.periodStart}>
              <th scope="row">{labelOf(row.periodStart)}</th>
              <td className={styles.end}>{row.state === 'uncovered' ? '–' : <Active row={row} label={labelOf(row.periodStart)} href={hrefOf(at)} />}</td>
              {[row.new, row.retained, row.resurrected, row.churned].map((value, index) => <td key={index} className={styles.end}>{row.state === 'uncovered' ? '–' : <Count value={value} />}</td>)}
              <td className={styles.end}>{row.stickiness === null ? '–' : share.format(row.stickiness)}</td>
              <td className={styles.muted}>{noteOf(row)}</td>
            </tr>
          )).reverse()}
        </tbody>
      </table></div>
    </Section>
  );
}
