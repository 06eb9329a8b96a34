/** The months before as a table, each number leading to the events behind it. */
import { useMemo } from 'react';
import { formatAddress, toTimeline, useAddress } from '../../address';
import { classNames, Count, formatCount, Section } from '../../components';
import { amountNotes, paramsBehindAmount } from './behind-amount';
import type { MonthScope } from './behind-amount';
import type { AmountName, UsageRow } from './usage-amounts';
import { amountLabels, amountNames } from './usage-amounts';
import styles from './usage.module.css';

const stateWords: Readonly<Record<UsageRow['state'], string>> = { complete: '', running: 'so far', partial: 'partly in the archive', uncovered: 'not in the archive' };

/** A number that leads to the events behind it, where there are any. */
export function AmountLink({ name, row, scope }: { readonly name: AmountName; readonly row: UsageRow; readonly scope: MonthScope }) {
  const { address } = useAddress();
  const behind = 'tenant' in address ? paramsBehindAmount(address.params, name, row, scope) : null;
  const count = <Count value={row[name]} />;
  if (behind === null || !('tenant' in address)) return count;
  return <a href={formatAddress(toTimeline(address.tenant, behind))} className={styles.link} title={amountNotes[name] ?? undefined} aria-label={`${amountLabels[name]}: ${formatCount(row[name])}. Open the events behind it`}>{count}</a>;
}

export function MonthTable({ rows, scope }: { readonly rows: readonly UsageRow[]; readonly scope: MonthScope }) {
  const { timeZone } = scope;
  const month = useMemo(() => new Intl.DateTimeFormat(undefined, { timeZone, month: 'long', year: 'numeric' }), [timeZone]);
  return (
    <Section title="Months">
      <div className={styles.scroll}><table className={classNames(styles.table, styles.wide)}>
        <thead><tr><th scope="col">Month</th>{amountNames.map(name => <th key={name} scope="col" className={styles.end}>{amountLabels[name]}</th>)}<th scope="col">Coverage</th></tr></thead>
        <tbody>
          {[...rows].reverse().map(row => (
            <tr key={row.month}>
              <th scope="row">{month.format(Date.parse(row.month))}</th>
              {amountNames.map(name => <td key={name} className={styles.end}>{row.state === 'uncovered' ? '–' : <AmountLink name={name} row={row} scope={scope} />}</td>)}
              <td className={styles.muted}>{stateWords[row.state]}</td>
            </tr>
          ))}
        </tbody>
      </table></div>
    </Section>
  );
}
