/** The vault: keeps the data keys and client secrets of a data folder, sealed by its passphrase, a recovery key or the system's keychain. */
import type { VaultState } from '../../shared/contract';
import { isTenantName } from '../../shared/domain/data-folder';
import { sampleTenant } from '../../shared/domain/ids';
import type { TenantId } from '../../shared/domain/ids';
import { Failure } from '../../shared/errors';
import { finishForgetting, forgetTenant } from './forget-tenant';
import { vaultHome } from './home';
import type { VaultHome } from './home';
import { damaged, keyFileVersion } from './key-file';
import { masterKeyOf } from './master-key';
import type { MasterKey } from './master-key';
import type { VaultCrypto, VaultFiles, VaultPorts } from './ports';
import { openText, sealText } from './seal';
import type { Purpose } from './seal';
import { listTenants, readTenantFile, tenantFilePath, writeTenantFile } from './tenant-file';
import type { TenantFile } from './tenant-file';
import { readVaultOfFolder } from './vault-file';

export type { Keychain, NoKeychain, ScryptCost, VaultCrypto, VaultFiles, VaultPorts } from './ports';

/** How a tenant's Auth0 is reached, the client secret in clear: never leaves the main thread. */
export type StoredConnection = {
  readonly tenant: TenantId;
  readonly domain: string;
  readonly apiOrigin: string | null;
  readonly audienceDomain: string;
  readonly acceptedDomain: string | null;
  readonly clientId: string;
  readonly clientSecret: string;
};

/** Whatever writes needs the data folder's writer lock. All @throw Failure vault.*, archive.* */
export type Vault = {
  /** Tenants of the folder, by name; opens nothing. One whose key file is damaged is listed as not connected: using it tells. */
  readonly tenants: () => readonly { readonly tenant: TenantId; readonly connected: boolean; readonly inMemory?: true }[];
  /** 32 bytes; null when there is no such tenant, which is found out before the passphrase is asked. */
  readonly dataKey: (tenant: TenantId) => Promise<Uint8Array | null>;
  /** The same, making the tenant when it is new. @throws Failure tenant.name-invalid; tenant.reserved */
  readonly createDataKey: (tenant: TenantId) => Promise<Uint8Array>;
  /** Null when there is no such tenant or it holds imported files only. */
  readonly connection: (tenant: TenantId) => Promise<StoredConnection | null>;
  /** Makes the tenant when it is new; otherwise replaces its connection and keeps its data key. */
  readonly saveConnection: (connection: StoredConnection) => Promise<void>;
  /** Destroys the tenant's key, then all that was stored of it; needs no passphrase, as nothing is opened. */
  readonly forgetTenant: (tenant: TenantId) => void;
  /** Ends what a killed process had begun to destroy. */
  readonly finishForgetting: () => void;
  /** Tells a wrong or missing passphrase, or a keychain that fails, before anything else is begun; writes nothing. */
  readonly checkPassphrase: () => Promise<void>;
  /** Asks nobody and opens nothing. */
  readonly state: () => Promise<VaultState>;
  /**
   * Opens by a passphrase or a recovery key; without either, by the keychain. A new folder has nothing to open.
   * @throws Failure vault.passphrase-wrong; vault.passphrase-missing; vault.keychain-failed, after which everything is as it was
   */
  readonly unlock: (typed: string | undefined) => Promise<VaultState>;
  /**
   * Makes and opens the vault of a new folder. The recovery key is shown this once and opens the folder wherever it lies.
   * @throws Failure vault.exists; vault.passphrase-weak; vault.passphrase-missing where no keychain protects; vault.keychain-failed
   */
  readonly setUp: (passphrase: string | undefined) => Promise<{ readonly recoveryKey: string }>;
  /**
   * Keeps every data key. `current` is the passphrase or the recovery key; empty where the folder has no passphrase yet.
   * @throws Failure vault.passphrase-weak; vault.passphrase-wrong; vault.passphrase-missing; vault.not-made
   */
  readonly changePassphrase: (current: string, next: string) => Promise<VaultState>;
  /** The old one opens nothing any more. `current` as for the passphrase. @throws Failure as for the passphrase */
  readonly newRecoveryKey: (current: string | undefined) => Promise<{ readonly recoveryKey: string }>;
  /**
   * From then on the keychain that is here opens the folder too. `current` as for the passphrase.
   * @throws Failure as for the passphrase; vault.keychain-failed, after which everything is as it was
   */
  readonly addKeychain: (current: string | undefined) => Promise<VaultState>;
  /** From then on no keychain opens the folder. `current` as for the passphrase. @throws Failure as for the passphrase; vault.keychain-needed without one */
  readonly removeKeychain: (current: string | undefined) => Promise<VaultState>;
  /** Forgets all keys; from then on only `unlock` opens. Keys that were given out are their holders' to forget. @throws Failure vault.in-memory */
  readonly lock: () => void;
} & VaultInMemory;

