/** Makes the slots of a new folder, or new slots for the master key that a folder has; no data key changes by it. */
import { Failure } from '../../shared/errors';
import type { SlotPorts } from './ports';
import { makeRecoveryKey } from './recovery-key';
import { keychainSlot, openByKeychain, openTyped, passphraseSlot, recoverySlot } from './slots';
import { readVaultFile, readVaultOfFolder, masterKeyBytes, writeVaultFile } from './vault-file';
import type { AnySlot, KeychainSlot, PassphraseSlot, RecoverySlot, VaultFile } from './vault-file';

const leastCharacters = 8;

/** @throws Failure vault.passphrase-weak */
function refuseWeak(passphrase: string): void {
  if ([...passphrase.normalize('NFC')].length < leastCharacters) throw new Failure('vault.passphrase-weak');
}

function refuseExisting(ports: SlotPorts): void {
  if (readVaultOfFolder(ports) !== null) throw new Failure('vault.exists');
}

/** None when the keychain refuses: whoever has typed a passphrase is not kept from storing. */
async function keychainSlotsIfAny(ports: SlotPorts, masterKey: Uint8Array): Promise<readonly KeychainSlot[]> {
  if ('problem' in ports.keychain) return [];
  try {
    return [await keychainSlot(ports, masterKey)];
  } catch (error) {
    if (error instanceof Failure) return [];
    throw error;
  }
}

export type NewVault = { readonly masterKey: Uint8Array; readonly recoveryKey: string };

/**
 * The vault of a new folder: slots for the passphrase, if any, for the keychain, where there is one, and for a recovery key.
 * @throws Failure vault.exists; vault.passphrase-weak; vault.passphrase-missing without either; vault.keychain-failed when it alone should keep the key
 */
export async function setUpVault(ports: SlotPorts, passphrase: string | undefined): Promise<NewVault> {
  const { crypto } = ports;
  refuseExisting(ports);
  const masterKey = crypto.randomBytes(masterKeyBytes);
  const { slots, recoveryKey } = await firstSlots(ports, passphrase, masterKey);
  // While scrypt ran, another vault of this process may have made the file.
  refuseExisting(ports);
  writeVaultFile(ports, slots);
  return { masterKey, recoveryKey };
}

async function firstSlots(ports: SlotPorts, passphrase: string | undefined, masterKey: Uint8Array): Promise<{ readonly slots: readonly AnySlot[]; readonly recoveryKey: string }> {
  const { crypto, keychain } = ports;
  if (passphrase !== undefined) refuseWeak(passphrase);
  else if ('problem' in keychain) throw new Failure('vault.passphrase-missing');
  const recovery = makeRecoveryKey(crypto);
  const slots = passphrase === undefined
    ? [await keychainSlot(ports, masterKey)]
    : [await passphraseSlot(crypto, passphrase, masterKey), ...await keychainSlotsIfAny(ports, masterKey)];
  return { slots: [...slots, recoverySlot(crypto, recovery.key, masterKey)], recoveryKey: recovery.text };
}

/** A vault in memory that only the key in hand opens: its one slot is made for a recovery key that nobody is ever told. */
export function makeHeldVault(ports: Pick<SlotPorts, 'files' | 'crypto'>): Uint8Array {
  const masterKey = ports.crypto.randomBytes(masterKeyBytes);
  writeVaultFile(ports, [recoverySlot(ports.crypto, makeRecoveryKey(ports.crypto).key, masterKey)]);
  return masterKey;
}

/** Puts the slots of a new folder in the place of all there were, for a master key that stays. @throws Failure as for a new folder; what `refuseKept` throws, before anything is written */
export async function makeSlotsAnew(ports: SlotPorts, passphrase: string | undefined, masterKey: Uint8Array, refuseKept: () => void): Promise<string> {
  const { slots, recoveryKey } = await firstSlots(ports, passphrase, masterKey);
  // While scrypt ran, the vault may have come to the disk, where others have been told what opens it.
  refuseKept();
  writeVaultFile(ports, slots);
  return recoveryKey;
}

