/** Damaged, exchanged and newer key files are told apart, open nothing wrong and are never written over. */
import { describe, expect, it } from 'vitest';
import { Failure } from '../../shared/errors';
import { acme, copyOf, memoryDisk, quickCrypto, readJson, vaultOn, writeText } from './memory-vault';
import type { Disk } from './memory-vault';

const vaultFile = 'vault.json';
const acmeFile = 'tenants/t-acme.eu.auth0.com/tenant.json';
const failure = (code: string, details: object = {}) => expect.objectContaining({ code, details: expect.objectContaining(details) as unknown });

async function connectedDisk(): Promise<Disk> {
  const disk = memoryDisk();
  await vaultOn(disk).saveConnection(acme);
  await vaultOn(disk).createDataKey('other');
  return disk;
}

/** Everything that reads or writes the tenant fails so, and the disk stays as it is. */
async function expectRefusal(disk: Disk, code: string, file: string): Promise<void> {
  const before = new Map(disk.content);
  const refused = failure(code, { file });
  await expect(vaultOn(disk).dataKey(acme.tenant)).rejects.toThrow(refused);
  await expect(vaultOn(disk).connection(acme.tenant)).rejects.toThrow(refused);
  await expect(vaultOn(disk).createDataKey(acme.tenant)).rejects.toThrow(refused);
  await expect(vaultOn(disk).saveConnection(acme)).rejects.toThrow(refused);
  expect(disk.content).toEqual(before);
}

type Json = Record<string, unknown>;
const edit = (disk: Disk, path: string, change: (json: Json) => Json): void => writeText(disk, path, JSON.stringify(change(readJson(disk, path))));

describe.each([vaultFile, acmeFile])('%s', file => {
  it.each(['', '{', 'null', '[]', '{}', '"x"', '\0\0\0\0', '{"version":0}', '{"version":"1"}', '{"version":1}', '{"version":1.5}', '\ufeff{}'])('that holds %j is damaged', async content => {
    const disk = await connectedDisk();
    writeText(disk, file, content);
    await expectRefusal(disk, 'vault.damaged', file);
  });

  it('cut anywhere is damaged', async () => {
    const disk = await connectedDisk();
    const whole = disk.content.get(file)!;
    // The last byte is a line's end, without which the file is still whole.
    for (let length = 0; length < whole.length - 1; length += 1) {
      disk.content.set(file, whole.slice(0, length));
      await expect(vaultOn(disk).dataKey(acme.tenant)).rejects.toThrow(failure('vault.damaged', { file }));
    }
  });

  it('with a field more is damaged', async () => {
    const disk = await connectedDisk();
    edit(disk, file, json => ({ ...json, extra: 1 }));
    await expectRefusal(disk, 'vault.damaged', file);
  });

  it('of a newer version asks for an update, whatever else it holds', async () => {
    const disk = await connectedDisk();
    edit(disk, file, json => ({ ...json, version: 2, extra: {} }));
    await expectRefusal(disk, 'archive.newer-format', file);
  });

  it('with any one bit changed gives what it gave before or says that it is damaged', { timeout: 30_000 }, async () => {
    const disk = await connectedDisk();
    const whole = disk.content.get(file)!;
    const key = await vaultOn(disk).dataKey(acme.tenant);
    let told = 0;
    for (let bit = 0; bit < whole.length * 8; bit += 1) {
      disk.content.set(file, whole.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte)));
      const vault = vaultOn(disk);
      try {
        expect(await vault.dataKey(acme.tenant)).toEqual(key);
        expect(await vault.connection(acme.tenant)).toEqual(acme);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        told += 1;
        expect(['vault.damaged', 'archive.newer-format']).toContain(error.code);
        expect(error.details['file']).toBe(file);
      }
    }
    expect(told).toBeGreaterThan(whole.length * 7);
  });
});

