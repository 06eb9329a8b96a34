/** The system's keychain may come, go or change at any time: the folder stays as it is until somebody asks for another. */
import { describe, expect, it } from 'vitest';
import { openVault } from '../../electron/vault';
import type { Keychain, NoKeychain, Vault } from '../../electron/vault';
import { made, refusal, snapshot } from './desktop-folder';
import { fakeKeychain } from './fake-keychain';
import { acme, desktopVaultOn, memoryDisk, noKeychain, quickCrypto, readJson, vaultOn } from './memory-vault';
import type { Disk } from './memory-vault';

/** A desktop on which the keychain can be exchanged while it runs. */
function desktopOn(disk: Disk, first: Keychain | NoKeychain): { readonly vault: Vault; readonly becomes: (next: Keychain | NoKeychain) => void } {
  let there = first;
  const vault = openVault({ files: disk.files, crypto: quickCrypto, passphrase: () => Promise.resolve(null), keychain: () => Promise.resolve(there) });
  return { vault, becomes: next => { there = next; } };
}
const kindsOf = (disk: Disk): readonly string[] => (readJson(disk, 'vault.json')['slots'] as { kind: string }[]).map(({ kind }) => kind).sort();

describe('a keychain', () => {
  it('that appears later opens the folder at the next try, without a restart', async () => {
    const { disk, keychain, dataKey } = await made(undefined);
    const before = snapshot(disk);
    const { vault, becomes } = desktopOn(disk, { problem: 'GNOME Keyring is locked or does not answer' });
    expect(await vault.state()).toMatchObject({ state: 'locked', openedBy: ['recovery'], keychain: null, keychainProblem: 'GNOME Keyring is locked or does not answer' });
    expect(await refusal(vault.unlock(undefined))).toBe('vault.keychain-failed');
    becomes(keychain);
    expect(await vault.state()).toMatchObject({ state: 'locked', openedBy: ['keychain', 'recovery'], keychain: 'Test Keychain', keychainProblem: null });
    expect(await vault.unlock(undefined)).toMatchObject({ state: 'open' });
    expect(await vault.dataKey(acme.tenant)).toEqual(dataKey);
    expect(disk.content).toEqual(before);
  });

  it('that is unlocked later opens the folder at the next try', async () => {
    const { disk, keychain } = await made(undefined);
    keychain.mode = 'locked';
    const vault = desktopVaultOn(disk, keychain);
    expect(await refusal(vault.unlock(undefined))).toBe('vault.keychain-failed');
    keychain.mode = 'open';
    expect(await vault.unlock(undefined)).toMatchObject({ state: 'open' });
  });

  it('that has changed, or been exchanged, leaves every file as it is, byte for byte, however often it is tried', async () => {
    const { disk, keychain, recoveryKey, dataKey } = await made('correct horse');
    const before = snapshot(disk);
    keychain.mode = 'another';
    for (const there of [keychain, fakeKeychain(), noKeychain]) {
      const vault = desktopVaultOn(disk, there);
      for (let attempt = 0; attempt < 3; attempt += 1) expect(await refusal(vault.unlock(undefined))).toBe('vault.keychain-failed');
      expect(await vault.state()).toMatchObject({ state: 'locked' });
      await vault.unlock(recoveryKey);
      expect(await vault.dataKey(acme.tenant)).toEqual(dataKey);
    }
    expect(disk.content).toEqual(before);
    keychain.mode = 'open';
    expect(await desktopVaultOn(disk, keychain).unlock(undefined)).toMatchObject({ state: 'open' });
  });
});

