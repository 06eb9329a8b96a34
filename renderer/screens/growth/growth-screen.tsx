/** Growth: who is new, who stays, who comes back, who leaves; and which organizations and connections went quiet. */
import { TrendingUp } from 'lucide-react';
import { useMemo } from 'react';
import { growth } from '../../../shared/views/growth';
import { formatAddress, toTimeline, useAddress } from '../../address';
import { Button, EmptyState, ErrorPanel, formatCount, Segmented, SkeletonLines } from '../../components';
import { useFilters } from '../../hooks/use-filters';
import type { Filters } from '../../hooks/use-filters';
import { asFailure } from '../../hooks/use-operation';
import { useViewPage } from '../../hooks/use-view-page';
import { createPeriodLabels } from '../cohorts/cohort-words';
import { Page } from '../page';
import { ConnectionList } from './connection-list';
import { GrowthChart } from './growth-chart';
import { GrowthTable } from './growth-table';
import { activityBehind, growthGrains, periodsOf } from './growth-model';
import type { GrowthGrain } from './growth-model';
import styles from './growth.module.css';
import { OrganizationList } from './organization-list';

/** More bars than this are narrower than a pixel. */
const mostPeriods = 1_000;

function Periods({ tenant, filters, grain }: { readonly tenant: string; readonly filters: Filters; readonly grain: GrowthGrain }) {
  const params = useMemo(() => ({ ...filters.viewParams, grain: [grain], newest: [String(mostPeriods + 1)] }), [filters.viewParams, grain]);
  const page = useViewPage(growth, { tenant, params, size: mostPeriods + 1 });
  const labelOf = useMemo(() => createPeriodLabels(grain, filters.timeZone), [grain, filters.timeZone]);
  const rows = useMemo(() => page.data?.rows.slice(-mostPeriods), [page.data]);
  const hrefs = useMemo(() => (rows === undefined ? [] : periodsOf(rows, grain, filters.timeZone).map(period => activityBehind(period, filters.viewParams, filters.timeZone))
    .map(behind => (behind === null ? null : formatAddress(toTimeline(tenant, behind))))), [rows, grain, filters.timeZone, filters.viewParams, tenant]);
  if (page.isPending) return <SkeletonLines count={14} />;
  if (page.error !== null) return <ErrorPanel failure={asFailure(page.error)} onRetry={() => { void page.refetch(); }} />;
  if (rows === undefined || rows.every(row => row.active === 0 && row.churned === 0)) {
    return <EmptyState icon={TrendingUp} title="Nobody was active" text="No user logged in or got a token in these events. Machines have no users, and do not count here."
      actions={filters.active.length > 0 || filters.range.kind !== 'all' ? <Button onClick={filters.clear}>Clear filters and range</Button> : undefined} />;
  }
  return (
    <>
      {page.data.rows.length > mostPeriods && <p className={styles.definition}>Only the newest {formatCount(mostPeriods)} {grain}s are drawn; longer periods show all of the time range.</p>}
      <GrowthChart tenant={tenant} rows={rows} grain={grain} timeZone={filters.timeZone} params={filters.viewParams} />
      <GrowthTable rows={rows} labelOf={labelOf} hrefOf={row => hrefs[row] ?? null} />
    </>
  );
}

function Growth({ tenant, grain }: { readonly tenant: string; readonly grain: GrowthGrain }) {
  const filters = useFilters();
  const { address, setParams } = useAddress();
  const sieve = address.params.quiet?.at(-1) === 'only' ? 'quiet' : 'all';
  return (
    <Page title="Growth" width="wide" text="Users who logged in, got a token or were authenticated silently.">
      <div className={styles.controls}>
        <Segmented label="Period" options={[{ value: 'day', label: 'Day' }, { value: 'week', label: 'Week' }, { value: 'month', label: 'Month' }]} value={grain} onChange={next => { setParams({ grain: next }); }} />
      </div>
      <Periods tenant={tenant} filters={filters} grain={grain} />
      <div className={styles.controls}>
        <Segmented label="Organizations and connections" options={[{ value: 'all', label: 'All' }, { value: 'quiet', label: 'Only quiet ones' }]} value={sieve} onChange={next => { setParams({ quiet: next === 'quiet' ? 'only' : null }); }} />
      </div>
      <OrganizationList tenant={tenant} params={filters.viewParams} sieve={sieve} />
      <ConnectionList tenant={tenant} params={filters.viewParams} sieve={sieve} />
      <p className={styles.definition}>{growth.definition}</p>
    </Page>
  );
}

export function GrowthScreen() {
  const { address } = useAddress();
  if (address.screen !== 'growth') return null;
  const grain = growthGrains.find(known => known === address.params.grain?.at(-1)) ?? 'week';
  return <Growth key={address.tenant} tenant={address.tenant} grain={grain} />;
}
