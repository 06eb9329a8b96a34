/** One running Tenantscope for a Node host: the dispatch, the vault and the Auth0 client on this thread, the engine in a worker. */
import type { Input, OperationName, Output, Push } from '../../shared/contract';
import type { EpochMs } from '../../shared/domain/ids';
import type { HttpPort } from '../auth0/ports';

export type HostKind = 'cli' | 'desktop' | 'loopback';

/** Absolute paths of what the bundler put beside the program. */
export type EnginePaths = { readonly workerPath: string; readonly wasmPath: string; readonly licensesPath: string; readonly countriesPath: string };

export type HostOptions = {
  /** Absolute path of the data folder; made when something is first stored. */
  readonly dataDir: string;
  /** Asked at most once, and only when an operation needs a key; null when there is none. */
  readonly passphrase: () => Promise<string | null>;
  /** TENANTSCOPE_NOW, or null for the real clock. */
  readonly now: EpochMs | null;
  /** Default: the command line's. */
  readonly kind?: HostKind;
  /** The system's keychain, asked for whenever it counts; a problem says why there is none that protects anything. Default: none. */
  readonly keychain?: () => Promise<Keychain | { readonly problem: string }>;
  /** Default: undici with the proxy and certificates of the environment. */
  readonly http?: HttpPort & { readonly close: () => Promise<void> };
  /** Default: none; then paths are just paths. */
  readonly transfers?: Transfers;
  /** Default: nothing happens outside. */
  readonly effects?: Effects;
  /** Default: as bundled. Tests from source build their own. */
  readonly engine?: EnginePaths;
};

/** Seals small secrets with the operating system. */
export type Keychain = {
  /** For people: `macOS Keychain`, `Windows DPAPI`, `GNOME Keyring`. */
  readonly name: string;
  readonly seal: (bytes: Uint8Array) => Promise<Uint8Array>;
  /** @throws when the keychain is locked or another one than before */
  readonly open: (sealed: Uint8Array) => Promise<Uint8Array>;
};

/** How files come and go where a page asks for them. */
export type Transfers = {
  /** Size in bytes of `upload:ID`; null when it is not known. */
  readonly uploadSize: (id: string) => number | null;
  /** The next bytes of an upload, null at its end. @throws Failure import.unreadable when there is no such upload or it broke off */
  readonly readUpload: (id: string) => Promise<Uint8Array | null>;
  /** Resolves when the browser has taken the bytes. @throws Failure export.unwritable when it has gone */
  readonly writeDownload: (id: string, bytes: Uint8Array) => Promise<void>;
  readonly endDownload: (id: string, end: 'done' | 'aborted') => Promise<void>;
  /** Asks where to save (`out: 'choose'`); null when the user changed their mind. */
  readonly chooseSave: (suggestedName: string) => Promise<string | null>;
};

/** What unattended work may do outside the window. */
export type Effects = {
  readonly notify: (title: string, body: string) => void;
  readonly applyLoginItem: (startAtLogin: boolean) => void;
};

export type Host = {
  /** @throws Failure of the catalogue; operation.cancelled when the signal fired */
  readonly call: <Name extends OperationName>(name: Name, input: Input<Name>, options?: { readonly signal?: AbortSignal }) => Promise<Output<Name>>;
  /** Returns the function that ends the subscription. */
  readonly onPush: (listener: (push: Push) => void) => () => void;
  /** Tenants that are gone when it closes, as they are in memory only. */
  readonly wouldLose: () => readonly string[];
  readonly close: () => Promise<void>;
};
