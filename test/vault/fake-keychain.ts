/** A keychain that a test can lock, exchange or break. Like the real ones it does not always notice that a key is not its own. */
import { randomBytes } from 'node:crypto';
import type { Keychain } from '../../electron/vault';

export type FakeKeychain = Keychain & {
  readonly calls: { seal: number; open: number };
  /** `another`: gives wrong bytes, as unauthenticated ciphers do. */
  mode: 'open' | 'locked' | 'another' | 'cannot-seal' | 'throws-at-once';
};

export function fakeKeychain(): FakeKeychain {
  const pad = new Uint8Array(randomBytes(64));
  const mixed = (bytes: Uint8Array): Uint8Array => bytes.map((byte, at) => byte ^ pad[at % 64]!);
  const calls = { seal: 0, open: 0 };
  const keychain: FakeKeychain = {
    name: 'Test Keychain', calls, mode: 'open',
    seal: bytes => {
      calls.seal += 1;
      if (keychain.mode === 'throws-at-once') throw new Error('an account name');
      return keychain.mode === 'open' || keychain.mode === 'another' ? Promise.resolve(mixed(bytes)) : Promise.reject(new Error('an account name'));
    },
    open: sealed => {
      calls.open += 1;
      if (keychain.mode === 'throws-at-once') throw new Error('an account name');
      if (keychain.mode === 'another') return Promise.resolve(sealed.slice());
      return keychain.mode === 'locked' ? Promise.reject(new Error('an account name')) : Promise.resolve(mixed(sealed));
    },
  };
  return keychain;
}
