/** Which files of a data folder belong into a backup: what docs/archive-format.md names, and nothing else. */
import { settingsPath, tenantOfFolder, tenantsFolder, vaultPath } from '../../shared/domain/data-folder';
import { sampleTenant } from '../../shared/domain/ids';
import type { TenantId } from '../../shared/domain/ids';

export const tenantFileName = 'tenant.json';
export const journalFolder = 'journal';
export const headName = 'head';

export const isSegmentName = (name: string): boolean => /^\d{8}\.tsj$/.test(name);

const isTenantFile = ([folder, name, ...more]: readonly string[]): boolean => {
  if (more.length > 0) return false;
  if (name === undefined) return folder === tenantFileName;
  return folder === journalFolder && (name === headName || isSegmentName(name));
};

/** The tenant of a folder inside `tenants`; null when it is no stored tenant's. */
export function storedTenantOf(folder: string): TenantId | null {
  const tenant = tenantOfFolder(folder);
  return tenant === sampleTenant ? null : tenant;
}

/** Whose file a path of a backup is: a tenant's, or `folder` for the files of the whole data folder; null for one that has no place in a backup. */
export function ownerOf(path: string): { readonly tenant: TenantId } | 'folder' | null {
  if (path === vaultPath || path === settingsPath) return 'folder';
  const [top, folder, ...rest] = path.split('/');
  const tenant = top === tenantsFolder && folder !== undefined && isTenantFile(rest) ? storedTenantOf(folder) : null;
  return tenant === null ? null : { tenant };
}
