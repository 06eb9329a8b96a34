/** What opens a folder can be changed one by one; the keys of the tenants stay, and nothing is lost on the way. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openVault } from '../../electron/vault';
import type { VaultCrypto } from '../../electron/vault';
import { Failure } from '../../shared/errors';
import { made, refusal, snapshot } from './desktop-folder';
import { fakeKeychain } from './fake-keychain';
import { acme, desktopVaultOn, memoryDisk, quickCrypto, readJson, vaultOn, writeText } from './memory-vault';

afterEach(() => { vi.restoreAllMocks(); });

describe('a new passphrase', () => {
  it.each(['the old passphrase', 'the recovery key'])('is taken for %s, opens alone, and keeps every key', async shown => {
    const { disk, vault, recoveryKey, dataKey, keychain } = await made('correct horse');
    const tenantFile = disk.content.get('tenants/t-acme.eu.auth0.com/tenant.json');
    const openedBy = ['passphrase', 'keychain', 'recovery'];
    expect(await vault.changePassphrase(shown === 'the recovery key' ? recoveryKey : 'correct horse', 'battery staple')).toMatchObject({ state: 'open', openedBy });
    expect(disk.content.get('tenants/t-acme.eu.auth0.com/tenant.json')).toEqual(tenantFile);
    expect(await refusal(vaultOn(disk, 'correct horse').checkPassphrase())).toBe('vault.passphrase-wrong');
    for (const typed of ['battery staple', recoveryKey]) expect(await vaultOn(disk, typed).dataKey(acme.tenant)).toEqual(dataKey);
    expect(await desktopVaultOn(disk, keychain).dataKey(acme.tenant)).toEqual(dataKey);
  });

  it('is the first of a folder that the keychain keeps, for which nothing needs to be typed', async () => {
    const { disk, vault, dataKey } = await made(undefined);
    await vault.changePassphrase('', 'battery staple');
    expect(await vaultOn(disk, 'battery staple').dataKey(acme.tenant)).toEqual(dataKey);
    expect(await refusal(vault.changePassphrase('', 'correct horse'))).toBe('vault.passphrase-missing');
  });

  it.each([
    ['for a wrong one', 'incorrect horse', 'battery staple', 'vault.passphrase-wrong'], ['for none', '', 'battery staple', 'vault.passphrase-missing'],
    ['that is short', 'correct horse', 'staple', 'vault.passphrase-weak'], ['that is empty', 'correct horse', '', 'vault.passphrase-weak'],
  ])('is not taken %s, and nothing changes', async (_what, current, next, code) => {
    const { disk, vault } = await made('correct horse');
    const before = snapshot(disk);
    expect(await refusal(vault.changePassphrase(current, next))).toBe(code);
    expect(disk.content).toEqual(before);
  });

  it('that cannot be written leaves the old one', async () => {
    const { disk, vault, dataKey } = await made('correct horse');
    const full = vi.spyOn(disk.files, 'writeAtomically').mockImplementation(() => { throw new Failure('archive.disk-full'); });
    expect(await refusal(vault.changePassphrase('correct horse', 'battery staple'))).toBe('archive.disk-full');
    full.mockRestore();
    expect(await vaultOn(disk).dataKey(acme.tenant)).toEqual(dataKey);
  });

  it('wins over another that was asked for at the same time and no longer has the right to be', async () => {
    const { disk, vault } = await made('correct horse');
    const asked = [vault.changePassphrase('correct horse', 'battery staple'), vault.changePassphrase('correct horse', 'another one')].map(refusal);
    expect(await Promise.all(asked)).toEqual([null, 'vault.passphrase-wrong']);
    await expect(vaultOn(disk, 'battery staple').checkPassphrase()).resolves.toBeUndefined();
  });

  it('and a new recovery key from two vaults of a folder at a time are both kept', async () => {
    const { disk, vault, dataKey, recoveryKey: old } = await made('correct horse');
    const other = desktopVaultOn(disk);
    const changing = vault.changePassphrase('correct horse', 'battery staple');
    const { recoveryKey } = await other.newRecoveryKey(old);
    await changing;
    for (const typed of ['battery staple', recoveryKey]) expect(await vaultOn(disk, typed).dataKey(acme.tenant)).toEqual(dataKey);
  });

  it('heals a keychain slot that another computer made, and leaves one that cannot be healed', async () => {
    const { disk, dataKey } = await made('correct horse');
    const here = fakeKeychain();
    const vault = desktopVaultOn(disk, here);
    expect(await refusal(vault.unlock(undefined))).toBe('vault.keychain-failed');
    await vault.changePassphrase('correct horse', 'battery staple');
    expect(await desktopVaultOn(disk, here).dataKey(acme.tenant)).toEqual(dataKey);
    here.mode = 'cannot-seal';
    await vault.changePassphrase('battery staple', 'correct horse');
    expect(await desktopVaultOn(disk, here).dataKey(acme.tenant)).toEqual(dataKey);
  });

  it('keeps slots of kinds that this version does not know', async () => {
    const { disk, vault } = await made('correct horse');
    const slots = [{ kind: 'card', reader: 1 }, ...readJson(disk, 'vault.json')['slots'] as object[]];
    const check = quickCrypto.toBase64(quickCrypto.hkdf(new TextEncoder().encode(JSON.stringify([1, slots])), 'tenantscope vault check'));
    writeText(disk, 'vault.json', JSON.stringify({ version: 1, slots, check }));
    await vault.changePassphrase('correct horse', 'battery staple');
    expect(readJson(disk, 'vault.json')['slots']).toContainEqual({ kind: 'card', reader: 1 });
  });
});

describe('a new recovery key', () => {
  it('opens the folder, and the old one opens nothing any more', async () => {
    const { disk, vault, recoveryKey: old, dataKey } = await made('correct horse');
    const second = await vault.newRecoveryKey('correct horse');
    const third = await vault.newRecoveryKey(second.recoveryKey);
    for (const spent of [old, second.recoveryKey]) expect(await refusal(vaultOn(disk, spent).checkPassphrase())).toBe('vault.passphrase-wrong');
    expect(await vaultOn(disk, third.recoveryKey).dataKey(acme.tenant)).toEqual(dataKey);
    expect(await vault.state()).toMatchObject({ openedBy: ['passphrase', 'keychain', 'recovery'] });
  });

  it('needs the passphrase where there is one, and an open folder where the keychain keeps it', async () => {
    const [typed, kept] = [await made('correct horse'), await made(undefined)];
    expect(await refusal(typed.vault.newRecoveryKey(undefined))).toBe('vault.passphrase-missing');
    expect(await refusal(typed.vault.newRecoveryKey('incorrect horse'))).toBe('vault.passphrase-wrong');
    const { recoveryKey } = await kept.vault.newRecoveryKey(undefined);
    expect(await vaultOn(kept.disk, recoveryKey).dataKey(acme.tenant)).toEqual(kept.dataKey);
    kept.keychain.mode = 'locked';
    expect(await refusal(desktopVaultOn(kept.disk, kept.keychain).newRecoveryKey(undefined))).toBe('vault.keychain-failed');
  });
});

describe('nothing that opens the folder', () => {
  it('lies in clear on the disk or is left in what was used to seal it', async () => {
    const spent: Uint8Array[] = [];
    const crypto: VaultCrypto = {
      ...quickCrypto,
      scrypt: async (...asked) => {
        const key = await quickCrypto.scrypt(...asked);
        spent.push(key);
        return key;
      },
    };
    const disk = memoryDisk();
    const vault = openVault({ files: disk.files, crypto, passphrase: () => Promise.resolve(null), keychain: () => Promise.resolve(fakeKeychain()) });
    const { recoveryKey } = await vault.setUp('correct horse');
    await vault.changePassphrase('correct horse', 'battery staple');
    const text = [...disk.content.values()].map(bytes => new TextDecoder().decode(bytes)).join('');
    for (const secret of ['correct horse', 'battery staple', recoveryKey, recoveryKey.replaceAll('-', '')]) expect(text).not.toContain(secret);
    expect(spent.every(key => key.every(byte => byte === 0))).toBe(true);
    expect(spent).toHaveLength(3);
  });
});
