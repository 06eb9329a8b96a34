/** Where things lie in a data folder: paths relative to it, `/` between the parts. */
import { Failure } from '../errors';
import type { TenantId } from './ids';

/** The vault's key slots. */
export const vaultPath = 'vault.json';
/** One folder a tenant. */
export const tenantsFolder = 'tenants';
/** What a person chose; no secrets. */
export const settingsPath = 'settings.json';
/** How the last sync of each tenant ended; a cache of the application's, no part of the archive. */
export const syncsPath = 'syncs.json';
/** The activity log. */
export const logsFolder = 'logs';
/** Who may write, while somebody does. */
export const writerLockPath = 'writer.lock';

const prefix = 't-';
const imported = /^[a-z0-9][a-z0-9.-]{0,62}$/;
const domain = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/;

/** Whether a text can name a tenant: a domain of at most 253 characters, or `[a-z0-9][a-z0-9.-]{0,62}`. */
export function isTenantName(name: string): name is TenantId {
  return imported.test(name) || domain.test(name);
}

/**
 * The folder of a tenant's key file and archive, such as `tenants/t-acme.eu.auth0.com`. No two tenants share one:
 * the prefix keeps device names like `con` off Windows, and a name that ends in a dot, which Windows would drop, gets a `_`.
 * @throws Failure tenant.name-invalid, so that no name leads out of the data folder
 */
export function tenantFolder(tenant: TenantId): string {
  if (!isTenantName(tenant)) throw new Failure('tenant.name-invalid', { tenant });
  return `${tenantsFolder}/${prefix}${tenant}${tenant.endsWith('.') ? '_' : ''}`;
}

/** The tenant whose folder has this name inside `tenants`; null when it is no tenant's. */
export function tenantOfFolder(name: string): TenantId | null {
  if (!name.startsWith(prefix)) return null;
  const tenant = name.slice(prefix.length).replace(/\._$/, '.');
  return isTenantName(tenant) && tenantFolder(tenant) === `${tenantsFolder}/${name}` ? tenant : null;
}
