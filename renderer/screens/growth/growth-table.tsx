/** The numbers behind growth, period by period, so that everybody can see that they add up. */
import { Count, Section } from '../../components';
import type { GrowthRow } from './growth-model';
import styles from './growth.module.css';

const share = new Intl.NumberFormat(undefined, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
const stateWords: Readonly<Record<GrowthRow['state'], string>> = { complete: '', running: 'not over yet', partial: 'partly in the archive', uncovered: 'not in the archive' };

const noteOf = (row: GrowthRow): string => [stateWords[row.state], row.leftCensored ? 'new may be older' : ''].filter(part => part !== '').join('; ');

export function GrowthTable({ rows, labelOf }: { readonly rows: readonly GrowthRow[]; readonly labelOf: (start: string) => string }) {
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
          {[...rows].reverse().map(row => (
            <tr key={row.periodStart}>
              <th scope="row">{labelOf(row.periodStart)}</th>
              {[row.active, row.new, row.retained, row.resurrected, row.churned].map((value, index) => <td key={index} className={styles.end}>{row.state === 'uncovered' ? '–' : <Count value={value} />}</td>)}
              <td className={styles.end}>{row.stickiness === null ? '–' : share.format(row.stickiness)}</td>
              <td className={styles.muted}>{noteOf(row)}</td>
            </tr>
          ))}
        </tbody>
      </table></div>
    </Section>
  );
}
