/** A vault over files in memory, with real sealing and a cheap stand-in for scrypt. */
import { createHash } from 'node:crypto';
import { createVaultCrypto } from '../../electron/node/crypto';
import { openVault } from '../../electron/vault';
import type { Keychain, StoredConnection, Vault, VaultCrypto, VaultFiles } from '../../electron/vault';

export type Disk = { readonly content: Map<string, Uint8Array>; readonly folders: Set<string>; readonly files: VaultFiles };

/** A data folder in memory: empty at first, not even made. */
export function memoryDisk(): Disk {
  const content = new Map<string, Uint8Array>();
  const folders = new Set<string>();
  const list = (folder: string): readonly string[] => {
    const inside = [...folders, ...content.keys()].filter(path => folder === '' || path.startsWith(`${folder}/`));
    const names = inside.map(path => path.slice(folder === '' ? 0 : folder.length + 1).split('/')[0] ?? '');
    return [...new Set(names)].filter(name => name !== '').sort();
  };
  const files: VaultFiles = {
    list,
    read: path => content.get(path) ?? null,
    writeAtomically: (path, bytes) => {
      const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
      if (!folders.has(folder)) throw new Error(`${folder} was not made`);
      content.set(path, bytes.slice());
    },
    renameFolder: (from, to) => {
      const moved = (path: string): string | null => (path === from || path.startsWith(`${from}/`) ? `${to}${path.slice(from.length)}` : null);
      for (const [path, bytes] of [...content]) if (moved(path) !== null && content.delete(path)) content.set(moved(path) ?? path, bytes);
      for (const folder of [...folders]) if (moved(folder) !== null && folders.delete(folder)) folders.add(moved(folder) ?? folder);
    },
    overwrite: path => { content.get(path)?.fill(0); },
    removeFolder: folder => {
      for (const path of [...content.keys()]) if (path.startsWith(`${folder}/`)) content.delete(path);
      for (const path of [...folders]) if (path === folder || path.startsWith(`${folder}/`)) folders.delete(path);
    },
    makeFolder: folder => {
      const parts = folder.split('/');
      for (let count = 0; count <= parts.length; count += 1) folders.add(parts.slice(0, count).join('/'));
    },
  };
  return { content, folders, files };
}

/** As wide as scrypt's key and as sensitive to every part, but quick. */
export const quickCrypto: VaultCrypto = {
  ...createVaultCrypto(),
  scrypt: (passphrase, salt, cost) =>
    Promise.resolve(new Uint8Array(createHash('sha256').update(JSON.stringify([passphrase, [...salt], cost.N, cost.r, cost.p])).digest())),
};

export const noKeychain = { problem: 'there is none here' } as const;
export const withoutKeychain = (): Promise<typeof noKeychain> => Promise.resolve(noKeychain);

export const vaultOn = (disk: Disk, passphrase: string | null = 'correct horse', crypto: VaultCrypto = quickCrypto): Vault =>
  openVault({ files: disk.files, crypto, passphrase: () => Promise.resolve(passphrase), keychain: withoutKeychain });

/** As the desktop opens it: nobody is asked for a passphrase, and there may be a keychain. */
export const desktopVaultOn = (disk: Disk, keychain: Keychain | { readonly problem: string } = noKeychain): Vault =>
  openVault({ files: disk.files, crypto: quickCrypto, passphrase: () => Promise.resolve(null), keychain: () => Promise.resolve(keychain) });

export const acme: StoredConnection = {
  tenant: 'acme.eu.auth0.com',
  domain: 'acme.eu.auth0.com',
  apiOrigin: null,
  audienceDomain: 'acme.eu.auth0.com',
  acceptedDomain: null,
  clientId: 'an-application',
  clientSecret: 'not-a-real-secret',
};

export const readJson = (disk: Disk, path: string): Record<string, unknown> =>
  JSON.parse(new TextDecoder().decode(disk.content.get(path))) as Record<string, unknown>;

export const writeText = (disk: Disk, path: string, text: string): void => void disk.content.set(path, new TextEncoder().encode(text));

export const copyOf = (disk: Disk): Disk => {
  const copy = memoryDisk();
  for (const [path, bytes] of disk.content) copy.content.set(path, bytes.slice());
  for (const folder of disk.folders) copy.folders.add(folder);
  return copy;
};
