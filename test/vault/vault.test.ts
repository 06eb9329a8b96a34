/** The vault keeps what it was given for whoever has the passphrase, and for nobody else. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createVaultCrypto } from '../../electron/node/crypto';
import { createVaultFiles } from '../../electron/node/vault-files';
import { checkTenantName, openVault } from '../../electron/vault';
import type { VaultCrypto } from '../../electron/vault';
import { temporaryFolder } from '../node/temporary-folder';
import { acme, memoryDisk, quickCrypto, readJson, vaultOn, withoutKeychain } from './memory-vault';

const failure = (code: string, details: object = {}) => expect.objectContaining({ code, details: expect.objectContaining(details) as unknown });

describe('a tenant', () => {
  it('has a data key of 32 bytes that stays the same', async () => {
    const disk = memoryDisk();
    const key = await vaultOn(disk).createDataKey('imported');
    expect(key).toHaveLength(32);
    expect(await vaultOn(disk).createDataKey('imported')).toEqual(key);
    expect(await vaultOn(disk).dataKey('imported')).toEqual(key);
  });

  it('has a key of its own', async () => {
    const vault = vaultOn(memoryDisk());
    expect(await vault.createDataKey('one')).not.toEqual(await vault.createDataKey('two'));
  });

  it('that does not exist has no key, and nobody is asked for a passphrase', async () => {
    const passphrase = vi.fn(() => Promise.resolve('correct horse'));
    const disk = memoryDisk();
    const vault = openVault({ files: disk.files, crypto: quickCrypto, passphrase, keychain: withoutKeychain });
    for (const name of ['unknown', 'sample', '../x', 'UPPER', '']) {
      expect(await vault.dataKey(name)).toBeNull();
      expect(await vault.connection(name)).toBeNull();
    }
    expect(vault.tenants()).toEqual([]);
    expect(passphrase).not.toHaveBeenCalled();
    expect(disk.folders.size).toBe(0);
  });

  it('is listed by name, connected or not, without a passphrase', async () => {
    const disk = memoryDisk();
    const vault = vaultOn(disk);
    await vault.createDataKey('zoo');
    await vault.saveConnection(acme);
    await vault.createDataKey('bees');
    disk.files.makeFolder('tenants/not-a-tenant');
    disk.files.makeFolder('tenants/t-made-and-never-used');
    disk.files.makeFolder('tenants/t-sample/x');
    expect(vaultOn(disk, null).tenants()).toEqual([
      { tenant: 'acme.eu.auth0.com', connected: true }, { tenant: 'bees', connected: false }, { tenant: 'zoo', connected: false },
    ]);
  });

  it('keeps the names of folders apart from those that Windows reserves', async () => {
    const disk = memoryDisk();
    for (const tenant of ['con', 'nul.txt', 'dot', 'dot.']) await vaultOn(disk).createDataKey(tenant);
    expect(disk.files.list('tenants')).toEqual(['t-con', 't-dot', 't-dot._', 't-nul.txt']);
    expect(vaultOn(disk).tenants().map(({ tenant }) => tenant)).toEqual(['con', 'dot', 'dot.', 'nul.txt']);
  });
});

describe('a name', () => {
  it.each(['acme', 'a', '0', 'a.b-c', 'x'.repeat(63), 'acme.eu.auth0.com', 'login.example.com', `${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(61)}`])(
    '%s can be a tenant\'s', name => expect(() => checkTenantName(name)).not.toThrow(),
  );

  it.each(['', 'Acme', '.acme', '-acme', 'a/b', 'a\\b', '..', 'a b', 'ä', 'a\n', 'x'.repeat(64), `${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(62)}`, `${'a'.repeat(64)}.example.com`])(
    '%j cannot', async name => {
      const refused = failure('tenant.name-invalid', { tenant: name });
      expect(() => checkTenantName(name)).toThrow(refused);
      await expect(vaultOn(memoryDisk()).createDataKey(name)).rejects.toThrow(refused);
      await expect(vaultOn(memoryDisk()).saveConnection({ ...acme, tenant: name })).rejects.toThrow(refused);
    },
  );

  it('of the built-in sample is taken', async () => {
    expect(() => checkTenantName('sample')).toThrow(failure('tenant.reserved'));
    await expect(vaultOn(memoryDisk()).createDataKey('sample')).rejects.toThrow(failure('tenant.reserved'));
  });
});

describe('a connection', () => {
  it('comes back as it was saved', async () => {
    await fc.assert(fc.asyncProperty(
      fc.record({ clientId: fc.string({ unit: 'grapheme', maxLength: 50 }), clientSecret: fc.string({ unit: 'grapheme', maxLength: 200 }), apiOrigin: fc.option(fc.webUrl()), acceptedDomain: fc.option(fc.domain()) }),
      async part => {
        const disk = memoryDisk();
        const connection = { ...acme, ...part };
        await vaultOn(disk).saveConnection(connection);
        expect(await vaultOn(disk).connection(acme.tenant)).toEqual(connection);
      },
    ), { seed: 23, numRuns: 30 });
  });

  it('makes the tenant, and replaced later keeps its data key', async () => {
    const disk = memoryDisk();
    await vaultOn(disk).saveConnection(acme);
    const key = await vaultOn(disk).dataKey(acme.tenant);
    await vaultOn(disk).saveConnection({ ...acme, clientSecret: 'rotated', apiOrigin: 'https://api.example.com' });
    expect(await vaultOn(disk).dataKey(acme.tenant)).toEqual(key);
    expect(await vaultOn(disk).connection(acme.tenant)).toMatchObject({ clientSecret: 'rotated', apiOrigin: 'https://api.example.com' });
  });

  it('turns a tenant of imported files into a connected one, with the same data key', async () => {
    const disk = memoryDisk();
    const key = await vaultOn(disk).createDataKey(acme.tenant);
    expect(await vaultOn(disk, null).connection(acme.tenant)).toBeNull();
    await vaultOn(disk).saveConnection(acme);
    expect(await vaultOn(disk).dataKey(acme.tenant)).toEqual(key);
  });

  it('has its secret sealed by another key than the data keys, and neither by the master key', async () => {
    const sealed = new Map<string, string>();
    const crypto: VaultCrypto = {
      ...quickCrypto,
      seal: (key, nonce, associated, plain) => {
        sealed.set(String((JSON.parse(new TextDecoder().decode(associated)) as unknown[])[1]), Buffer.from(key).toString('hex'));
        if (plain.length === 32) sealed.set(`plain-${String(sealed.size)}`, Buffer.from(plain).toString('hex'));
        return quickCrypto.seal(key, nonce, associated, plain);
      },
    };
    await vaultOn(memoryDisk(), 'correct horse', crypto).saveConnection(acme);
    expect([...sealed.keys()]).toEqual(expect.arrayContaining(['master-key', 'data-key', 'client-secret']));
    expect(new Set(sealed.values()).size).toBe(sealed.size);
  });

  it('is not saved when it could not be read back', async () => {
    const disk = memoryDisk();
    const vault = vaultOn(disk);
    await vault.saveConnection(acme);
    await expect(vault.saveConnection({ ...acme, clientId: 'x'.repeat(5_000) })).rejects.toThrow();
    expect(await vault.connection(acme.tenant)).toEqual(acme);
  });
});

describe('the passphrase', () => {
  it.each([[null], ['']])('%j is none: it is told, and nothing is written, not even the folder', async passphrase => {
    const disk = memoryDisk();
    const vault = vaultOn(disk, passphrase);
    const refused = failure('vault.passphrase-missing');
    await expect(vault.checkPassphrase()).rejects.toThrow(refused);
    await expect(vault.createDataKey('acme')).rejects.toThrow(refused);
    await expect(vault.saveConnection(acme)).rejects.toThrow(refused);
    expect([disk.content.size, disk.folders.size]).toEqual([0, 0]);
  });

  it('is checked in a new folder without writing anything', async () => {
    const disk = memoryDisk();
    await vaultOn(disk).checkPassphrase();
    expect([disk.content.size, disk.folders.size]).toEqual([0, 0]);
  });

  it('that is wrong opens nothing and changes nothing', async () => {
    const disk = memoryDisk();
    await vaultOn(disk).saveConnection(acme);
    const before = new Map(disk.content);
    const vault = vaultOn(disk, 'incorrect horse');
    const refused = failure('vault.passphrase-wrong');
    await expect(vault.checkPassphrase()).rejects.toThrow(refused);
    await expect(vault.dataKey(acme.tenant)).rejects.toThrow(refused);
    await expect(vault.connection(acme.tenant)).rejects.toThrow(refused);
    await expect(vault.createDataKey('new')).rejects.toThrow(refused);
    await expect(vault.saveConnection(acme)).rejects.toThrow(refused);
    expect(disk.content).toEqual(before);
  });

  it('is asked at most once, however many questions come at a time, and after a failure too', async () => {
    const passphrase = vi.fn(() => Promise.resolve('correct horse'));
    const disk = memoryDisk();
    const vault = openVault({ files: disk.files, crypto: quickCrypto, passphrase, keychain: withoutKeychain });
    const [first, second] = await Promise.all([vault.createDataKey('acme'), vault.createDataKey('acme'), vault.checkPassphrase(), vault.saveConnection(acme)]);
    expect(first).toEqual(second);
    expect(passphrase).toHaveBeenCalledOnce();

    const wrong = vi.fn(() => Promise.resolve('incorrect horse'));
    const locked = openVault({ files: disk.files, crypto: quickCrypto, passphrase: wrong, keychain: withoutKeychain });
    for (let turn = 0; turn < 3; turn += 1) await expect(locked.checkPassphrase()).rejects.toThrow(failure('vault.passphrase-wrong'));
    expect(wrong).toHaveBeenCalledOnce();
  });

  it('is the same however its accents are encoded', async () => {
    const disk = memoryDisk();
    const key = await vaultOn(disk, 'caf\u00e9').createDataKey('acme');
    expect(await vaultOn(disk, 'cafe\u0301').dataKey('acme')).toEqual(key);
  });

  it('protects with scrypt at 128 MiB', async () => {
    const disk = memoryDisk();
    await vaultOn(disk).createDataKey('first');
    expect(readJson(disk, 'vault.json')).toMatchObject({ version: 1, slots: [{ kind: 'passphrase', kdf: { name: 'scrypt', N: 131_072, r: 8, p: 1 } }] });
  });
});

describe('on the disk', () => {
  it('the whole works with the real key derivation and files, and no secret is in clear', async () => {
    const root = join(temporaryFolder(), 'data');
    const open = (passphrase: string) => openVault({ files: createVaultFiles(root), crypto: createVaultCrypto(), passphrase: () => Promise.resolve(passphrase), keychain: withoutKeychain });
    await open('correct horse').saveConnection(acme);
    const vault = open('correct horse');
    expect(await vault.connection(acme.tenant)).toEqual(acme);
    const key = Buffer.from((await vault.dataKey(acme.tenant))!);
    await expect(open('incorrect horse').checkPassphrase()).rejects.toThrow(failure('vault.passphrase-wrong'));
    expect(readdirSync(root).sort()).toEqual(['tenants', 'vault.json']);
    for (const file of ['vault.json', 'tenants/t-acme.eu.auth0.com/tenant.json']) {
      const content = readFileSync(join(root, file), 'utf8');
      for (const secret of ['correct horse', acme.clientSecret, key.toString('base64'), key.toString('hex'), Buffer.from(acme.clientSecret).toString('base64')]) {
        expect(content).not.toContain(secret);
      }
    }
  });

  it('nothing is made for want of a passphrase', async () => {
    const root = join(temporaryFolder(), 'data');
    const vault = openVault({ files: createVaultFiles(root), crypto: createVaultCrypto(), passphrase: () => Promise.resolve(null), keychain: withoutKeychain });
    await expect(vault.saveConnection(acme)).rejects.toThrow(failure('vault.passphrase-missing'));
    expect(() => readdirSync(root)).toThrow('ENOENT');
  });
});
