import type { SafeStorage } from 'electron';
import { describe, expect, it } from 'vitest';
import { createKeychain } from '../../electron/desktop/keychain';

type Storage = Parameters<typeof createKeychain>[0];
type Backend = ReturnType<SafeStorage['getSelectedStorageBackend']>;

/** Seals by turning every byte around; knows whether it was ever asked. */
function fakeStorage(backend: Backend, availability: () => Promise<boolean> = () => Promise.resolve(true)): Storage & { readonly texts: string[] } {
  const texts: string[] = [];
  return {
    texts,
    isAsyncEncryptionAvailable: availability,
    getSelectedStorageBackend: () => backend,
    encryptStringAsync: text => {
      texts.push(text);
      return Promise.resolve(Buffer.from(text).map(byte => byte ^ 0xff) as Buffer);
    },
    decryptStringAsync: sealed => Promise.resolve({ shouldReEncrypt: false, result: Buffer.from(sealed.map(byte => byte ^ 0xff)).toString() }),
  };
}

describe('the keychain', () => {
  it.each([['darwin', 'unknown', 'macOS Keychain'], ['win32', 'unknown', 'Windows DPAPI'], ['linux', 'gnome_libsecret', 'GNOME Keyring'], ['linux', 'kwallet5', 'KWallet'], ['linux', 'kwallet6', 'KWallet'], ['linux', 'kwallet', 'KWallet']] as const)(
    'on %s with %s is %s and gives back what it sealed, byte for byte', async (platform, backend, name) => {
      const storage = fakeStorage(backend);
      const keychain = await createKeychain(storage, platform)();
      if ('problem' in keychain) throw new Error(keychain.problem);
      const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
      expect(keychain.name).toBe(name);
      expect(await keychain.open(await keychain.seal(bytes))).toEqual(bytes);
      expect(storage.texts).toEqual([Buffer.from(bytes).toString('base64')]);
    });

  it.each(['basic_text', 'unknown', 'something_new', 'constructor'])('is none on Linux with %s, and nothing is ever sealed with it', async backend => {
    const storage = fakeStorage(backend as Backend);
    expect(await createKeychain(storage, 'linux')()).toEqual({ problem: expect.stringContaining('no keyring') as string });
    expect(storage.texts).toEqual([]);
  });

  it('is looked for each time until it is there, and then not again', async () => {
    const answers = [false, false, true];
    const keychain = createKeychain(fakeStorage('kwallet6', () => Promise.resolve(answers.shift() ?? false)), 'linux');
    const none = { problem: 'KWallet is locked or does not answer' };
    expect(await Promise.all([keychain(), keychain()])).toEqual([none, none]);
    expect(await keychain()).toEqual(none);
    expect(await keychain()).toMatchObject({ name: 'KWallet' });
    expect(await keychain()).toMatchObject({ name: 'KWallet' });
    expect(answers).toEqual([]);
  });

  it('is none where the system does not answer, with the reason', async () => {
    expect(await createKeychain(fakeStorage('kwallet6', () => Promise.resolve(false)), 'linux')()).toEqual({ problem: 'KWallet is locked or does not answer' });
    expect(await createKeychain(fakeStorage('unknown', () => Promise.reject(new Error('no'))), 'darwin')()).toEqual({ problem: 'macOS Keychain is locked or does not answer' });
  });
});
