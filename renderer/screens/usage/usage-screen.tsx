/** Usage: what the plan limits, month by month, and whether this month will hold. */
import { Gauge } from 'lucide-react';
import { useMemo } from 'react';
import { usage } from '../../../shared/views/usage';
import { useAddress } from '../../address';
import { Button, EmptyState, ErrorPanel, SkeletonLines } from '../../components';
import { useFilters } from '../../hooks/use-filters';
import { asFailure } from '../../hooks/use-operation';
import { useSettings, useWriteSettings } from '../../hooks/use-settings';
import { useViewPage } from '../../hooks/use-view-page';
import { Page } from '../page';
import { AmountLink, MonthTable } from './month-table';
import { amountNames, amountOf, limitsAsParams, monthWords } from './usage-amounts';
import type { AmountName, PlanLimits } from './usage-amounts';
import { UsageCard } from './usage-card';
import { TokenTable } from './token-table';
import { useLogTypes } from './use-log-types';
import styles from './usage.module.css';

type Limits = { readonly limits: PlanLimits; readonly set: (name: AmountName, limit: number | null) => void };

/** The limits of one tenant's plan, which live in the settings. */
function useLimits(tenant: string): Limits {
  const settings = useSettings().data;
  const write = useWriteSettings();
  const all = settings?.planLimits ?? {};
  const limits = all[tenant] ?? {};
  return { limits, set: (name, limit) => { write.mutate({ planLimits: { ...all, [tenant]: { ...limits, [name]: limit ?? undefined } } }); } };
}

function Usage({ tenant }: { readonly tenant: string }) {
  const filters = useFilters();
  const { limits, set } = useLimits(tenant);
  // Months are whole whatever the range: a limit is one of a month.
  const whole = useMemo(() => Object.fromEntries(Object.entries(filters.viewParams).filter(([name]) => name !== 'from' && name !== 'to')), [filters.viewParams]);
  const params = useMemo(() => ({ ...whole, ...limitsAsParams(limits) }), [whole, limits]);
  const page = useViewPage(usage, { tenant, params, size: 1_000 }, { placeholderData: before => before });
  const scope = { timeZone: filters.timeZone, logTypes: useLogTypes(tenant, whole) };
  const latest = page.data?.rows.at(-1);
  return (
    <Page title="Usage" width="wide" text="Estimated from the log, as Auth0 counts; the bill is Auth0’s.">
      {page.isPending && <SkeletonLines count={12} />}
      {page.error !== null && <ErrorPanel failure={asFailure(page.error)} onRetry={() => { void page.refetch(); }} />}
      {page.data !== undefined && latest === undefined && (
        <EmptyState icon={Gauge} title="Nothing used" text="No log event passes these filters." actions={<Button onClick={filters.clear}>Clear filters</Button>} />
      )}
      {page.data !== undefined && latest !== undefined && (
        <>
          <div className={styles.cards}>{amountNames.map(name => <UsageCard key={name} name={name} amount={amountOf(latest, name)} month={monthWords(latest, filters.timeZone)} number={<AmountLink name={name} row={latest} scope={scope} />} onLimit={limit => { set(name, limit); }} />)}</div>
          <MonthTable rows={page.data.rows} scope={scope} />
          <TokenTable tenant={tenant} params={filters.viewParams} />
          <p className={styles.definition}>{usage.definition}</p>
        </>
      )}
    </Page>
  );
}

export function UsageScreen() {
  const { address } = useAddress();
  return address.screen === 'usage' ? <Usage key={address.tenant} tenant={address.tenant} /> : null;
}
