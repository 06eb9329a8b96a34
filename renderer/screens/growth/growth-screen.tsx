/** Growth: who is new, who stays, who comes back, who leaves; and which organizations and connections went quiet. */
import { TrendingUp } from 'lucide-react';
import { useMemo } from 'react';
import { growth } from '../../../shared/views/growth';
import { useAddress } from '../../address';
import { Button, EmptyState, ErrorPanel, Segmented, SkeletonLines } from '../../components';
import { useFilters } from '../../hooks/use-filters';
import type { Filters } from '../../hooks/use-filters';
import { asFailure } from '../../hooks/use-operation';
import { useViewPage } from '../../hooks/use-view-page';
import { createPeriodLabels } from '../cohorts/cohort-words';
import { Page } from '../page';
import { ConnectionList } from './connection-list';
import { GrowthChart } from './growth-chart';
import { GrowthTable } from './growth-table';
import { growthGrains } from './growth-model';
import type { GrowthGrain } from './growth-model';
import styles from './growth.module.css';
import { OrganizationList } from './organization-list';

const mostPeriods = 2_000;

function Periods({ tenant, filters, grain }: { readonly tenant: string; readonly filters: Filters; readonly grain: GrowthGrain }) {
  const params = useMemo(() => ({ ...filters.viewParams, grain: [grain] }), [filters.viewParams, grain]);
  const page = useViewPage(growth, { tenant, params, size: mostPeriods });
  const labelOf = useMemo(() => createPeriodLabels(grain, filters.timeZone), [grain, filters.timeZone]);
  if (page.isPending) return <SkeletonLines count={14} />;
  if (page.error !== null) return <ErrorPanel failure={asFailure(page.error)} onRetry={() => { void page.refetch(); }} />;
  if (page.data.rows.every(row => row.active === 0 && row.churned === 0)) {
    return <EmptyState icon={TrendingUp} title="Nobody was active" text="No user logged in or got a token in these events. Machines have no users, and do not count here."
      actions={filters.active.length > 0 || filters.range.kind !== 'all' ? <Button onClick={filters.clear}>Clear filters and range</Button> : undefined} />;
  }
  return (
    <>
      <GrowthChart tenant={tenant} rows={page.data.rows} grain={grain} timeZone={filters.timeZone} params={filters.viewParams} />
      <GrowthTable rows={page.data.rows} labelOf={labelOf} />
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