/** A vault of which nothing is on the disk: its tenants are gone with this process. What changes or locks the keys throws Failure vault.in-memory then. */
type VaultInMemory = {
  readonly isInMemory: () => boolean;
  /** Whether somebody keeps it at this moment, or waits to. */
  readonly isBeingKept: () => boolean;
  /** For all that is done to keep it: one after the other, so that what was told to one is what opens it. @throws Failure vault.exists when the one before has kept it; what the work throws */
  readonly keepInTurn: <Value>(work: () => Promise<Value>) => Promise<Value>;
  /** Opens a new folder so that nothing is ever written to it. @throws Failure vault.exists; vault.damaged */
  readonly holdInMemory: () => Promise<VaultState>;
  /** Makes, still in memory, the keys of a new folder; nothing opens otherwise by it. @throws Failure as for `setUp`; vault.exists when nothing is in memory any more */
  readonly prepareToKeep: (passphrase: string | undefined) => Promise<{ readonly recoveryKey: string }>;
  /** Hands over all key files, by their paths; when `place` has put them on the disk, that is where the vault is. @throws Failure vault.exists; what `place` throws, after which all is in memory as before */
  readonly keep: (place: (files: ReadonlyMap<string, Uint8Array>) => void) => void;
};

/** @throws Failure tenant.name-invalid; tenant.reserved for the built-in sample */
export function checkTenantName(name: string): void {
  if (!isTenantName(name)) throw new Failure('tenant.name-invalid', { tenant: name });
  if (name === sampleTenant) throw new Failure('tenant.reserved');
}

/** The keys of one kind of secret each, so that none opens another kind. */
type Keys = { readonly dataKeys: Uint8Array; readonly secrets: Uint8Array };

const keysOf = (crypto: VaultCrypto, masterKey: Uint8Array): Keys => ({
  dataKeys: crypto.hkdf(masterKey, 'tenantscope data keys 1'), secrets: crypto.hkdf(masterKey, 'tenantscope client secrets 1'),
});

const dataKeyPurpose = (tenant: TenantId): Purpose => ['data-key', keyFileVersion, tenant];

/** Holds the addresses too: a secret whose stored address was changed does not open, and so is not sent there. */
const secretPurpose = (tenant: TenantId, to: Omit<StoredConnection, 'tenant' | 'clientSecret'>): Purpose =>
  ['client-secret', keyFileVersion, tenant, to.domain, to.apiOrigin, to.audienceDomain, to.acceptedDomain, to.clientId];

function openDataKey(crypto: VaultCrypto, keys: Keys, file: TenantFile): Uint8Array {
  const key = openText(crypto, keys.dataKeys, dataKeyPurpose(file.tenant), file.dataKey);
  if (key === null) throw damaged(tenantFilePath(file.tenant));
  return key;
}

function newTenantFile(crypto: VaultCrypto, keys: Keys, tenant: TenantId): TenantFile {
  return { version: keyFileVersion, tenant, dataKey: sealText(crypto, keys.dataKeys, dataKeyPurpose(tenant), crypto.randomBytes(32)) };
}

function openConnection(crypto: VaultCrypto, keys: Keys, tenant: TenantId, stored: NonNullable<TenantFile['connection']>): StoredConnection {
  const { secret, ...to } = stored;
  const opened = openText(crypto, keys.secrets, secretPurpose(tenant, to), secret);
  if (opened === null) throw damaged(tenantFilePath(tenant));
  return { tenant, ...to, clientSecret: new TextDecoder().decode(opened) };
}

function sealConnection(crypto: VaultCrypto, keys: Keys, connection: StoredConnection): NonNullable<TenantFile['connection']> {
  const { domain, apiOrigin, audienceDomain, acceptedDomain, clientId } = connection;
  const secret = new TextEncoder().encode(connection.clientSecret);
  return {
    domain, apiOrigin, audienceDomain, acceptedDomain, clientId,
    secret: sealText(crypto, keys.secrets, secretPurpose(connection.tenant, connection), secret),
  };
}

