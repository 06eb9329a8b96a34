/** What a host supplies so that the vault can run without Node. */

/** Small files of the data folder by their path relative to it, `/` between the parts. @throws Failure archive.* */
export type VaultFiles = {
  /** Names in a folder; none when there is no such folder. */
  readonly list: (folder: string) => readonly string[];
  /** Null when there is no such file. */
  readonly read: (path: string) => Uint8Array | null;
  /** The file is the old one or the new one at any instant, and on the disk on return. May leave a file ending in `.tmp` when it is killed. */
  readonly writeAtomically: (path: string, bytes: Uint8Array) => void;
  /** Makes a folder and those above it; the empty path is the data folder itself. */
  readonly makeFolder: (folder: string) => void;
  /** Gives a folder another name, at once or not at all; on the disk on return. */
  readonly renameFolder: (from: string, to: string) => void;
  /** Writes zeros over a file where it lies; on the disk on return. Nothing when there is no such file. */
  readonly overwrite: (path: string) => void;
  /** Removes a folder with all that is in it; on the disk on return. */
  readonly removeFolder: (folder: string) => void;
};

/** Cost of scrypt: it works in 128 × N × r bytes. */
export type ScryptCost = { readonly N: number; readonly r: number; readonly p: number };

export type VaultCrypto = {
  readonly randomBytes: (length: number) => Uint8Array;
  /** AES-256-GCM: ciphertext followed by the 16-byte tag. */
  readonly seal: (key: Uint8Array, nonce: Uint8Array, associated: Uint8Array, plain: Uint8Array) => Uint8Array;
  /** Null when the tag does not fit. */
  readonly open: (key: Uint8Array, nonce: Uint8Array, associated: Uint8Array, sealed: Uint8Array) => Uint8Array | null;
  /** 32 bytes from the UTF-8 of the passphrase. */
  readonly scrypt: (passphrase: string, salt: Uint8Array, cost: ScryptCost) => Promise<Uint8Array>;
  /** HKDF-SHA-256 without salt: 32 bytes. */
  readonly hkdf: (key: Uint8Array, label: string) => Uint8Array;
  readonly toBase64: (bytes: Uint8Array) => string;
  readonly fromBase64: (text: string) => Uint8Array;
};

/** Seals small secrets with the operating system. */
export type Keychain = {
  /** For people: `macOS Keychain`, `Windows DPAPI`, `GNOME Keyring`. */
  readonly name: string;
  readonly seal: (bytes: Uint8Array) => Promise<Uint8Array>;
  /** @throws when the keychain is locked or another one than before; may also give wrong bytes then */
  readonly open: (sealed: Uint8Array) => Promise<Uint8Array>;
};

/** Why, in words for people, there is no keychain that protects anything. */
export type NoKeychain = { readonly problem: string };

export type VaultPorts = {
  readonly files: VaultFiles;
  readonly crypto: VaultCrypto;
  /** A passphrase or a recovery key; asked at most once a vault; null or empty when there is none. */
  readonly passphrase: () => Promise<string | null>;
  /** Asked again each time it counts: a keychain may appear, or be unlocked, while Tenantscope runs. */
  readonly keychain: () => Promise<Keychain | NoKeychain>;
};

/** What the slots are made and opened with: the keychain is the one found a moment ago. */
export type SlotPorts = Omit<VaultPorts, 'keychain' | 'passphrase'> & { readonly keychain: Keychain | NoKeychain };
