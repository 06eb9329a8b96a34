/** Settings of when tenants are synced, and what became of their last syncs. */
import type { Settings, SyncState } from '../../../shared/contract';
import { formatAddress, toScreen, toTimeline } from '../../address';
import { Count, ErrorPanel, LogText, Section, SelectField, Skeleton, SwitchField, Tag, Time } from '../../components';
import type { TagTone } from '../../components';
import { useAppInfo } from '../../hooks/use-app-info';
import { useSyncStates } from '../../hooks/use-sync';
import { intervalOptions } from './intervals';
import { PlanSection } from './plan-section';
import { SavedSection } from './saved-section';
import styles from './settings.module.css';
import { useSave } from './use-save';

const states: Readonly<Record<SyncState['state'], readonly [TagTone, string]>> = {
  idle: ['neutral', 'Idle'], running: ['accent', 'Syncing'], waiting: ['warning', 'Waiting'], failed: ['failure', 'Failed'],
};

function Row({ state }: { readonly state: SyncState }) {
  const [tone, words] = states[state.state];
  return (
    <>
      <tr>
        <th scope="row"><a href={formatAddress(toTimeline(state.tenant))}><LogText text={state.tenant} max={253} /></a></th>
        <td><Tag tone={tone}>{words}</Tag></td>
        <td><Time at={state.lastFinishedAt} form="table" /></td>
        <td><Time at={state.nextAt} form="table" /></td>
        <td className={styles.number}>{state.receipt === null ? '–' : <Count value={state.receipt.stored} />}</td>
      </tr>
      {state.error !== null && <tr className={styles.errorRow}><td colSpan={5}><strong>{state.error.title}.</strong> {state.error.hint} <code>{state.error.code}</code></td></tr>}
    </>
  );
}

function SyncTable() {
  const syncs = useSyncStates();
  if (syncs.error !== null) return <ErrorPanel failure={syncs.error} form="inline" onRetry={() => { void syncs.refetch(); }} isRetrying={syncs.isFetching} />;
  if (syncs.data === undefined) return <Skeleton height="56px" />;
  if (syncs.data.tenants.length === 0) return <p className={styles.muted}>No tenant is connected. <a href={formatAddress(toScreen('connect'))}>Connect a tenant</a></p>;
  return (
    <div className={styles.tableFrame} tabIndex={0} role="region" aria-label="Syncs by tenant">
      <table className={styles.table}>
        <thead><tr><th scope="col">Tenant</th><th scope="col">State</th><th scope="col">Last sync</th><th scope="col">Next sync</th><th scope="col" className={styles.number}>New events</th></tr></thead>
        <tbody>{syncs.data.tenants.map(state => <Row key={state.tenant} state={state} />)}</tbody>
      </table>
    </div>
  );
}

export function SyncSection({ settings }: { readonly settings: Settings }) {
  const interval = useSave();
  const background = useSave();
  const isDesktop = useAppInfo().data?.host === 'desktop';
  return (
    <>
      <SavedSection title="How often" text="Auth0 forgets logs after 1 to 30 days, by plan. Tenantscope syncs while it runs." save={interval}>
        <SelectField label="Sync every tenant" options={intervalOptions(settings.syncEveryMinutes)} value={String(settings.syncEveryMinutes)} onChange={minutes => { interval.save({ syncEveryMinutes: Number(minutes) }); }} className={styles.field} />
      </SavedSection>
      <SavedSection title="In the background" save={background}>
        {isDesktop && <SwitchField label="Start with the system" hint="Opens quietly in the tray when you sign in, so that no log is missed." checked={settings.startAtLogin} onChange={startAtLogin => { background.save({ startAtLogin }); }} />}
        <SwitchField label="Notifications" hint="Says so when a sync needs you: a rejected secret, a missing scope, events about to be lost." checked={settings.notifications} onChange={notifications => { background.save({ notifications }); }} />
      </SavedSection>
      <PlanSection settings={settings} />
      <Section title="Tenants"><SyncTable /></Section>
    </>
  );
}
