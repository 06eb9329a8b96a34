/** The file `vault.json`: slots that each seal the folder's one master key in another way. */
import { z } from 'zod';
import { vaultPath } from '../../shared/domain/data-folder';
import { base64Of, damaged, keyFileVersion, readKeyFile, writeKeyFile } from './key-file';
import type { VaultCrypto, VaultPorts } from './ports';
import { hasTenants } from './tenant-file';

export const masterKeyBytes = 32;
export const saltBytes = 32;
const sealedMasterKey = base64Of(12 + masterKeyBytes + 16);

const isPowerOfTwo = (value: number): boolean => Number.isInteger(Math.log2(value));

// The bounds keep a planted file from asking for more than 1 GiB, or for a cost that protects nothing.
const kdf = z.strictObject({
  name: z.literal('scrypt'),
  N: z.number().int().min(16_384).max(1_048_576).refine(isPowerOfTwo),
  r: z.number().int().min(8).max(32),
  p: z.number().int().min(1).max(4),
  salt: base64Of(saltBytes),
}).refine(({ N, r, p }) => N * r * p <= 8_388_608);

const passphraseSlot = z.strictObject({ kind: z.literal('passphrase'), kdf, sealedMasterKey });
const recoverySlot = z.strictObject({ kind: z.literal('recovery'), sealedMasterKey });
/** `sealedKey` is what the keychain made of a random key, and that key seals the master key: a wrong keychain is told by the seal. */
const keychainSlot = z.strictObject({
  kind: z.literal('keychain'),
  keychain: z.string().max(256),
  sealedKey: z.string().max(65_536).regex(/^[A-Za-z0-9+/]+={0,2}$/),
  sealedMasterKey,
});

export type PassphraseSlot = z.infer<typeof passphraseSlot>;
export type RecoverySlot = z.infer<typeof recoverySlot>;
export type KeychainSlot = z.infer<typeof keychainSlot>;

/** Slots of kinds this version does not know may stand beside the others, and are kept. */
const anySlot = z.looseObject({ kind: z.string() });
export type AnySlot = z.infer<typeof anySlot>;
type FolderPorts = Pick<VaultPorts, 'files' | 'crypto'>;

const vaultFile = z.strictObject({
  version: z.literal(keyFileVersion),
  slots: z.array(anySlot).min(1).max(16),
  check: base64Of(32),
});

/** The file as it stands: all slots in their order, those of known kinds apart, and the check that tells this state from another. */
export type VaultFile = {
  readonly slots: readonly AnySlot[];
  readonly passphrase: readonly PassphraseSlot[];
  readonly recovery: readonly RecoverySlot[];
  readonly keychain: readonly KeychainSlot[];
  readonly check: string;
};

/** A digest of what is public anyway: with it, damage is not taken for a wrong passphrase. */
const checkOf = (crypto: VaultCrypto, slots: readonly object[]): string =>
  crypto.toBase64(crypto.hkdf(new TextEncoder().encode(JSON.stringify([keyFileVersion, slots])), 'tenantscope vault check'));

function slotsOf<Slot>(slots: readonly AnySlot[], kind: string, schema: z.ZodType<Slot>): readonly Slot[] {
  const found = z.array(schema).safeParse(slots.filter(slot => slot.kind === kind));
  if (!found.success) throw damaged(vaultPath);
  return found.data;
}

function sorted(slots: readonly AnySlot[]): Omit<VaultFile, 'slots' | 'check'> {
  const passphrase = slotsOf(slots, 'passphrase', passphraseSlot);
  const recovery = slotsOf(slots, 'recovery', recoverySlot);
  const keychain = slotsOf(slots, 'keychain', keychainSlot);
  if (passphrase.length + recovery.length + keychain.length === 0) throw damaged(vaultPath);
  return { passphrase, recovery, keychain };
}

/** Null when there is no such file. @throws Failure vault.damaged, also when no slot is of a known kind; archive.* */
export function readVaultFile({ files, crypto }: FolderPorts): VaultFile | null {
  const content = readKeyFile(files, vaultPath, vaultFile);
  if (content === null) return null;
  const { slots, check } = content;
  if (checkOf(crypto, slots) !== check) throw damaged(vaultPath);
  return { slots, ...sorted(slots), check };
}

/** The same, but tenants without the file are damage: a new master key would open none of them. */
export function readVaultOfFolder(ports: FolderPorts): VaultFile | null {
  const file = readVaultFile(ports);
  if (file === null && hasTenants(ports.files)) throw damaged(vaultPath);
  return file;
}

/** Replaces the file in one step. @throws Failure archive.* */
export function writeVaultFile({ files, crypto }: FolderPorts, slots: readonly AnySlot[]): void {
  // What could not be read back must not be written.
  const content = vaultFile.parse({ version: keyFileVersion, slots, check: checkOf(crypto, slots) });
  sorted(content.slots);
  files.makeFolder('');
  writeKeyFile(files, vaultPath, content);
}
