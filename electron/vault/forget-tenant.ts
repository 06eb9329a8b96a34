/** Destroys a tenant's key, and then everything that lies in its folder, so that a kill at any moment leaves nothing that opens. */
import { tenantFolder, tenantsFolder } from '../../shared/domain/data-folder';
import type { TenantId } from '../../shared/domain/ids';
import type { VaultFiles, VaultPorts } from './ports';
import { tenantFileName } from './tenant-file';

/** No tenant's folder begins like this. */
const prefix = 'forgotten-';

/** The key first, overwritten where it lies: what a file system keeps of the rest is then noise. */
function destroy(files: VaultFiles, folder: string): void {
  for (const name of files.list(folder).filter(name => name.startsWith(tenantFileName))) files.overwrite(`${folder}/${name}`);
  files.removeFolder(folder);
}

/**
 * The folder first gets a name that is no tenant's, in one step: from then on the tenant is gone, and `finishForgetting` ends what a kill cut short.
 * @throws Failure archive.unwritable, as when another process has its files open on Windows: then nothing was changed
 */
export function forgetTenant({ files, crypto }: Pick<VaultPorts, 'files' | 'crypto'>, tenant: TenantId): void {
  const unique = [...crypto.randomBytes(8)].map(byte => byte.toString(16).padStart(2, '0')).join('');
  const folder = `${tenantsFolder}/${prefix}${unique}`;
  files.renameFolder(tenantFolder(tenant), folder);
  destroy(files, folder);
}

/** Destroys what an earlier process had begun to. @throws Failure archive.unwritable */
export function finishForgetting(files: VaultFiles): void {
  for (const name of files.list(tenantsFolder).filter(name => name.startsWith(prefix))) destroy(files, `${tenantsFolder}/${name}`);
}
