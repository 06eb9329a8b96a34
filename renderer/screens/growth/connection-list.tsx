/** Connections that nobody uses any more, beside those that are in use. */
import { useMemo } from 'react';
import { connections } from '../../../shared/views/connections';
import { navigate, toTimeline } from '../../address';
import { Count, DataTable, EmptyState, ErrorPanel, LogText, Section, SkeletonLines, Tag, Time } from '../../components';
import type { DataColumn } from '../../components';
import { asFailure } from '../../hooks/use-operation';
import { useViewPage } from '../../hooks/use-view-page';
import type { RowOf } from '../../hooks/use-view-page';
import styles from './growth.module.css';

type Connection = RowOf<typeof connections>;
const share = new Intl.NumberFormat(undefined, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
const rate = (value: number | null): string => (value === null ? '–' : share.format(value));

const columns: readonly DataColumn<Connection>[] = [
  { id: 'connection', header: 'Connection', width: 220, cell: row => <LogText text={row.connection ?? row.connectionId ?? ''} max={120} /> },
  { id: 'strategy', header: 'Strategy', width: 100, cell: row => <LogText text={row.strategy ?? ''} max={40} /> },
  { id: 'activeUsers', header: 'Active users', width: 100, align: 'end', cell: row => <Count value={row.activeUsers} /> },
  { id: 'logins', header: 'Logins', width: 80, align: 'end', cell: row => <Count value={row.logins} /> },
  { id: 'failedLogins', header: 'Failed', width: 70, align: 'end', cell: row => <Count value={row.failedLogins} /> },
  { id: 'successRate', header: 'Success', width: 80, align: 'end', cell: row => rate(row.successRate) },
  { id: 'baseline', header: '4 weeks before', width: 110, align: 'end', cell: row => <span className={styles.muted}>{rate(row.baselineSuccessRate)}</span> },
  { id: 'lastSuccessAt', header: 'Last success', width: 120, cell: row => <Time at={row.lastSuccessAt} form="date" /> },
  { id: 'quiet', header: '', width: 80, cell: row => (row.quiet ? <Tag tone="warning">Quiet</Tag> : null) },
];

const mostListed = 5_000;

export function ConnectionList({ tenant, params, sieve }: { readonly tenant: string; readonly params: Readonly<Record<string, readonly string[]>>; readonly sieve: 'all' | 'quiet' }) {
  const page = useViewPage(connections, { tenant, params, size: mostListed });
  const rows = useMemo(() => (page.data?.rows ?? []).filter(row => sieve === 'all' || row.quiet), [page.data, sieve]);
  const open = (row: Connection): void => { navigate(toTimeline(tenant, { connection: [row.connectionId ?? row.connection ?? ''] })); };
  return (
    <Section title={sieve === 'all' ? 'Connections' : 'Quiet connections'} text="Logins on each connection, its success rate beside that of the four weeks before.">
      {page.isPending && <SkeletonLines count={6} />}
      {page.error !== null && <ErrorPanel form="inline" failure={asFailure(page.error)} onRetry={() => { void page.refetch(); }} />}
      {page.data !== undefined && rows.length === 0 && <EmptyState title={sieve === 'all' ? 'No connections' : 'None is quiet'} text={sieve === 'all' ? 'No log event names a connection.' : 'Every connection was used in the last 30 days.'} />}
      {rows.length > 0 && <div className={styles.list} style={{ height: Math.min(12, rows.length + 1) * 28 + 4 }}><DataTable label="Connections" columns={columns} rows={rows} rowKey={row => `${String(row.connectionId)} ${String(row.connection)}`} onOpen={open} /></div>}
    </Section>
  );
}