describe('adding the keychain', () => {
  it('lets it open a folder that had a passphrase only, and keeps every key and way in', async () => {
    const disk = memoryDisk();
    await desktopVaultOn(disk).setUp('correct horse');
    const dataKey = await vaultOn(disk).createDataKey('imported');
    const keychain = fakeKeychain();
    const vault = desktopVaultOn(disk, keychain);
    expect(await vault.addKeychain('correct horse')).toMatchObject({ state: 'locked', openedBy: ['passphrase', 'keychain', 'recovery'] });
    expect(await desktopVaultOn(disk, keychain).dataKey('imported')).toEqual(dataKey);
    expect(await vaultOn(disk).dataKey('imported')).toEqual(dataKey);
  });

  it('puts the one that is here in the place of one that is gone', async () => {
    const { disk, dataKey, keychain: old } = await made('correct horse');
    const here = fakeKeychain();
    await desktopVaultOn(disk, here).addKeychain('correct horse');
    expect(await desktopVaultOn(disk, here).dataKey(acme.tenant)).toEqual(dataKey);
    expect(await refusal(desktopVaultOn(disk, old).unlock(undefined))).toBe('vault.keychain-failed');
    expect(kindsOf(disk)).toEqual(['keychain', 'passphrase', 'recovery']);
  });

  it.each([
    ['for a wrong passphrase', 'incorrect horse', fakeKeychain(), 'vault.passphrase-wrong'], ['for none', undefined, fakeKeychain(), 'vault.passphrase-missing'],
    ['where there is none', 'correct horse', noKeychain, 'vault.keychain-failed'], ['that is locked', 'correct horse', { ...fakeKeychain(), seal: () => Promise.reject(new Error('locked')) }, 'vault.keychain-failed'],
    ['that cannot give back what it sealed', 'correct horse', { ...fakeKeychain(), open: () => Promise.resolve(new Uint8Array(32)) }, 'vault.keychain-failed'],
  ])('is refused %s, and nothing changes', async (_what, typed, keychain, code) => {
    const { disk } = await made('correct horse');
    const before = snapshot(disk);
    expect(await refusal(desktopVaultOn(disk, keychain).addKeychain(typed))).toBe(code);
    expect(disk.content).toEqual(before);
  });
});

describe('removing the keychain', () => {
  it('leaves the passphrase and the recovery key, and locks nobody out who is in', async () => {
    const { disk, vault, keychain, recoveryKey, dataKey } = await made('correct horse');
    expect(await vault.removeKeychain('correct horse')).toMatchObject({ state: 'open', openedBy: ['passphrase', 'recovery'] });
    expect(await refusal(desktopVaultOn(disk, keychain).unlock(undefined))).toBe('vault.passphrase-missing');
    for (const typed of ['correct horse', recoveryKey]) expect(await vaultOn(disk, typed).dataKey(acme.tenant)).toEqual(dataKey);
    await vault.changePassphrase('correct horse', 'battery staple');
    expect(kindsOf(disk)).toEqual(['passphrase', 'recovery']);
  });

  it('works where the keychain itself is gone', async () => {
    const { disk } = await made('correct horse');
    await desktopVaultOn(disk).removeKeychain('correct horse');
    expect(kindsOf(disk)).toEqual(['passphrase', 'recovery']);
  });

  it('is refused where no passphrase is left to open with, or none is shown', async () => {
    const [kept, typed] = [await made(undefined), await made('correct horse')];
    for (const [{ disk, vault }, shown, code] of [[kept, undefined, 'vault.keychain-needed'], [kept, kept.recoveryKey, 'vault.keychain-needed'], [typed, undefined, 'vault.passphrase-missing'], [typed, 'wrong one', 'vault.passphrase-wrong']] as const) {
      const before = snapshot(disk);
      expect(await refusal(vault.removeKeychain(shown))).toBe(code);
      expect(disk.content).toEqual(before);
    }
    expect(await refusal(desktopVaultOn(memoryDisk()).removeKeychain(undefined))).toBe('vault.not-made');
  });

  it('and a new passphrase asked for at the same time are both kept', async () => {
    const { disk, vault, dataKey } = await made('correct horse');
    await Promise.all([vault.removeKeychain('correct horse'), vault.changePassphrase('correct horse', 'battery staple')]);
    expect(kindsOf(disk)).toEqual(['passphrase', 'recovery']);
    expect(await vaultOn(disk, 'battery staple').dataKey(acme.tenant)).toEqual(dataKey);
  });
});
