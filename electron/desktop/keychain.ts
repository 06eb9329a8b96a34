/** Seals small secrets with the system's keychain through Electron's asynchronous safeStorage. */
import type { SafeStorage } from 'electron';
import type { Keychain } from '../node/host';

type Storage = Pick<SafeStorage, 'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'>;
type NoKeychain = { readonly problem: string };
type Backend = ReturnType<SafeStorage['getSelectedStorageBackend']>;

/** Null where the backend protects nothing: `basic_text` encrypts with a password that everybody knows. */
const linuxNames: Readonly<Record<Backend, string | null>> = {
  basic_text: null, unknown: null, gnome_libsecret: 'GNOME Keyring', kwallet: 'KWallet', kwallet5: 'KWallet', kwallet6: 'KWallet',
};

function nameOn(platform: string, storage: Storage): string | null {
  if (platform === 'darwin') return 'macOS Keychain';
  if (platform === 'win32') return 'Windows DPAPI';
  const names: Readonly<Record<string, string | null>> = linuxNames;
  const backend = storage.getSelectedStorageBackend();
  return Object.hasOwn(names, backend) ? (names[backend] ?? null) : null;
}

async function judge(storage: Storage, platform: string): Promise<Keychain | NoKeychain> {
  const name = nameOn(platform, storage);
  if (name === null) return { problem: 'this desktop has no keyring that Tenantscope recognises' };
  const isThere = await storage.isAsyncEncryptionAvailable().catch(() => false);
  if (!isThere) return { problem: `${name} is locked or does not answer` };
  return {
    name,
    // The interface takes text only.
    seal: async bytes => new Uint8Array(await storage.encryptStringAsync(Buffer.from(bytes).toString('base64'))),
    open: async sealed => new Uint8Array(Buffer.from((await storage.decryptStringAsync(Buffer.from(sealed))).result, 'base64')),
  };
}

/**
 * Finds the keychain when it is asked for, and again each time until there is one: a keyring may start, or be unlocked, after Tenantscope.
 * To be asked when the application is ready: before that every backend is unknown. Never asks for the plain-text fallback.
 */
export function createKeychain(storage: Storage, platform: string): () => Promise<Keychain | NoKeychain> {
  let judging: Promise<Keychain | NoKeychain> | null = null;
  return async () => {
    const asked = judging ??= judge(storage, platform);
    const found = await asked;
    if ('problem' in found && judging === asked) judging = null;
    return found;
  };
}
