/** A vault that writes nothing: opened without any passphrase, kept later as it is, or gone. */
import { describe, expect, it } from 'vitest';
import { refusal } from './desktop-folder';
import { fakeKeychain } from './fake-keychain';
import { acme, desktopVaultOn, memoryDisk, noKeychain, vaultOn } from './memory-vault';
import type { Disk } from './memory-vault';

/** Writes what it is given, as a host does. */
const placing = (disk: Disk) => (files: ReadonlyMap<string, Uint8Array>): void => {
  for (const [path, bytes] of files) {
    disk.files.makeFolder(path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '');
    disk.files.writeAtomically(path, bytes);
  }
};
const isUntouched = ({ content, folders }: Disk): boolean => content.size + folders.size === 0;

describe('a vault in memory', () => {
  it('keeps keys and connections for as long as it lives, and writes nothing', async () => {
    const disk = memoryDisk();
    const vault = desktopVaultOn(disk);
    expect(await vault.holdInMemory()).toEqual({ state: 'memory', openedBy: [], keychain: null, keychainProblem: noKeychain.problem, usesKeychain: false });
    await vault.checkPassphrase();
    const key = await vault.createDataKey('old-logs');
    await vault.saveConnection(acme);
    expect(await vault.dataKey('old-logs')).toEqual(key);
    expect(await vault.connection(acme.tenant)).toEqual(acme);
    expect(vault.tenants()).toEqual([{ tenant: acme.tenant, connected: true, inMemory: true }, { tenant: 'old-logs', connected: false, inMemory: true }]);
    vault.forgetTenant('old-logs');
    vault.finishForgetting();
    expect(await vault.dataKey('old-logs')).toBeNull();
    expect(vault.tenants()).toHaveLength(1);
    await vault.holdInMemory();
    expect(await vault.connection(acme.tenant)).toEqual(acme);
    expect(isUntouched(disk)).toBe(true);
    expect(desktopVaultOn(disk).tenants()).toEqual([]);
  });

  it('is for a folder without a vault, and for one that was locked before it had any', async () => {
    const disk = memoryDisk();
    await vaultOn(disk).setUp('correct horse');
    expect(await refusal(desktopVaultOn(disk).holdInMemory())).toBe('vault.exists');
    const vault = desktopVaultOn(memoryDisk());
    vault.lock();
    await vault.holdInMemory();
    expect(await vault.createDataKey('old-logs')).toHaveLength(32);
  });

  it('refuses what would lose it, or change keys that nobody has', async () => {
    const vault = desktopVaultOn(memoryDisk());
    await vault.holdInMemory();
    const key = await vault.createDataKey('old-logs');
    expect(() => { vault.lock(); }).toThrow('in memory only');
    for (const refused of [vault.changePassphrase('', 'correct horse'), vault.newRecoveryKey(undefined), vault.addKeychain(undefined), vault.removeKeychain(undefined)]) expect(await refusal(refused)).toBe('vault.in-memory');
    expect(await vault.unlock('correct horse')).toMatchObject({ state: 'memory' });
    expect(await vault.dataKey('old-logs')).toEqual(key);
  });

  it.each([
    ['a passphrase', 'correct horse', noKeychain, ['passphrase', 'recovery']],
    ['a passphrase and the keychain', 'correct horse', fakeKeychain(), ['passphrase', 'keychain', 'recovery']],
    ['the keychain alone, which came later', undefined, fakeKeychain(), ['keychain', 'recovery']],
  ] as const)('is kept by %s with the keys it has, and opens by them and by the recovery key', async (_what, passphrase, keychain, openedBy) => {
    const disk = memoryDisk();
    const vault = desktopVaultOn(disk, keychain);
    await vault.holdInMemory();
    const key = await vault.createDataKey('old-logs');
    await vault.saveConnection(acme);
    const { recoveryKey } = await vault.prepareToKeep(passphrase);
    expect(isUntouched(disk)).toBe(true);
    expect(await vault.state()).toMatchObject({ state: 'memory', openedBy: [] });
    vault.keep(placing(disk));
    expect(await vault.state()).toMatchObject({ state: 'open', openedBy });
    for (const typed of passphrase === undefined ? [recoveryKey, undefined] : [recoveryKey, passphrase]) {
      const again = desktopVaultOn(disk, keychain);
      expect(await again.unlock(typed)).toMatchObject({ state: 'open' });
      expect(await again.dataKey('old-logs')).toEqual(key);
      expect(await again.connection(acme.tenant)).toEqual(acme);
      expect(again.tenants()).toEqual([{ tenant: acme.tenant, connected: true }, { tenant: 'old-logs', connected: false }]);
    }
  });

  it('stays in memory when it cannot be kept, and can be kept after that', async () => {
    const disk = memoryDisk();
    const vault = desktopVaultOn(disk);
    await vault.holdInMemory();
    const key = await vault.createDataKey('old-logs');
    expect(await refusal(vault.prepareToKeep('short'))).toBe('vault.passphrase-weak');
    expect(await refusal(vault.prepareToKeep(undefined))).toBe('vault.passphrase-missing');
    const first = await vault.prepareToKeep('correct horse');
    expect(() => { vault.keep(() => { throw new Error('the disk is full'); }); }).toThrow('the disk is full');
    const other = memoryDisk();
    await vaultOn(other, 'another passphrase').setUp('another passphrase');
    placing(disk)(other.content);
    expect(() => { vault.keep(placing(disk)); }).toThrow('set up already');
    expect(await refusal(vault.prepareToKeep('correct horse'))).toBe('vault.exists');
    disk.content.clear();
    expect(await vault.dataKey('old-logs')).toEqual(key);

    const second = await vault.prepareToKeep('battery staple');
    vault.keep(placing(disk));
    expect(await refusal(desktopVaultOn(disk).unlock('correct horse'))).toBe('vault.passphrase-wrong');
    expect(await refusal(desktopVaultOn(disk).unlock(first.recoveryKey))).toBe('vault.passphrase-wrong');
    const again = desktopVaultOn(disk);
    await again.unlock(second.recoveryKey);
    expect(await again.dataKey('old-logs')).toEqual(key);
  });

  it('is kept once: whoever comes later is refused, and what was told to the first opens it', async () => {
    const disk = memoryDisk();
    const vault = desktopVaultOn(disk);
    await vault.holdInMemory();
    const key = await vault.createDataKey('old-logs');
    const { recoveryKey } = await vault.prepareToKeep('correct horse');
    const late = refusal(vault.prepareToKeep('battery staple'));
    vault.keep(placing(disk));
    expect(await late).toBe('vault.exists');
    expect(() => { vault.keep(placing(disk)); }).toThrow('set up already');
    for (const typed of ['correct horse', recoveryKey]) {
      const again = desktopVaultOn(disk);
      await again.unlock(typed);
      expect(await again.dataKey('old-logs')).toEqual(key);
    }
  });

  it('lets one keep at a time: the others wait, and then find nothing to keep or another try', async () => {
    const disk = memoryDisk();
    const vault = desktopVaultOn(disk);
    await vault.holdInMemory();
    const seen: boolean[] = [];
    const keeping = (passphrase: string, place: (files: ReadonlyMap<string, Uint8Array>) => void) => vault.keepInTurn(async () => {
      seen.push(vault.isBeingKept());
      const prepared = await vault.prepareToKeep(passphrase);
      vault.keep(place);
      return prepared;
    });
    const fails = refusal(keeping('short', placing(disk)));
    const first = keeping('correct horse', placing(disk));
    const second = refusal(keeping('battery staple', placing(disk)));
    expect(vault.isBeingKept()).toBe(true);
    expect([await fails, await second]).toEqual(['vault.passphrase-weak', 'vault.exists']);
    expect([seen, vault.isBeingKept(), vault.isInMemory()]).toEqual([[true, true], false, false]);
    for (const typed of ['correct horse', (await first).recoveryKey]) expect(await desktopVaultOn(disk).unlock(typed)).toMatchObject({ state: 'open' });
  });
});
