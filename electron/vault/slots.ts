/** Seals the master key into slots, by passphrase, recovery key or keychain, and opens it from them. */
import { Failure } from '../../shared/errors';
import { keyFileVersion } from './key-file';
import type { Keychain, NoKeychain, ScryptCost, SlotPorts, VaultCrypto, VaultPorts } from './ports';
import { readRecoveryKey } from './recovery-key';
import { openText, sealText } from './seal';
import type { Purpose } from './seal';
import { masterKeyBytes, saltBytes } from './vault-file';
import type { KeychainSlot, PassphraseSlot, RecoverySlot, VaultFile } from './vault-file';

/** 128 MiB and a few tenths of a second. */
const cost: ScryptCost = { N: 131_072, r: 8, p: 1 };

const passphrasePurpose = ({ kdf: { name, N, r, p, salt } }: Pick<PassphraseSlot, 'kdf'>): Purpose =>
  ['master-key', keyFileVersion, 'passphrase', name, N, r, p, salt];
const recoveryPurpose: Purpose = ['master-key', keyFileVersion, 'recovery'];
const keychainPurpose: Purpose = ['master-key', keyFileVersion, 'keychain'];

/** Uses up the key that seals or opens a slot. */
function spending<Value>(key: Uint8Array, work: (key: Uint8Array) => Value): Value {
  try {
    return work(key);
  } finally {
    key.fill(0);
  }
}

/** The same passphrase however its accents are typed. @throws Failure vault.passphrase-missing when it is empty */
export function typedPassphrase(typed: string | null | undefined): string {
  const given = (typed ?? '').normalize('NFC');
  if (given === '') throw new Failure('vault.passphrase-missing');
  return given;
}

export async function passphraseSlot(crypto: VaultCrypto, passphrase: string, masterKey: Uint8Array): Promise<PassphraseSlot> {
  const salt = crypto.randomBytes(saltBytes);
  const head = { kind: 'passphrase', kdf: { name: 'scrypt', ...cost, salt: crypto.toBase64(salt) } } as const;
  return spending(await crypto.scrypt(passphrase.normalize('NFC'), salt, cost), key => ({
    ...head, sealedMasterKey: sealText(crypto, key, passphrasePurpose(head), masterKey),
  }));
}

async function openPassphraseSlot(crypto: VaultCrypto, slot: PassphraseSlot, passphrase: string): Promise<Uint8Array | null> {
  const key = await crypto.scrypt(passphrase, crypto.fromBase64(slot.kdf.salt), slot.kdf);
  return spending(key, () => openText(crypto, key, passphrasePurpose(slot), slot.sealedMasterKey));
}

// A key of 256 random bits needs no costly derivation.
const recoverySealKey = (crypto: VaultCrypto, key: Uint8Array): Uint8Array => crypto.hkdf(key, 'tenantscope recovery key 1');

export const recoverySlot = (crypto: VaultCrypto, recoveryKey: Uint8Array, masterKey: Uint8Array): RecoverySlot =>
  spending(recoverySealKey(crypto, recoveryKey), key => ({ kind: 'recovery', sealedMasterKey: sealText(crypto, key, recoveryPurpose, masterKey) }));

const openRecoverySlot = (crypto: VaultCrypto, slot: RecoverySlot, recoveryKey: Uint8Array): Uint8Array | null =>
  spending(recoverySealKey(crypto, recoveryKey), key => openText(crypto, key, recoveryPurpose, slot.sealedMasterKey));

/** 32 bytes, by a passphrase or a recovery key. @throws Failure vault.passphrase-missing; vault.passphrase-wrong */
export async function openTyped({ crypto }: Pick<VaultPorts, 'crypto'>, file: VaultFile, typed: string): Promise<Uint8Array> {
  const given = typedPassphrase(typed);
  const recoveryKey = readRecoveryKey(crypto, given);
  for (const slot of recoveryKey === null ? [] : file.recovery) {
    const masterKey = recoveryKey === null ? null : openRecoverySlot(crypto, slot, recoveryKey);
    if (masterKey !== null) return masterKey;
  }
  for (const slot of file.passphrase) {
    const masterKey = await openPassphraseSlot(crypto, slot, given);
    if (masterKey !== null) return masterKey;
  }
  throw new Failure('vault.passphrase-wrong');
}

const noKeychain = ({ problem }: NoKeychain): Failure => new Failure('vault.keychain-failed', { keychain: 'The keychain', problem });
// What the system's keychain says may name accounts and files, so it is not passed on.
const refused = ({ name }: Keychain): Failure => new Failure('vault.keychain-failed', { keychain: name, problem: 'it is locked or refuses' });
async function answerOf(keychain: Keychain, ask: () => Promise<Uint8Array>): Promise<Uint8Array> {
  try {
    return await ask();
  } catch {
    throw refused(keychain);
  }
}

const another = ({ name }: Keychain): Failure => new Failure('vault.keychain-failed', { keychain: name, problem: 'it holds another key than before' });

/** Opened once before it is relied on: what a keychain cannot give back is lost. @throws Failure vault.keychain-failed */
export async function keychainSlot({ crypto, keychain }: SlotPorts, masterKey: Uint8Array): Promise<KeychainSlot> {
  if ('problem' in keychain) throw noKeychain(keychain);
  const key = crypto.randomBytes(masterKeyBytes);
  // The keychain gets bytes of its own, so that what it does to them cannot change what is sealed.
  const sealedKey = await answerOf(keychain, () => keychain.seal(key.slice()));
  const slot: KeychainSlot = {
    kind: 'keychain', keychain: keychain.name.slice(0, 256), sealedKey: crypto.toBase64(sealedKey),
    sealedMasterKey: spending(key, () => sealText(crypto, key, keychainPurpose, masterKey)),
  };
  (await openKeychainSlot(crypto, keychain, slot)).fill(0);
  return slot;
}

async function openKeychainSlot(crypto: VaultCrypto, keychain: Keychain, slot: KeychainSlot): Promise<Uint8Array> {
  const opened = await answerOf(keychain, () => keychain.open(crypto.fromBase64(slot.sealedKey)));
  if (opened.length !== masterKeyBytes) throw another(keychain);
  const masterKey = spending(opened, () => openText(crypto, opened, keychainPurpose, slot.sealedMasterKey));
  if (masterKey === null) throw another(keychain);
  return masterKey;
}

/** 32 bytes, by the system's keychain. @throws Failure vault.passphrase-missing when the folder has no keychain slot; vault.keychain-failed */
export async function openByKeychain({ crypto, keychain }: SlotPorts, file: VaultFile): Promise<Uint8Array> {
  if (file.keychain.length === 0) throw new Failure('vault.passphrase-missing');
  if ('problem' in keychain) throw noKeychain(keychain);
  let failed: unknown = null;
  for (const slot of file.keychain) {
    try {
      return await openKeychainSlot(crypto, keychain, slot);
    } catch (error) {
      failed = error;
    }
  }
  throw failed;
}