describe('the vault\'s file', () => {
  type Slot = { readonly kdf: Json };
  /** Planted by somebody who knows the format: the check fits. */
  const plant = (disk: Disk, change: (slots: Slot[]) => unknown[]): void => edit(disk, vaultFile, json => {
    const slots = change(json['slots'] as Slot[]);
    const check = quickCrypto.toBase64(quickCrypto.hkdf(new TextEncoder().encode(JSON.stringify([1, slots])), 'tenantscope vault check'));
    return { ...json, slots, check };
  });
  const withCost = (cost: Json) => (slots: Slot[]) => slots.map(slot => ({ ...slot, kdf: { ...slot.kdf, ...cost } }));

  it('is the one the check was made for', async () => {
    const disk = await connectedDisk();
    plant(disk, slots => slots);
    expect(await vaultOn(disk).connection(acme.tenant)).toEqual(acme);
  });

  it.each([
    { N: 2 ** 21 }, { N: 2 ** 30 }, { N: 2 ** 13 }, { N: 1 }, { N: 0 }, { N: -131_072 }, { N: 131_073 }, { N: 131_072.5 }, { N: '131072' },
    { r: 0 }, { r: 64 }, { r: 1e9 }, { p: 0 }, { p: 5 }, { N: 2 ** 20, r: 16 }, { N: 2 ** 20, p: 2 }, { name: 'pbkdf2' }, { salt: '' }, { salt: 'x'.repeat(44) + 'x' },
  ])('may not ask for %j', async cost => {
    const disk = await connectedDisk();
    plant(disk, withCost(cost));
    await expectRefusal(disk, 'vault.damaged', vaultFile);
  });

  it('with another cost within bounds does not open: the cost is sealed in', async () => {
    const disk = await connectedDisk();
    plant(disk, withCost({ N: 65_536 }));
    await expectRefusalOfPassphrase(disk);
  });

  it('of another folder with the same passphrase does not open this folder\'s tenants', async () => {
    const [disk, elsewhere] = [await connectedDisk(), await connectedDisk()];
    disk.content.set(vaultFile, elsewhere.content.get(vaultFile)!);
    await expectRefusal(disk, 'vault.damaged', acmeFile);
  });

  it('may have slots of kinds that this version does not know, beside the passphrase\'s', async () => {
    const disk = await connectedDisk();
    plant(disk, slots => [{ kind: 'recovery-key', sealedMasterKey: 'x' }, ...slots]);
    expect(await vaultOn(disk).connection(acme.tenant)).toEqual(acme);
    plant(disk, slots => slots.slice(0, 1));
    await expectRefusal(disk, 'vault.damaged', vaultFile);
  });

  it('is not made anew when it is gone, since the tenants\' keys would not open', async () => {
    const disk = await connectedDisk();
    disk.content.delete(vaultFile);
    await expectRefusal(disk, 'vault.damaged', vaultFile);
    await expect(vaultOn(disk).checkPassphrase()).rejects.toThrow(failure('vault.damaged', { file: vaultFile }));
  });

  async function expectRefusalOfPassphrase(disk: Disk): Promise<void> {
    await expect(vaultOn(disk).checkPassphrase()).rejects.toThrow(failure('vault.passphrase-wrong'));
  }
});

describe('a tenant\'s file', () => {
  it('cannot stand in for another tenant\'s, even with the name changed', async () => {
    const disk = await connectedDisk();
    const other = readJson(disk, 'tenants/t-other/tenant.json');
    writeText(disk, acmeFile, JSON.stringify(other));
    await expectRefusal(disk, 'vault.damaged', acmeFile);
    writeText(disk, acmeFile, JSON.stringify({ ...other, tenant: acme.tenant }));
    await expect(vaultOn(disk).dataKey(acme.tenant)).rejects.toThrow(failure('vault.damaged', { file: acmeFile }));
    await expect(vaultOn(disk).saveConnection(acme)).rejects.toThrow(failure('vault.damaged', { file: acmeFile }));
  });

  it.each([
    { domain: 'evil.example.com' }, { apiOrigin: 'https://evil.example.com' }, { audienceDomain: 'evil.example.com' }, { acceptedDomain: 'evil.example.com' }, { clientId: 'another' },
  ])('with the address changed to %j gives no secret to send there', async change => {
    const disk = await connectedDisk();
    edit(disk, acmeFile, json => ({ ...json, connection: { ...json['connection'] as Json, ...change } }));
    await expect(vaultOn(disk).connection(acme.tenant)).rejects.toThrow(failure('vault.damaged', { file: acmeFile }));
    expect(await vaultOn(disk).dataKey(acme.tenant)).toHaveLength(32);
  });

  it('cannot have its sealed values exchanged', async () => {
    const disk = await connectedDisk();
    edit(disk, acmeFile, json => ({ ...json, connection: { ...json['connection'] as Json, secret: json['dataKey'] } }));
    await expect(vaultOn(disk).connection(acme.tenant)).rejects.toThrow(failure('vault.damaged', { file: acmeFile }));
  });

  it('is not made anew beside an archive that another key sealed', async () => {
    const disk = await connectedDisk();
    disk.content.delete(acmeFile);
    writeText(disk, 'tenants/t-acme.eu.auth0.com/journal', 'sealed');
    await expectRefusal(disk, 'vault.damaged', acmeFile);
    expect(vaultOn(disk).tenants()).toContainEqual({ tenant: acme.tenant, connected: false });
  });

  it('is made where a killed process left only the beginnings of one', async () => {
    const disk = memoryDisk();
    disk.files.makeFolder('tenants/t-acme.eu.auth0.com');
    writeText(disk, `${acmeFile}.tmp`, '{"vers');
    expect(vaultOn(disk).tenants()).toEqual([]);
    expect(await vaultOn(disk).dataKey(acme.tenant)).toBeNull();
    await vaultOn(disk).saveConnection(acme);
    expect(await vaultOn(disk).connection(acme.tenant)).toEqual(acme);
  });

  it('that is damaged hides no other tenant', async () => {
    const disk = await connectedDisk();
    const intact = copyOf(disk);
    writeText(disk, acmeFile, 'garbage');
    expect(vaultOn(disk).tenants()).toEqual([{ tenant: acme.tenant, connected: false }, { tenant: 'other', connected: false }]);
    expect(await vaultOn(disk).dataKey('other')).toEqual(await vaultOn(intact).dataKey('other'));
  });
});
