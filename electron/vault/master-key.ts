/** The master key of a data folder while this process has it in memory. */
import { Failure } from '../../shared/errors';
import { addKeychain, makeHeldVault, makeSlotsAnew, removeKeychain, replacePassphrase, replaceRecoveryKey, setUpVault } from './change-slots';
import type { Proof } from './change-slots';
import type { SlotPorts, VaultPorts } from './ports';
import { openByKeychain, openTyped, passphraseSlot, typedPassphrase } from './slots';
import { masterKeyBytes, readVaultOfFolder, writeVaultFile } from './vault-file';

export type MasterKey = {
  readonly isHeld: () => boolean;
  /**
   * Gives the 32 bytes to work that is done at once and keeps nothing of them. What is not open yet is opened by the passphrase port or,
   * without a passphrase, by the keychain; makes the vault when the folder has neither one nor a tenant.
   * @throws Failure vault.locked after `lock`, until `unlock`
   */
  readonly use: <Value>(work: (masterKey: Uint8Array) => Value) => Promise<Value>;
  /** Opens a vault that is there; where none is, makes sure that there is a passphrase to make one with, and writes nothing. */
  readonly check: () => Promise<void>;
  /** By what was typed or, with undefined, by the keychain; a new folder has nothing to open. */
  readonly unlock: (typed: string | undefined) => Promise<void>;
  readonly setUp: (passphrase: string | undefined) => Promise<string>;
  /** Makes and opens a vault that nothing else will ever open. */
  readonly hold: () => void;
  /** Makes the slots of a new folder for the key that is held, unless `refuseKept` throws. */
  readonly makeSlots: (passphrase: string | undefined, refuseKept: () => void) => Promise<string>;
  /** No change opens a locked vault or locks an open one. */
  readonly changePassphrase: (current: string, next: string) => Promise<void>;
  readonly newRecoveryKey: (current: string | undefined) => Promise<string>;
  readonly addKeychain: (current: string | undefined) => Promise<void>;
  readonly removeKeychain: (current: string | undefined) => Promise<void>;
  readonly lock: () => void;
};

async function makeVault(ports: VaultPorts, passphrase: string): Promise<Uint8Array> {
  const masterKey = ports.crypto.randomBytes(masterKeyBytes);
  const slot = await passphraseSlot(ports.crypto, passphrase, masterKey);
  // While scrypt ran, another vault of this process may have made the file; its master key is the one that counts.
  const made = readVaultOfFolder(ports);
  if (made !== null) return openTyped(ports, made, passphrase);
  writeVaultFile(ports, [slot]);
  return masterKey;
}

/** The key in memory. What was found for a vault that has been locked meanwhile is thrown away: the lock came last. */
class Holder {
  #held: Uint8Array | null = null;
  #locks = 0;

  get held(): Uint8Array | null {
    return this.#held;
  }

  /** How often it has been locked. */
  get locks(): number {
    return this.#locks;
  }

  /** Takes a key that was asked for when the vault had been locked `began` times. */
  keep(masterKey: Uint8Array, began: number): void {
    const stale = began === this.#locks ? this.#held : masterKey;
    if (began === this.#locks) this.#held = masterKey;
    stale?.fill(0);
  }

  lock(): void {
    this.#held?.fill(0);
    this.#held = null;
    this.#locks += 1;
  }

  /** For work that takes a while, during which the key may be wiped. */
  copy(): Uint8Array | null {
    return this.#held?.slice() ?? null;
  }

  get(): Uint8Array {
    if (this.#held === null) throw new Failure('vault.locked');
    return this.#held;
  }
}

const withKeychain = async (ports: VaultPorts): Promise<SlotPorts> => ({ files: ports.files, crypto: ports.crypto, keychain: await ports.keychain() });

/** Opens by the passphrase port, which is asked only once, whatever comes of it. */
function opener(ports: VaultPorts): { readonly passphrase: () => Promise<string>; readonly open: () => Promise<Uint8Array> } {
  let asked: Promise<string | null> | null = null;
  const given = (): Promise<string | null> => (asked ??= ports.passphrase());
  const passphrase = async (): Promise<string> => typedPassphrase(await given());
  const open = async (): Promise<Uint8Array> => {
    const file = readVaultOfFolder(ports);
    const typed = await given();
    if (file !== null && file.keychain.length > 0 && (typed ?? '') === '') {
      const judged = await withKeychain(ports);
      if (!('problem' in judged.keychain)) return openByKeychain(judged, file);
    }
    return file === null ? makeVault(ports, typedPassphrase(typed)) : openTyped(ports, file, typedPassphrase(typed));
  };
  return { passphrase, open };
}

type InTurn = <Value>(change: () => Promise<Value>) => Promise<Value>;

/** Runs one change after the other, so that each sees what the one before has made. */
function createQueue(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return change => {
    const changed = last.then(change);
    last = changed.catch(() => undefined);
    return changed;
  };
}

/** What changes the slots and no key. */
function changesOf(ports: VaultPorts, holder: Holder, inTurn: InTurn): Pick<MasterKey, 'changePassphrase' | 'newRecoveryKey' | 'addKeychain' | 'removeKeychain'> {
  const change = <Value>(typed: string | undefined, work: (judged: SlotPorts, proof: Proof) => Promise<Value>): Promise<Value> =>
    inTurn(async () => {
      const held = holder.copy();
      try {
        return await work(await withKeychain(ports), { typed, held });
      } finally {
        held?.fill(0);
      }
    });
  return {
    changePassphrase: (current, next) => change(current, (judged, proof) => replacePassphrase(judged, proof, next)),
    newRecoveryKey: current => change(current, replaceRecoveryKey),
    addKeychain: current => change(current, addKeychain),
    removeKeychain: current => change(current, removeKeychain),
  };
}

/**
 * The master key of a folder. What fails may be tried again. All throw Failure vault.passphrase-missing, before anything is written;
 * vault.passphrase-wrong; vault.keychain-failed; vault.damaged; archive.*
 */
export function masterKeyOf(ports: VaultPorts): MasterKey {
  const holder = new Holder();
  const inTurn = createQueue();
  const { passphrase, open } = opener(ports);
  let opening: Promise<unknown> | null = null;

  const ensureOpen = async (): Promise<void> => {
    if (holder.held !== null) return;
    if (holder.locks > 0) throw new Failure('vault.locked');
    opening ??= open().then(key => { holder.keep(key, 0); }).finally(() => { opening = null; });
    await opening;
  };
  const unlock = async (typed: string | undefined): Promise<void> => {
    const file = readVaultOfFolder(ports);
    if (file === null || (typed === undefined && holder.held !== null)) return;
    const began = holder.locks;
    holder.keep(typed === undefined ? await openByKeychain(await withKeychain(ports), file) : await openTyped(ports, file, typed), began);
    holder.get();
  };

  return {
    isHeld: () => holder.held !== null,
    use: async work => {
      await ensureOpen();
      return work(holder.get());
    },
    check: async () => void (readVaultOfFolder(ports) === null ? await passphrase() : await ensureOpen()),
    unlock,
    setUp: given => {
      const began = holder.locks;
      return inTurn(async () => {
        const { masterKey, recoveryKey } = await setUpVault(await withKeychain(ports), given);
        holder.keep(masterKey, began);
        return recoveryKey;
      });
    },
    hold: () => { holder.keep(makeHeldVault(ports), holder.locks); },
    makeSlots: (given, refuseKept) => inTurn(async () => makeSlotsAnew(await withKeychain(ports), given, holder.get(), refuseKept)),
    ...changesOf(ports, holder, inTurn),
    lock: () => { holder.lock(); },
  };
}
