/** A folder opens by its passphrase, its recovery key or the system's keychain, and by nothing else. */
import { describe, expect, it } from 'vitest';
import type { Failure } from '../../shared/errors';
import { made, refusal, snapshot } from './desktop-folder';
import { fakeKeychain } from './fake-keychain';
import { acme, copyOf, desktopVaultOn, memoryDisk, noKeychain, readJson, vaultOn } from './memory-vault';

const failure = (code: string, details: object = {}) => expect.objectContaining({ code, details: expect.objectContaining(details) as unknown });

describe('a new folder', () => {
  it('has no keys, and asking about it writes nothing', async () => {
    const disk = memoryDisk();
    expect(await desktopVaultOn(disk).state()).toEqual({ state: 'none', openedBy: [], keychain: null, keychainProblem: noKeychain.problem, usesKeychain: false });
    expect(await desktopVaultOn(disk, fakeKeychain()).state()).toEqual({ state: 'none', openedBy: [], keychain: 'Test Keychain', keychainProblem: null, usesKeychain: false });
    for (const typed of [undefined, '', 'correct horse']) expect(await desktopVaultOn(disk, fakeKeychain()).unlock(typed)).toMatchObject({ state: 'none' });
    expect(await refusal(desktopVaultOn(disk).changePassphrase('', 'correct horse'))).toBe('vault.not-made');
    expect(await refusal(desktopVaultOn(disk).newRecoveryKey(undefined))).toBe('vault.not-made');
    expect([disk.content.size, disk.folders.size]).toEqual([0, 0]);
  });

  it('is set up with a passphrase, the keychain and a recovery key, and is open then', async () => {
    const { disk, vault } = await made('correct horse');
    expect(await vault.state()).toEqual({ state: 'open', openedBy: ['passphrase', 'keychain', 'recovery'], keychain: 'Test Keychain', keychainProblem: null, usesKeychain: true });
    expect(await desktopVaultOn(disk).state()).toEqual({ state: 'locked', openedBy: ['passphrase', 'recovery'], keychain: null, keychainProblem: noKeychain.problem, usesKeychain: true });
  });

  it('is set up by the keychain alone, or by a passphrase where there is none', async () => {
    expect(await (await made(undefined)).vault.state()).toMatchObject({ state: 'open', openedBy: ['keychain', 'recovery'] });
    const vault = desktopVaultOn(memoryDisk());
    await vault.setUp('correct horse');
    expect(await vault.state()).toMatchObject({ state: 'open', openedBy: ['passphrase', 'recovery'] });
  });

  it.each([
    ['without anything to protect it', undefined, noKeychain, 'vault.passphrase-missing'],
    ['with an empty passphrase', '', fakeKeychain(), 'vault.passphrase-weak'],
    ['with a passphrase of 7 characters', 'ho\u0301rse 😀', fakeKeychain(), 'vault.passphrase-weak'],
    ['by a keychain that is locked', undefined, { ...fakeKeychain(), seal: () => Promise.reject(new Error('locked')) }, 'vault.keychain-failed'],
    ['by a keychain that cannot give back what it sealed', undefined, { ...fakeKeychain(), open: () => Promise.resolve(new Uint8Array(32)) }, 'vault.keychain-failed'],
  ])('is not set up %s', async (_what, passphrase, keychain, code) => {
    const disk = memoryDisk();
    expect(await refusal(desktopVaultOn(disk, keychain).setUp(passphrase))).toBe(code);
    expect([disk.content.size, disk.folders.size]).toEqual([0, 0]);
  });

  it.each(['cannot-seal', 'another', 'throws-at-once'] as const)('with a passphrase is set up beside a keychain that fails (%s), and tells so', async mode => {
    const [disk, keychain] = [memoryDisk(), fakeKeychain()];
    keychain.mode = mode;
    const vault = desktopVaultOn(disk, keychain);
    await vault.setUp('correct horse');
    expect(await vault.state()).toMatchObject({ state: 'open', openedBy: ['passphrase', 'recovery'] });
    expect(readJson(disk, 'vault.json')['slots']).toHaveLength(2);
  });

  it('is set up once, also by two at a time', async () => {
    const disk = memoryDisk();
    const [one, other] = [desktopVaultOn(disk, fakeKeychain()), desktopVaultOn(disk)];
    const made = await Promise.all([one.setUp('correct horse'), one.setUp('correct horse'), other.setUp('battery staple'), vaultOn(disk).createDataKey('imported')].map(refusal));
    expect(made.filter(code => code === 'vault.exists').length).toBeGreaterThanOrEqual(2);
    expect(await refusal(desktopVaultOn(disk).setUp('correct horse'))).toBe('vault.exists');
    await expect(vaultOn(disk).checkPassphrase()).resolves.toBeUndefined();
  });

  it('that lost its key file is damaged and not set up again', async () => {
    const { disk } = await made('correct horse');
    disk.content.delete('vault.json');
    const vault = desktopVaultOn(disk, fakeKeychain());
    for (const work of [vault.state(), vault.unlock('correct horse'), vault.setUp('correct horse')]) expect(await refusal(work)).toBe('vault.damaged');
  });
});

