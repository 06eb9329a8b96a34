/** The master key of a data folder, sealed in `vault.json` by the passphrase. */
import { z } from 'zod';
import { vaultPath } from '../../shared/domain/data-folder';
import { Failure } from '../../shared/errors';
import { base64Of, damaged, keyFileVersion, readKeyFile, writeKeyFile } from './key-file';
import type { ScryptCost, VaultCrypto, VaultPorts } from './ports';
import { openText, sealText } from './seal';
import type { Purpose } from './seal';
import { hasTenants } from './tenant-file';

/** 128 MiB and a few tenths of a second. */
const cost: ScryptCost = { N: 131_072, r: 8, p: 1 };
const saltBytes = 32;
const keyBytes = 32;
const sealedKeyBytes = 12 + keyBytes + 16;

const isPowerOfTwo = (value: number): boolean => Number.isInteger(Math.log2(value));

// The bounds keep a planted file from asking for more than 1 GiB, or for a cost that protects nothing.
const kdf = z.strictObject({
  name: z.literal('scrypt'),
  N: z.number().int().min(16_384).max(1_048_576).refine(isPowerOfTwo),
  r: z.number().int().min(8).max(32),
  p: z.number().int().min(1).max(4),
  salt: base64Of(saltBytes),
}).refine(({ N, r, p }) => N * r * p <= 8_388_608);

const passphraseSlot = z.strictObject({ kind: z.literal('passphrase'), kdf, sealedMasterKey: base64Of(sealedKeyBytes) });
type PassphraseSlot = z.infer<typeof passphraseSlot>;

/** Slots of kinds this version does not know (a recovery key, a keychain) may stand beside the passphrase's. */
const vaultFile = z.strictObject({
  version: z.literal(keyFileVersion),
  slots: z.array(z.looseObject({ kind: z.string() })).min(1).max(16),
  check: base64Of(32),
});

/** A digest of what is public anyway: with it, damage is not taken for a wrong passphrase. */
const checkOf = (crypto: VaultCrypto, slots: readonly object[]): string =>
  crypto.toBase64(crypto.hkdf(new TextEncoder().encode(JSON.stringify([keyFileVersion, slots])), 'tenantscope vault check'));

const purposeOf = ({ kdf: { name, N, r, p, salt } }: Pick<PassphraseSlot, 'kdf'>): Purpose =>
  ['master-key', keyFileVersion, 'passphrase', name, N, r, p, salt];

/** The passphrase slots of `vault.json`, at least one; null when there is no such file. */
function readSlots({ files, crypto }: VaultPorts): readonly PassphraseSlot[] | null {
  const content = readKeyFile(files, vaultPath, vaultFile);
  if (content === null) return null;
  if (checkOf(crypto, content.slots) !== content.check) throw damaged(vaultPath);
  const slots = z.array(passphraseSlot).min(1).safeParse(content.slots.filter(slot => slot.kind === 'passphrase'));
  if (!slots.success) throw damaged(vaultPath);
  return slots.data;
}

async function openSlots({ crypto }: VaultPorts, slots: readonly PassphraseSlot[], passphrase: string): Promise<Uint8Array> {
  for (const slot of slots) {
    const key = await crypto.scrypt(passphrase, crypto.fromBase64(slot.kdf.salt), slot.kdf);
    const masterKey = openText(crypto, key, purposeOf(slot), slot.sealedMasterKey);
    key.fill(0);
    if (masterKey !== null) return masterKey;
  }
  throw new Failure('vault.passphrase-wrong');
}

async function makeVault(ports: VaultPorts, passphrase: string): Promise<Uint8Array> {
  const { files, crypto } = ports;
  const salt = crypto.randomBytes(saltBytes);
  const key = await crypto.scrypt(passphrase, salt, cost);
  // While scrypt ran, another vault of this process may have made the file; its master key is the one that counts.
  const made = readSlots(ports);
  if (made !== null) return openSlots(ports, made, passphrase);
  const masterKey = crypto.randomBytes(keyBytes);
  const head = { kind: 'passphrase', kdf: { name: 'scrypt', ...cost, salt: crypto.toBase64(salt) } } as const;
  const slots = [{ ...head, sealedMasterKey: sealText(crypto, key, purposeOf(head), masterKey) }];
  key.fill(0);
  files.makeFolder('');
  writeKeyFile(files, vaultPath, { version: keyFileVersion, slots, check: checkOf(crypto, slots) });
  return masterKey;
}

export type MasterKey = {
  /** 32 bytes; makes the vault when the folder has neither one nor a tenant. */
  readonly open: () => Promise<Uint8Array>;
  /** Opens a vault that is there; where none is, makes sure that there is a passphrase to make one with, and writes nothing. */
  readonly check: () => Promise<void>;
};

/**
 * The master key of a folder. What fails may be tried again, but the passphrase is asked only once.
 * Both throw Failure vault.passphrase-missing, before anything is written; vault.passphrase-wrong; vault.damaged; archive.*
 */
export function masterKeyOf(ports: VaultPorts): MasterKey {
  let asked: Promise<string | null> | null = null;
  let opened: Promise<Uint8Array> | null = null;

  const passphrase = async (): Promise<string> => {
    asked ??= ports.passphrase();
    const given = ((await asked) ?? '').normalize('NFC');
    if (given === '') throw new Failure('vault.passphrase-missing');
    return given;
  };
  const slotsOfFolder = (): readonly PassphraseSlot[] | null => {
    const slots = readSlots(ports);
    // A new master key would open none of the tenants that are there.
    if (slots === null && hasTenants(ports.files)) throw damaged(vaultPath);
    return slots;
  };
  const openOrMake = async (): Promise<Uint8Array> => {
    const slots = slotsOfFolder();
    const given = await passphrase();
    return slots === null ? makeVault(ports, given) : openSlots(ports, slots, given);
  };
  const open = (): Promise<Uint8Array> => {
    opened ??= openOrMake().catch((error: unknown) => {
      opened = null;
      throw error;
    });
    return opened;
  };
  return { open, check: async () => void (slotsOfFolder() === null ? await passphrase() : await open()) };
}
