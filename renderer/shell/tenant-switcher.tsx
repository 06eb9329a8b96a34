/** Switches between the stored tenants and the sample, and leads to getting more. */
import { Building2, Check, ChevronsUpDown, FileInput, FlaskConical, MemoryStick, Plug } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { SyncState } from '../../shared/contract';
import { navigate, toScreen, toTimeline } from '../address';
import { LogText, MenuButton, Tag } from '../components';
import type { MenuEntry } from '../components';
import { useSyncStates } from '../hooks/use-sync';
import { sampleTenant, useTenants } from '../hooks/use-tenants';
import type { TenantEntry } from '../hooks/use-tenants';
import styles from './tenant-switcher.module.css';
import type { RailWidth } from './use-rail';

export const tenantName = (tenant: string): string => (tenant === sampleTenant ? 'Sample tenant' : tenant);

const stateWords: Readonly<Record<SyncState['state'], string>> = { idle: 'Connected', running: 'Syncing…', waiting: 'Waiting for Auth0', failed: 'Last sync failed' };

const wordsOf = (entry: TenantEntry, states: readonly SyncState[]): string => (entry.inMemory === true ? `In memory only · ${stateOf(entry, states)}` : stateOf(entry, states));

function stateOf(entry: TenantEntry, states: readonly SyncState[]): string {
  if (!entry.connected) return 'Imported files';
  const state = states.find(known => known.tenant === entry.tenant);
  return state === undefined ? 'Connected' : stateWords[state.state];
}

const iconOf = (entry: TenantEntry): LucideIcon => (entry.inMemory === true ? MemoryStick : Building2);

function entriesFor(tenant: string, tenants: readonly TenantEntry[], states: readonly SyncState[]): readonly MenuEntry[] {
  const open = (name: string) => () => { navigate(toTimeline(name)); };
  return [
    ...tenants.map((entry): MenuEntry => ({
      kind: 'action', label: entry.tenant, detail: wordsOf(entry, states), icon: entry.tenant === tenant ? Check : iconOf(entry), onSelect: open(entry.tenant),
    })),
    { kind: 'action', label: tenantName(sampleTenant), detail: 'Made up, always there', icon: tenant === sampleTenant ? Check : FlaskConical, onSelect: open(sampleTenant) },
    { kind: 'separator' },
    { kind: 'action', label: 'Connect a tenant…', icon: Plug, onSelect: () => { navigate(toScreen('connect')); } },
    { kind: 'action', label: 'Import files…', icon: FileInput, onSelect: () => { navigate(toScreen('import')); } },
  ];
}

export function TenantSwitcher({ tenant, rail }: { readonly tenant: string; readonly rail: RailWidth }) {
  const tenants = useTenants().data ?? [];
  const states = useSyncStates().data?.tenants ?? [];
  const current = tenants.find(entry => entry.tenant === tenant);
  const isInMemory = current?.inMemory === true;
  const Icon = tenant === sampleTenant ? FlaskConical : isInMemory ? MemoryStick : Building2;
  const trigger = (
    <button type="button" className={rail === 'wide' ? styles.switcher : styles.narrow} aria-label={`Tenant${isInMemory ? ', in memory' : ''}: ${tenantName(tenant)}. Switch tenant`}>
      {rail === 'wide' && isInMemory ? <Tag tone="warning">{'Memory '}</Tag> : <Icon size={16} aria-hidden="true" />}
      {rail === 'wide' && <span className={styles.name}><LogText text={tenantName(tenant)} max={253} /></span>}
      {rail === 'wide' && <ChevronsUpDown size={14} aria-hidden="true" />}
    </button>
  );
  return <div className={styles.frame}><MenuButton trigger={trigger} entries={entriesFor(tenant, tenants, states)} /></div>;
}
