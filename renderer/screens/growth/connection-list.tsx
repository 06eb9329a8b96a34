/** Connections that nobody uses any more, beside those that are in use. */
import { FileSpreadsheet } from 'lucide-react';
import { useMemo } from 'react';
import { connections } from '../../../shared/views/connections';
import { navigate, toTimeline, useAddress } from '../../address';
import { Button, Count, DataTable, EmptyState, ErrorPanel, formatCount, LogText, Section, SkeletonLines, Tag, Time, visibleText } from '../../components';
import type { DataColumn } from '../../components';
import { asFailure } from '../../hooks/use-operation';
import type { RowOf } from '../../hooks/use-view-page';
import { useWholeView } from '../../hooks/use-whole-view';
import type { WholeView } from '../../hooks/use-whole-view';
import { sharedParams } from '../activity/click-through';
import { useCsv } from '../activity/use-csv';
import { listHeight } from './growth-model';
import styles from './growth.module.css';

type Connection = RowOf<typeof connections>;
const share = new Intl.NumberFormat(undefined, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
const rate = (value: number | null): string => (value === null ? '–' : share.format(value));

const columns: readonly DataColumn<Connection>[] = [
  { id: 'connection', header: 'Connection', width: 240, cell: row => <span title={visibleText(row.connection ?? row.connectionId ?? '')}><LogText text={row.connection ?? row.connectionId ?? ''} max={120} /></span> },
  { id: 'strategy', header: 'Strategy', width: 122, cell: row => <LogText text={row.strategy ?? ''} max={40} /> },
  { id: 'activeUsers', header: 'Active users', width: 94, align: 'end', cell: row => <Count value={row.activeUsers} /> },
  { id: 'logins', header: 'Logins', width: 74, align: 'end', cell: row => <Count value={row.logins} /> },
  { id: 'failedLogins', header: 'Failed', width: 66, align: 'end', cell: row => <Count value={row.failedLogins} /> },
  { id: 'successRate', header: 'Success', width: 76, align: 'end', cell: row => rate(row.successRate) },
  { id: 'baseline', header: 'Before', width: 76, align: 'end', cell: row => <span className={styles.muted}>{rate(row.baselineSuccessRate)}</span> },
  { id: 'lastSuccessAt', header: 'Last success', width: 116, align: 'end', cell: row => <Time at={row.lastSuccessAt} form="date" /> },
  { id: 'quiet', header: 'State', width: 80, align: 'end', cell: row => (row.quiet ? <Tag tone="warning">Quiet</Tag> : null) },
];

const usual = 'Logins on each connection, its success rate beside that of the four weeks before.';

function listWords({ rows, extent }: WholeView<typeof connections>): string {
  const quiet = rows.filter(row => row.quiet).length;
  return `${extent === 'cut' ? 'The first ' : ''}${formatCount(rows.length)} ${rows.length === 1 ? 'connection' : 'connections'}, ${formatCount(quiet)} quiet. ${usual}`;
}

export function ConnectionList({ tenant, params, sieve }: { readonly tenant: string; readonly params: Readonly<Record<string, readonly string[]>>; readonly sieve: 'all' | 'quiet' }) {
  const { address } = useAddress();
  const page = useWholeView(connections, { tenant, params });
  const csv = useCsv(tenant);
  const rows = useMemo(() => (page.data?.rows ?? []).filter(row => sieve === 'all' || row.quiet), [page.data, sieve]);
  const open = (row: Connection): void => { navigate(toTimeline(tenant, { ...sharedParams(address.params), connection: [row.connectionId ?? row.connection ?? ''] })); };
  const text = page.data === undefined || page.data.rows.length === 0 ? usual : listWords(page.data);
  const save = rows.length > 0 && <Button size="small" variant="quiet" icon={FileSpreadsheet} onClick={() => { csv(connections.id, params); }}>Save as CSV</Button>;
  return (
    <Section title={sieve === 'all' ? 'Connections' : 'Quiet connections'} text={text} actions={save}>
      {page.isPending && <SkeletonLines count={6} />}
      {page.error !== null && <ErrorPanel form="inline" failure={asFailure(page.error)} onRetry={() => { void page.refetch(); }} />}
      {page.data !== undefined && rows.length === 0 && <EmptyState title={sieve === 'all' ? 'No connections' : 'None is quiet'} text={sieve === 'all' ? 'No log event names a connection.' : 'Every connection was used in the last 30 days.'} />}
      {rows.length > 0 && <div className={styles.list} style={{ height: listHeight(rows.length) }}><DataTable label="Connections" columns={columns} rows={rows} rowKey={row => `${String(row.connectionId)} ${String(row.connection)}`} onOpen={open} /></div>}
    </Section>
  );
}