/** A listing must not fail for one damaged tenant. */
function isConnected(files: VaultFiles, tenant: TenantId): boolean {
  try {
    return readTenantFile(files, tenant)?.connection !== undefined;
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}

const canBeStored = (tenant: TenantId): boolean => isTenantName(tenant) && tenant !== sampleTenant;

async function stateOf(ports: VaultPorts, home: VaultHome, isOpen: () => boolean): Promise<VaultState> {
  const keychain = await ports.keychain();
  const name = 'problem' in keychain ? null : keychain.name;
  const keychainProblem = 'problem' in keychain ? keychain.problem : null;
  if (home.held() !== null) return { state: 'memory', openedBy: [], keychain: name, keychainProblem, usesKeychain: false };
  const file = readVaultOfFolder(ports);
  const openedBy = (['passphrase', 'keychain', 'recovery'] as const)
    .filter(kind => file !== null && file[kind].length > 0 && (kind !== 'keychain' || name !== null));
  return {
    state: file === null ? 'none' : isOpen() ? 'open' : 'locked',
    openedBy, keychain: name, keychainProblem, usesKeychain: file !== null && file.keychain.length > 0,
  };
}

type KeyOperations = Pick<Vault, 'checkPassphrase' | 'state' | 'unlock' | 'setUp' | 'changePassphrase' | 'newRecoveryKey' | 'addKeychain' | 'removeKeychain' | 'lock'> & VaultInMemory;

/** What concerns the folder's own key and no tenant. */
function keyOperations(ports: VaultPorts, home: VaultHome, masterKey: MasterKey): KeyOperations {
  const state = (): Promise<VaultState> => stateOf(ports, home, masterKey.isHeld);
  const refuseHeld = (): void => { if (home.held() !== null) throw new Failure('vault.in-memory'); };
  const changing = async (change: () => Promise<void>): Promise<VaultState> => {
    refuseHeld();
    await change();
    return state();
  };
  return {
    ...inMemory(ports, home, masterKey, state),
    checkPassphrase: masterKey.check,
    state,
    unlock: async typed => {
      if (home.held() === null) await masterKey.unlock(typed);
      return state();
    },
    setUp: async passphrase => ({ recoveryKey: await masterKey.setUp(passphrase) }),
    changePassphrase: (current, next) => changing(() => masterKey.changePassphrase(current, next)),
    newRecoveryKey: async current => {
      refuseHeld();
      return { recoveryKey: await masterKey.newRecoveryKey(current) };
    },
    addKeychain: current => changing(() => masterKey.addKeychain(current)),
    removeKeychain: current => changing(() => masterKey.removeKeychain(current)),
    lock: () => {
      refuseHeld();
      masterKey.lock();
    },
  };
}

function keepingInTurn(refuseKept: () => void): Pick<VaultInMemory, 'isBeingKept' | 'keepInTurn'> {
  let last: Promise<unknown> = Promise.resolve();
  let asked = 0;
  return {
    isBeingKept: () => asked > 0,
    keepInTurn: work => {
      asked += 1;
      const kept = last.then(() => {
        refuseKept();
        return work();
      }).finally(() => { asked -= 1; });
      last = kept.catch(() => undefined);
      return kept;
    },
  };
}

function inMemory({ crypto }: VaultPorts, home: VaultHome, masterKey: MasterKey, state: () => Promise<VaultState>): VaultInMemory {
  const refuseExisting = (): void => {
    if (readVaultOfFolder({ files: home.disk, crypto }) !== null) throw new Failure('vault.exists');
  };
  const refuseKept = (): void => { if (home.held() === null) throw new Failure('vault.exists'); };
  return {
    ...keepingInTurn(refuseKept),
    isInMemory: () => home.held() !== null,
    holdInMemory: async () => {
      refuseExisting();
      if (home.held() === null) {
        home.hold();
        masterKey.hold();
      }
      return state();
    },
    prepareToKeep: async passphrase => {
      refuseExisting();
      return { recoveryKey: await masterKey.makeSlots(passphrase, refuseKept) };
    },
    keep: place => {
      const held = home.held();
      if (held === null) throw new Failure('vault.exists');
      refuseExisting();
      place(held.content);
      home.settle();
    },
  };
}

/** The vault of a data folder. Opens nothing until it is asked; keeps the master key in memory from then on, until it is locked. */
export function openVault(given: VaultPorts): Vault {
  const home = vaultHome(given.files);
  const ports = { ...given, files: home.files };
  const { files, crypto } = ports;
  const masterKey = masterKeyOf(ports);
  const withKeys = <Value>(work: (keys: Keys) => Value): Promise<Value> => masterKey.use(key => work(keysOf(crypto, key)));
  const stored = (tenant: TenantId): TenantFile | null => (canBeStored(tenant) ? readTenantFile(files, tenant) : null);
  return {
    ...keyOperations(ports, home, masterKey),
    forgetTenant: tenant => { forgetTenant(ports, tenant); },
    finishForgetting: () => { finishForgetting(home.disk); },
    tenants: () => listTenants(files).map(tenant => ({ tenant, connected: isConnected(files, tenant), ...(home.held() === null ? {} : { inMemory: true }) })),
    dataKey: async tenant => {
      const file = stored(tenant);
      return file === null ? null : withKeys(keys => openDataKey(crypto, keys, file));
    },
    createDataKey: async tenant => {
      checkTenantName(tenant);
      return withKeys(keys => {
        const file = stored(tenant);
        const kept = file ?? newTenantFile(crypto, keys, tenant);
        if (file === null) writeTenantFile(files, kept);
        return openDataKey(crypto, keys, kept);
      });
    },
    connection: async tenant => {
      const connection = stored(tenant)?.connection;
      return connection === undefined ? null : withKeys(keys => openConnection(crypto, keys, tenant, connection));
    },
    saveConnection: async connection => {
      checkTenantName(connection.tenant);
      await withKeys(keys => {
        const file = stored(connection.tenant) ?? newTenantFile(crypto, keys, connection.tenant);
        // A file whose data key does not open is damaged, and a damaged file is never written over.
        openDataKey(crypto, keys, file);
        writeTenantFile(files, { ...file, connection: sealConnection(crypto, keys, connection) });
      });
    },
  };
}
