/** A tenant's key file, `tenant.json`: its sealed data key and, when it is connected, its connection with the sealed secret. */
import { z } from 'zod';
import { tenantFolder, tenantOfFolder, tenantsFolder } from '../../shared/domain/data-folder';
import { sampleTenant } from '../../shared/domain/ids';
import type { TenantId } from '../../shared/domain/ids';
import { base64Of, damaged, keyFileVersion, readKeyFile, writeKeyFile } from './key-file';
import type { VaultFiles } from './ports';

const text = z.string().max(4096);
export const tenantFileName = 'tenant.json';

const connection = z.strictObject({
  domain: text,
  apiOrigin: text.nullable(),
  audienceDomain: text,
  acceptedDomain: text.nullable(),
  clientId: text,
  secret: z.string().min(40).max(65_536).regex(/^[A-Za-z0-9+/]*={0,2}$/),
});

const tenantFile = z.strictObject({
  version: z.literal(keyFileVersion),
  tenant: z.string(),
  dataKey: base64Of(12 + 32 + 16),
  connection: connection.optional(),
});

export type TenantFile = z.infer<typeof tenantFile>;

export const tenantFilePath = (tenant: TenantId): string => `${tenantFolder(tenant)}/${tenantFileName}`;

/** A killed write leaves a `.tmp` file or an empty folder, which is no tenant yet. */
const isInUse = (files: VaultFiles, tenant: TenantId): boolean =>
  files.list(tenantFolder(tenant)).some(name => !name.endsWith('.tmp'));

/**
 * Null when there is no such tenant.
 * @throws Failure vault.damaged, also when the tenant's folder holds an archive but no key file: a new key would not open it
 */
export function readTenantFile(files: VaultFiles, tenant: TenantId): TenantFile | null {
  const path = tenantFilePath(tenant);
  const content = readKeyFile(files, path, tenantFile);
  if (content === null && isInUse(files, tenant)) throw damaged(path);
  if (content !== null && content.tenant !== tenant) throw damaged(path);
  return content;
}

/** @throws Failure archive.* */
export function writeTenantFile(files: VaultFiles, content: TenantFile): void {
  // What could not be read back must not be written.
  const checked = tenantFile.parse(content);
  files.makeFolder(tenantFolder(content.tenant));
  writeKeyFile(files, tenantFilePath(content.tenant), checked);
}

/** The tenants that have a folder in use, by name. */
export function listTenants(files: VaultFiles): readonly TenantId[] {
  return files.list(tenantsFolder)
    .map(tenantOfFolder)
    .filter(tenant => tenant !== null)
    .filter(tenant => tenant !== sampleTenant && isInUse(files, tenant))
    .sort();
}

export const hasTenants = (files: VaultFiles): boolean => listTenants(files).length > 0;
