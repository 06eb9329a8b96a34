/** Who gets the machine-to-machine tokens: applications and their APIs, the largest ones and the rest together. */
import { FileSpreadsheet } from 'lucide-react';
import { m2mTokens } from '../../../shared/views/m2m-tokens';
import { Button, classNames, Count, EmptyState, ErrorPanel, formatCount, LogText, Section, SkeletonLines } from '../../components';
import { asFailure } from '../../hooks/use-operation';
import type { RowOf } from '../../hooks/use-view-page';
import { useWholeView } from '../../hooks/use-whole-view';
import type { ViewParams } from '../activity/use-activity-question';
import { useCsv } from '../activity/use-csv';
import styles from './usage.module.css';

type TokenRow = RowOf<typeof m2mTokens>;

/** More lines than this are no longer read one by one: the file has them. */
const mostListed = 25;
const share = new Intl.NumberFormat(undefined, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
const tokensOf = (rows: readonly TokenRow[]): number => rows.reduce((sum, row) => sum + row.tokens, 0);

function Lines({ rows }: { readonly rows: readonly TokenRow[] }) {
  const rest = rows.slice(mostListed);
  return (
    <div className={styles.scroll}><table className={classNames(styles.table, styles.wide)}>
      <thead><tr><th scope="col">Application</th><th scope="col">API</th><th scope="col" className={styles.end}>Tokens</th><th scope="col" className={styles.end}>Share</th></tr></thead>
      <tbody>
        {rows.slice(0, mostListed).map(row => (
          <tr key={`${String(row.applicationId)} ${String(row.applicationName)} ${String(row.audience)}`}>
            <th scope="row"><LogText text={row.applicationName ?? row.applicationId ?? 'Not named'} max={120} /></th>
            <td><LogText text={row.audience ?? 'Not named'} max={200} /></td>
            <td className={styles.end}><Count value={row.tokens} /></td>
            <td className={styles.end}>{share.format(row.share)}</td>
          </tr>
        ))}
      </tbody>
      {rest.length > 0 && (
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>{formatCount(rest.length)} more</th>
            <td className={styles.end}><Count value={tokensOf(rest)} /></td>
            <td className={styles.end}>{share.format(rest.reduce((sum, row) => sum + row.share, 0))}</td>
          </tr>
        </tfoot>
      )}
    </table></div>
  );
}

export function TokenTable({ tenant, params }: { readonly tenant: string; readonly params: ViewParams }) {
  const page = useWholeView(m2mTokens, { tenant, params });
  const csv = useCsv(tenant);
  const rows = page.data?.rows ?? [];
  const save = rows.length > 0 && <Button size="small" variant="quiet" icon={FileSpreadsheet} onClick={() => { csv(m2mTokens.id, params); }}>Save as CSV</Button>;
  return (
    <Section title="Machine-to-machine tokens by application and API" text={rows.length === 0 ? 'In the whole time range.' : `In the whole time range: ${formatCount(tokensOf(rows))} ${tokensOf(rows) === 1 ? 'token' : 'tokens'}.`} actions={save}>
      {page.isPending && <SkeletonLines count={5} />}
      {page.error !== null && <ErrorPanel form="inline" failure={asFailure(page.error)} onRetry={() => { void page.refetch(); }} />}
      {page.data !== undefined && rows.length === 0 && <EmptyState title="No tokens" text="No application got a token for client credentials in these events." />}
      {rows.length > 0 && <Lines rows={rows} />}
    </Section>
  );
}