describe('a folder', () => {
  it.each(['passphrase', 'recovery key', 'keychain'] as const)('opens by its %s', async way => {
    const { disk, keychain, recoveryKey, dataKey } = await made('correct horse');
    const vault = desktopVaultOn(disk, way === 'keychain' ? keychain : noKeychain);
    const typed = { 'passphrase': 'correct horse', 'recovery key': recoveryKey.toLowerCase().replaceAll('-', ' '), 'keychain': undefined }[way];
    expect(await vault.unlock(typed)).toMatchObject({ state: 'open' });
    expect(await vault.dataKey(acme.tenant)).toEqual(dataKey);
    expect(await vault.connection(acme.tenant)).toEqual(acme);
  });

  it('opens by itself where the keychain holds its key, and asks for nothing', async () => {
    const { disk, keychain, dataKey } = await made('correct horse');
    expect(await desktopVaultOn(disk, keychain).dataKey(acme.tenant)).toEqual(dataKey);
  });

  it('sealed by the keychain opens with its recovery key where a passphrase is asked for', async () => {
    const { disk, recoveryKey, dataKey } = await made(undefined);
    expect(await vaultOn(disk, recoveryKey).dataKey(acme.tenant)).toEqual(dataKey);
    expect(await refusal(vaultOn(disk, 'a guess at it').dataKey(acme.tenant))).toBe('vault.passphrase-wrong');
    expect(await refusal(vaultOn(disk, null).dataKey(acme.tenant))).toBe('vault.passphrase-missing');
  });

  it('made on the command line with a short passphrase stays open to it, and gets a recovery key', async () => {
    const disk = memoryDisk();
    const dataKey = await vaultOn(disk, 'pass').createDataKey('imported');
    const vault = desktopVaultOn(disk, fakeKeychain());
    expect(await vault.unlock('pass')).toMatchObject({ state: 'open', openedBy: ['passphrase'] });
    const { recoveryKey } = await vault.newRecoveryKey('pass');
    expect(await vaultOn(disk, recoveryKey).dataKey('imported')).toEqual(dataKey);
    expect(await vaultOn(disk, 'pass').dataKey('imported')).toEqual(dataKey);
  });

  it.each([
    ['a wrong passphrase', 'incorrect horse', 'vault.passphrase-wrong'], ['nothing typed', '', 'vault.passphrase-missing'],
    ['another folder\'s recovery key', 'other', 'vault.passphrase-wrong'], ['the keychain, where there is none', undefined, 'vault.keychain-failed'],
  ])('stays locked and untouched by %s', async (_what, typed, code) => {
    const { disk } = await made('correct horse');
    const before = snapshot(disk);
    const vault = desktopVaultOn(disk);
    expect(await refusal(vault.unlock(typed === 'other' ? (await made(undefined)).recoveryKey : typed))).toBe(code);
    expect(await vault.state()).toMatchObject({ state: 'locked' });
    expect(disk.content).toEqual(before);
  });

  it.each(['locked', 'another', 'throws-at-once'] as const)('whose keychain fails (%s) says so, repeats none of its words, and opens by what is typed', async mode => {
    const { disk, keychain, recoveryKey } = await made(undefined);
    keychain.mode = mode;
    const before = snapshot(disk);
    const vault = desktopVaultOn(disk, keychain);
    await expect(vault.unlock(undefined)).rejects.toThrow(failure('vault.keychain-failed', { keychain: 'Test Keychain' }));
    const told: unknown = await vault.dataKey(acme.tenant).catch((error: unknown) => (error as Failure).report());
    expect(told).toMatchObject({ code: 'vault.keychain-failed' });
    expect(JSON.stringify(told)).not.toContain('an account name');
    expect(disk.content).toEqual(before);
    expect(await vault.unlock(recoveryKey)).toMatchObject({ state: 'open' });
  });

  it('stays open when something wrong is typed into it', async () => {
    const { vault, dataKey } = await made('correct horse');
    expect(await refusal(vault.unlock('incorrect horse'))).toBe('vault.passphrase-wrong');
    expect(await vault.dataKey(acme.tenant)).toEqual(dataKey);
  });

  it('without a keychain slot needs its passphrase', async () => {
    const disk = memoryDisk();
    await desktopVaultOn(disk).setUp('correct horse');
    expect(await refusal(desktopVaultOn(disk, fakeKeychain()).unlock(undefined))).toBe('vault.passphrase-missing');
  });
});

