/** What is left to do in the whole data folder when a tenant is forgotten. */
import type { MainContext } from './main-context';

type Places = Pick<MainContext, 'vault' | 'settings' | 'log' | 'push'>;

/** @throws Failure archive.*, before or after which nothing of the tenant opens */
export function removeTenant({ vault, settings, log, push }: Places, tenant: string): void {
  vault.forgetTenant(tenant);
  log.write('tenant.forgotten', { tenant });
  const { [tenant]: days, ...retention } = settings.read().retention;
  if (days !== undefined) push({ name: 'settings.changed', value: settings.write({ retention }) });
}

/** How many days of a tenant's log are kept; 0 is all of it, for ever. */
export function retentionDaysOf({ settings }: Pick<MainContext, 'settings'>, tenant: string): number {
  const { retention } = settings.read();
  return Object.hasOwn(retention, tenant) ? retention[tenant] ?? 0 : 0;
}
