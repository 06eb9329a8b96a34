/** What is left to do in the whole data folder when a tenant is forgotten. */
import type { Settings } from '../../shared/contract';
import type { MainContext } from './main-context';

type Places = Pick<MainContext, 'vault' | 'settings' | 'outcomes' | 'schedule' | 'log' | 'push'>;

const without = <Value>(byTenant: Readonly<Record<string, Value>>, tenant: string): Record<string, Value> => Object.fromEntries(Object.entries(byTenant).filter(([name]) => name !== tenant));

/** Null where nothing in the settings is about the tenant. */
function settingsWithout({ retention, planLimits, planRetention, lastTenant }: Settings, tenant: string): Partial<Settings> | null {
  const isNamed = lastTenant === tenant || [retention, planLimits, planRetention].some(byTenant => Object.hasOwn(byTenant, tenant));
  if (!isNamed) return null;
  return {
    retention: without(retention, tenant), planLimits: without(planLimits, tenant), planRetention: without(planRetention, tenant), lastTenant: lastTenant === tenant ? null : lastTenant,
  };
}

function cleanSettings({ settings, push }: Pick<Places, 'settings' | 'push'>, tenant: string): void {
  const change = settingsWithout(settings.read(), tenant);
  if (change !== null) push({ name: 'settings.changed', value: settings.write(change) });
}

/** What fails keeps nothing else from being cleaned. @throws Failure archive.*, before or after which nothing of the tenant opens */
export function removeTenant(context: Places, tenant: string): void {
  const { vault, outcomes, schedule, log } = context;
  vault.forgetTenant(tenant);
  log.write('tenant.forgotten', { tenant });
  schedule?.forgotten(tenant);
  try {
    outcomes.forget(tenant);
  } finally {
    cleanSettings(context, tenant);
  }
}

/** How many days of a tenant's log are kept; 0 is all of it, for ever. */
export function retentionDaysOf({ settings }: Pick<MainContext, 'settings'>, tenant: string): number {
  const { retention } = settings.read();
  return Object.hasOwn(retention, tenant) ? retention[tenant] ?? 0 : 0;
}
