/** Organizations by active members, and those that went quiet. */
import { FileSpreadsheet } from 'lucide-react';
import { useMemo } from 'react';
import { organizations } from '../../../shared/views/organizations';
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

type Organization = RowOf<typeof organizations>;

function Change({ now, before }: { readonly now: number; readonly before: number | null }) {
  if (before === null) return <span className={styles.muted}>–</span>;
  const change = now - before;
  return <span className={styles.muted}>{change === 0 ? 'same' : `${change > 0 ? '▲ +' : '▼ −'}${formatCount(Math.abs(change))}`}</span>;
}

const columns: readonly DataColumn<Organization>[] = [
  { id: 'organization', header: 'Organization', width: 300, cell: row => <span title={visibleText(row.organizationName ?? row.organizationId)}><LogText text={row.organizationName ?? row.organizationId} max={120} /></span> },
  { id: 'activeMembers', header: 'Active members', width: 120, align: 'end', cell: row => <Count value={row.activeMembers} /> },
  { id: 'change', header: 'Change', width: 100, align: 'end', cell: row => <Change now={row.activeMembers} before={row.previousActiveMembers} /> },
  { id: 'logins', header: 'Logins', width: 100, align: 'end', cell: row => <Count value={row.logins} /> },
  { id: 'failedLogins', header: 'Failed', width: 100, align: 'end', cell: row => <Count value={row.failedLogins} /> },
  { id: 'lastActivityAt', header: 'Last activity', width: 140, align: 'end', cell: row => <Time at={row.lastActivityAt} form="date" /> },
  { id: 'quiet', header: 'State', width: 80, align: 'end', cell: row => (row.quiet ? <Tag tone="warning">Quiet</Tag> : null) },
];

/** `10,000 organizations, 12 quiet: …`; the first ones where there are more than can be listed. */
function listWords({ rows, extent }: WholeView<typeof organizations>): string {
  const quiet = rows.filter(row => row.quiet).length;
  const listed = extent === 'cut' ? `The first ${formatCount(rows.length)} organizations; the file has all of them. Of these ${formatCount(quiet)} quiet` : `${formatCount(rows.length)} ${rows.length === 1 ? 'organization' : 'organizations'}, ${formatCount(quiet)} quiet`;
  return `${listed}: no member was active in the 30 days before the end of the time range.`;
}

export function OrganizationList({ tenant, params, sieve }: { readonly tenant: string; readonly params: Readonly<Record<string, readonly string[]>>; readonly sieve: 'all' | 'quiet' }) {
  const { address } = useAddress();
  const page = useWholeView(organizations, { tenant, params });
  const csv = useCsv(tenant);
  const rows = useMemo(() => (page.data?.rows ?? []).filter(row => sieve === 'all' || row.quiet), [page.data, sieve]);
  const text = page.data === undefined || page.data.rows.length === 0 ? 'By active members in the time range.' : listWords(page.data);
  const save = rows.length > 0 && <Button size="small" variant="quiet" icon={FileSpreadsheet} onClick={() => { csv(organizations.id, params); }}>Save as CSV</Button>;
  return (
    <Section title={sieve === 'all' ? 'Organizations by active members' : 'Quiet organizations'} text={text} actions={save}>
      {page.isPending && <SkeletonLines count={6} />}
      {page.error !== null && <ErrorPanel form="inline" failure={asFailure(page.error)} onRetry={() => { void page.refetch(); }} />}
      {page.data !== undefined && rows.length === 0 && <EmptyState title={sieve === 'all' ? 'No organizations' : 'None is quiet'} text={sieve === 'all' ? 'No log event names an organization.' : 'Every organization had an active member in the last 30 days.'} />}
      {rows.length > 0 && <div className={styles.list} style={{ height: listHeight(rows.length) }}><DataTable label="Organizations" columns={columns} rows={rows} rowKey={row => row.organizationId} onOpen={row => { navigate(toTimeline(tenant, { ...sharedParams(address.params), organization: [row.organizationId] })); }} /></div>}
    </Section>
  );
}