describe('a locked folder', () => {
  it('forgets its key, and opens again only when it is unlocked', async () => {
    const { disk, vault, dataKey } = await made('correct horse');
    vault.lock();
    expect(await vault.state()).toMatchObject({ state: 'locked' });
    const before = snapshot(disk);
    for (const work of [vault.dataKey(acme.tenant), vault.createDataKey('new'), vault.connection(acme.tenant), vault.saveConnection(acme), vault.checkPassphrase()]) {
      expect(await refusal(work)).toBe('vault.locked');
    }
    expect(disk.content).toEqual(before);
    expect(await vault.unlock(undefined)).toMatchObject({ state: 'open' });
    expect(await vault.dataKey(acme.tenant)).toEqual(dataKey);
  });

  it('is not opened by what was begun before it was locked', async () => {
    const { disk, recoveryKey } = await made('correct horse');
    const vault = desktopVaultOn(disk);
    const begun = [vault.unlock('correct horse'), vault.unlock(recoveryKey), vaultOn(disk).dataKey(acme.tenant)].map(refusal);
    vault.lock();
    expect(await Promise.all(begun)).toEqual(['vault.locked', 'vault.locked', null]);
    expect(await vault.state()).toMatchObject({ state: 'locked' });
  });

  it('that is locked while it is set up stays locked', async () => {
    const vault = desktopVaultOn(memoryDisk(), fakeKeychain());
    const setUp = vault.setUp('correct horse');
    vault.lock();
    expect((await setUp).recoveryKey).not.toBe('');
    expect(await vault.state()).toMatchObject({ state: 'locked' });
  });

  it('keeps what was being changed, under the key it always had', async () => {
    const { disk, vault, dataKey } = await made('correct horse');
    const changing = vault.changePassphrase('correct horse', 'battery staple');
    const renewing = vault.newRecoveryKey('battery staple');
    vault.lock();
    expect(await changing).toMatchObject({ state: 'locked' });
    const { recoveryKey } = await renewing;
    for (const typed of ['battery staple', recoveryKey]) expect(await vaultOn(disk, typed).dataKey(acme.tenant)).toEqual(dataKey);
  });
});

it('a key file with all three slots and any one bit changed is told as damaged, whichever way it is opened', { timeout: 30_000 }, async () => {
  const { disk, keychain, recoveryKey } = await made('correct horse');
  const whole = disk.content.get('vault.json')!;
  const damagedDisk = copyOf(disk);
  for (let bit = 0; bit < whole.length * 8; bit += 3) {
    damagedDisk.content.set('vault.json', whole.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte)));
    for (const typed of [undefined, recoveryKey]) {
      const code = await refusal(desktopVaultOn(damagedDisk, keychain).unlock(typed));
      expect([null, 'vault.damaged', 'archive.newer-format']).toContain(code);
    }
  }
});
