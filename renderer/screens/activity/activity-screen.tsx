/** The activity of a tenant: tiles, charts over time and rankings, each leading to the events behind it. */
import { formatAddress, navigate, parseAddress, toTenantScreen, useAddress } from '../../address';
import type { Params } from '../../address';
import { Callout, ErrorPanel } from '../../components';
import { useTenantStatus } from '../../hooks/use-tenants';
import { EmptyTimeline } from '../timeline/empty-timeline';
import { ActivitySkeleton } from './activity-skeleton';
import { ActivityToolbar } from './activity-toolbar';
import styles from './activity.module.css';
import { ChartPanel } from './chart-panel';
import { chartSpecs } from './chart-specs';
import { sharedParams } from './click-through';
import { RankingPanel } from './ranking-panel';
import { rankingSpecs } from './ranking-specs';
import { Tiles } from './tiles';
import { useActivityQuestion } from './use-activity-question';
import type { ActivityQuestion } from './use-activity-question';
import { useSummary, useTotal } from './use-activity-rows';
import type { SummaryRow } from './use-activity-rows';
import { useCsv } from './use-csv';
import { useFreshEvents } from './use-fresh-events';

const replaceFilters = (params: Params): void => { navigate({ ...parseAddress(window.location.hash), params }); };

/** Events without anybody who signed in are no mistake: applications make them for themselves. */
function NobodyNote({ question, rows }: { readonly question: ActivityQuestion; readonly rows: readonly SummaryRow[] | undefined }) {
  if (rows === undefined || rows.some(row => (row.metric === 'users' || row.metric === 'logins' || row.metric === 'failedLogins') && row.value > 0)) return null;
  return (
    <Callout title="No user takes part in these events">
      <p>They come from applications and administrators alone, such as machine-to-machine tokens. <a href={formatAddress(toTenantScreen('usage', question.tenant, sharedParams(question.address)))}>Usage</a> counts what applications fetched.</p>
    </Callout>
  );
}

function Numbers({ question }: { readonly question: ActivityQuestion }) {
  const summary = useSummary(question);
  const csv = useCsv(question.tenant);
  return (
    <>
      {summary.error === null ? <Tiles question={question} rows={summary.data?.rows} /> : <ErrorPanel failure={summary.error} onRetry={() => { void summary.refetch(); }} form="inline" />}
      <NobodyNote question={question} rows={summary.data?.rows} />
      <div className={styles.charts}>
        {chartSpecs.map(spec => <ChartPanel key={spec.view.id} spec={spec} question={question} onCsv={csv} />)}
      </div>
      <div className={styles.rankings}>
        {rankingSpecs.map(spec => <RankingPanel key={spec.view.id} spec={spec} question={question} onCsv={csv} />)}
      </div>
    </>
  );
}

function Activity({ tenant, archive }: { readonly tenant: string; readonly archive: { readonly firstAt: string | null; readonly lastAt: string | null } }) {
  const question = useActivityQuestion(tenant, archive);
  const total = useTotal(question);
  const fresh = useFreshEvents(tenant, question.params, total);
  return (
    <div className={styles.screen}>
      <ActivityToolbar question={question} total={total} fresh={fresh} />
      {total === 0 ? <EmptyTimeline tenant={tenant} params={question.address} filters={question.filters} onTake={replaceFilters} /> : <Numbers question={question} />}
    </div>
  );
}

function Tenant({ tenant }: { readonly tenant: string }) {
  const status = useTenantStatus(tenant);
  if (status.error !== null) return <ErrorPanel failure={status.error} onRetry={() => { void status.refetch(); }} />;
  return status.data === undefined ? <ActivitySkeleton /> : <Activity tenant={tenant} archive={status.data} />;
}

export function ActivityScreen() {
  const { address } = useAddress();
  return address.screen === 'activity' ? <Tenant key={address.tenant} tenant={address.tenant} /> : null;
}
