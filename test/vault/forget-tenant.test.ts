import { describe, expect, it } from 'vitest';
import type { VaultFiles } from '../../electron/vault';
import { acme, copyOf, memoryDisk, vaultOn, writeText } from './memory-vault';
import type { Disk } from './memory-vault';

const folder = `tenants/t-${acme.tenant}`;

async function diskWithTenant(): Promise<Disk> {
  const disk = memoryDisk();
  await vaultOn(disk).saveConnection(acme);
  await vaultOn(disk).createDataKey('other');
  disk.folders.add(`${folder}/journal`);
  writeText(disk, `${folder}/journal/00000001.tsj`, 'frames');
  writeText(disk, `${folder}/tenant.json.tmp`, 'a copy a kill left');
  return disk;
}

describe('forgetting a tenant', () => {
  it('leaves nothing of it, and the others as they were', async () => {
    const disk = await diskWithTenant();
    const vault = vaultOn(disk);
    const key = await vault.dataKey('other');
    vault.forgetTenant(acme.tenant);
    expect([...disk.content.keys(), ...disk.folders].filter(path => path.includes('acme') || path.includes('forgotten'))).toEqual([]);
    expect(vault.tenants()).toEqual([{ tenant: 'other', connected: false }]);
    expect(await vault.dataKey(acme.tenant)).toBeNull();
    expect(await vaultOn(disk).dataKey('other')).toEqual(key);
  });

  it('destroys the key, and what a kill left of it, before the rest', async () => {
    const disk = await diskWithTenant();
    const steps: string[] = [];
    const files: VaultFiles = {
      ...disk.files,
      overwrite: path => {
        disk.files.overwrite(path);
        steps.push(`${path.split('/').pop() ?? ''} ${String(disk.content.get(path)?.every(byte => byte === 0))}`);
      },
      removeFolder: path => {
        steps.push('remove');
        disk.files.removeFolder(path);
      },
    };
    vaultOn({ ...disk, files }).forgetTenant(acme.tenant);
    expect(steps).toEqual(['tenant.json true', 'tenant.json.tmp true', 'remove']);
  });

  it('needs no passphrase, as nothing is opened', async () => {
    const disk = await diskWithTenant();
    vaultOn(disk, null).forgetTenant(acme.tenant);
    expect(vaultOn(disk, null).tenants()).toEqual([{ tenant: 'other', connected: false }]);
  });

  it.each(['renameFolder', 'overwrite', 'removeFolder'] as const)('killed before or behind %s leaves the tenant whole or gone, and the next writer ends it', async name => {
    for (const moment of ['before', 'behind'] as const) {
      const disk = await diskWithTenant();
      const whole = copyOf(disk);
      const kill = (...paths: [never, never]): void => {
        if (moment === 'behind') (disk.files[name] as (...paths: [never, never]) => void)(...paths);
        throw new Error('killed');
      };
      expect(() => { vaultOn({ ...disk, files: { ...disk.files, [name]: kill } }).forgetTenant(acme.tenant); }).toThrow('killed');
      const next = vaultOn(disk);
      const isThere = next.tenants().some(({ tenant }) => tenant === acme.tenant);
      if (isThere) expect(await next.connection(acme.tenant)).toEqual(acme);
      next.finishForgetting();
      expect([...disk.content.keys()].filter(path => path.includes('forgotten-'))).toEqual([]);
      expect(next.tenants().some(({ tenant }) => tenant === acme.tenant)).toBe(isThere);
      if (isThere) expect(disk.content).toEqual(whole.content);
    }
  });

  it('lets a tenant of the same name begin anew, with another key', async () => {
    const disk = await diskWithTenant();
    const vault = vaultOn(disk);
    const before = await vault.dataKey(acme.tenant);
    vault.forgetTenant(acme.tenant);
    expect(await vault.createDataKey(acme.tenant)).not.toEqual(before);
  });
});