/** What somebody shows who wants to change the slots: what they typed, and a copy of the master key of an open vault, which they wipe. */
export type Proof = { readonly typed: string | undefined; readonly held: Uint8Array | null };

/** An open vault is proof enough only where there is no passphrase that could be asked for. */
async function prove(ports: SlotPorts, file: VaultFile, { typed, held }: Proof): Promise<Uint8Array> {
  if (typed !== undefined && typed !== '') return openTyped(ports, file, typed);
  if (file.passphrase.length > 0) throw new Failure('vault.passphrase-missing');
  return held ?? openByKeychain(ports, file);
}

/** The slots that are to stand in place of those of the file. */
type NewSlots = (masterKey: Uint8Array, file: VaultFile) => Promise<readonly AnySlot[]>;

/** @throws Failure vault.not-made; of the proof; of the new slots */
async function changeSlots(ports: SlotPorts, proof: Proof, newSlots: NewSlots): Promise<void> {
  const file = readVaultOfFolder(ports);
  if (file === null) throw new Failure('vault.not-made');
  const masterKey = await prove(ports, file, proof);
  const slots = await newSlots(masterKey, file).finally(() => { if (masterKey !== proof.held) masterKey.fill(0); });
  // While scrypt ran, another vault of this process may have changed the file: then what was shown may open it no more.
  if (readVaultFile(ports)?.check !== file.check) return changeSlots(ports, proof, newSlots);
  writeVaultFile(ports, slots);
}

const without = ({ slots }: VaultFile, kinds: readonly string[]): readonly AnySlot[] => slots.filter(({ kind }) => !kinds.includes(kind));

/** Puts a slot in the place of those of its kind. A keychain's slot is renewed, which heals one that another computer made. */
function replacing(ports: SlotPorts, makeSlot: (masterKey: Uint8Array) => Promise<PassphraseSlot | RecoverySlot>): NewSlots {
  return async (masterKey, file) => {
    const slot = await makeSlot(masterKey);
    const keychain = file.keychain.length === 0 ? [] : await keychainSlotsIfAny(ports, masterKey);
    return [slot, ...keychain, ...without(file, [slot, ...keychain].map(({ kind }) => kind))];
  };
}

/** @throws Failure vault.passphrase-weak; vault.passphrase-wrong; vault.passphrase-missing; vault.not-made; vault.keychain-failed */
export async function replacePassphrase(ports: SlotPorts, proof: Proof, next: string): Promise<void> {
  refuseWeak(next);
  await changeSlots(ports, proof, replacing(ports, masterKey => passphraseSlot(ports.crypto, next, masterKey)));
}

/** The text of a new recovery key, after which no older one opens anything. @throws Failure as for the passphrase */
export async function replaceRecoveryKey(ports: SlotPorts, proof: Proof): Promise<string> {
  const recovery = makeRecoveryKey(ports.crypto);
  await changeSlots(ports, proof, replacing(ports, masterKey => Promise.resolve(recoverySlot(ports.crypto, recovery.key, masterKey))));
  return recovery.text;
}

/** Lets the keychain that is here open the folder, in place of any before. @throws Failure as for the passphrase; vault.keychain-failed */
export async function addKeychain(ports: SlotPorts, proof: Proof): Promise<void> {
  await changeSlots(ports, proof, async (masterKey, file) => [...without(file, ['keychain']), await keychainSlot(ports, masterKey)]);
}

/** No keychain opens the folder any more. @throws Failure as for the passphrase; vault.keychain-needed where there is no passphrase */
export async function removeKeychain(ports: SlotPorts, proof: Proof): Promise<void> {
  await changeSlots(ports, proof, async (_masterKey, file) => {
    if (file.passphrase.length === 0) throw new Failure('vault.keychain-needed');
    return without(file, ['keychain']);
  });
}
