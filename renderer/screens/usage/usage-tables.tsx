/** The months before, and who gets the machine-to-machine tokens, as tables. */
import { useMemo } from 'react';
import { m2mTokens } from '../../../shared/views/m2m-tokens';
import { classNames, Count, EmptyState, ErrorPanel, LogText, Section, SkeletonLines } from '../../components';
import { asFailure } from '../../hooks/use-operation';
import { useViewPage } from '../../hooks/use-view-page';
import type { UsageRow } from './usage-amounts';
import { amountLabels, amountNames } from './usage-amounts';
import styles from './usage.module.css';

const stateWords: Readonly<Record<UsageRow['state'], string>> = { complete: '', running: 'so far', partial: 'partly in the archive', uncovered: 'not in the archive' };

export function MonthTable({ rows, timeZone }: { readonly rows: readonly UsageRow[]; readonly timeZone: string }) {
  const month = useMemo(() => new Intl.DateTimeFormat(undefined, { timeZone, month: 'long', year: 'numeric' }), [timeZone]);
  return (
    <Section title="Months">
      <div className={styles.scroll}><table className={classNames(styles.table, styles.wide)}>
        <thead><tr><th scope="col">Month</th>{amountNames.map(name => <th key={name} scope="col" className={styles.end}>{amountLabels[name]}</th>)}<th scope="col">Coverage</th></tr></thead>
        <tbody>
          {[...rows].reverse().map(row => (
            <tr key={row.month}>
              <th scope="row">{month.format(Date.parse(row.month))}</th>
              {amountNames.map(name => <td key={name} className={styles.end}>{row.state === 'uncovered' ? '–' : <Count value={row[name]} />}</td>)}
              <td className={styles.muted}>{stateWords[row.state]}</td>
            </tr>
          ))}
        </tbody>
      </table></div>
    </Section>
  );
}

const mostListed = 200;

export function TokenTable({ tenant, params }: { readonly tenant: string; readonly params: Readonly<Record<string, readonly string[]>> }) {
  const page = useViewPage(m2mTokens, { tenant, params, size: mostListed });
  const total = (page.data?.rows ?? []).reduce((sum, row) => sum + row.tokens, 0);
  return (
    <Section title="Machine-to-machine tokens by application and API" text="In the whole time range.">
      {page.isPending && <SkeletonLines count={5} />}
      {page.error !== null && <ErrorPanel form="inline" failure={asFailure(page.error)} onRetry={() => { void page.refetch(); }} />}
      {page.data?.rows.length === 0 && <EmptyState title="No tokens" text="No application got a token for client credentials in these events." />}
      {page.data !== undefined && page.data.rows.length > 0 && (
        <div className={styles.scroll}><table className={classNames(styles.table, styles.wide)}>
          <thead><tr><th scope="col">Application</th><th scope="col">API</th><th scope="col" className={styles.end}>Tokens</th><th scope="col" className={styles.end}>Share</th></tr></thead>
          <tbody>
            {page.data.rows.map(row => (
              <tr key={`${String(row.applicationId)} ${String(row.applicationName)} ${String(row.audience)}`}>
                <th scope="row"><LogText text={row.applicationName ?? row.applicationId ?? 'Not named'} max={120} /></th>
                <td><LogText text={row.audience ?? 'Not named'} max={200} /></td>
                <td className={styles.end}><Count value={row.tokens} /></td>
                <td className={styles.end}>{new Intl.NumberFormat(undefined, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(row.tokens / total)}</td>
              </tr>
            ))}
          </tbody>
        </table></div>
      )}
    </Section>
  );
}
