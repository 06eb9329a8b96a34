/** What a host supplies so that the engine can run without Electron, Node or globals. */
import type { SqlJsStatic } from 'sql.js';
import type { Push } from '../../shared/contract';
import type { EpochMs, TenantId } from '../../shared/domain/ids';
import type { LogsReply, LogsRequest } from '../../shared/domain/logs-page';

/** Authorised requests to Auth0; runs on the main thread, so that the engine never sees a secret, a token or a header. */
export type Auth0Port = {
  /** @throws Failure auth0.* ; operation.cancelled when the signal fires */
  readonly logs: (tenant: TenantId, request: LogsRequest, signal: AbortSignal) => Promise<LogsReply>;
};

/** Data keys of tenants, 32 bytes each, unsealed by the vault on the main thread. */
export type KeysPort = {
  /** The key of a tenant's archive; null when there is no such tenant. @throws Failure vault.* */
  readonly dataKey: (tenant: TenantId) => Promise<Uint8Array | null>;
  /** The same, making the tenant when it is new. Needs the writer's place. */
  readonly createDataKey: (tenant: TenantId) => Promise<Uint8Array>;
  readonly tenants: () => Promise<readonly TenantId[]>;
};

/** Where a tenant lives: in the data folder, or, as nothing may be stored, in memory alone. */
export type TenantHome = 'disk' | 'memory';

export type HomePort = {
  readonly of: (tenant: TenantId) => Promise<TenantHome>;
  /**
   * Puts into its place what was written of the tenants in memory below a folder of the data folder, and the keys to it. From then on they live on the disk.
   * @throws Failure archive.*, vault.exists: then nothing was put anywhere
   */
  readonly putInPlace: (folder: string) => Promise<void>;
};

/** An open file. All calls block, which only stops the worker. @throws Failure archive.* */
export type ArchiveFile = {
  readonly size: () => number;
  /** Fewer bytes than asked for only at the end of the file. */
  readonly readAt: (offset: number, length: number) => Uint8Array;
  readonly writeAt: (offset: number, bytes: Uint8Array) => void;
  readonly truncate: (size: number) => void;
  /** Returns when the data is on the disk. */
  readonly sync: () => void;
  readonly close: () => void;
};

/** Files of the data folder by their path relative to it, `/` between the parts. Folders 0700, files 0600. */
export type ArchiveFiles = {
  readonly list: (folder: string) => readonly string[];
  readonly makeFolder: (folder: string) => void;
  readonly open: (path: string, mode: 'read' | 'write') => ArchiveFile | null;
  /** Whether another process holds the folder's writer place: then only what its heads vouch for is durable. */
  readonly isBeingWritten: () => boolean;
  /** Makes names in the folder durable. */
  readonly syncFolder: (folder: string) => void;
  /** Puts a file in the place of another, at once or not at all; the name is durable after `syncFolder`. */
  readonly rename: (from: string, to: string) => void;
  /** Nothing when the file is not there. */
  readonly remove: (path: string) => void;
};

export type ImportSource = {
  /** Size in bytes; null when it cannot be known (standard input). */
  readonly size: number | null;
  readonly chunks: AsyncIterable<Uint8Array>;
};

export type ExportTarget = {
  /** A promise when the target takes bytes more slowly than they come. */
  readonly write: (bytes: Uint8Array) => void | Promise<void>;
  /** Syncs and renames `.partial` to the final name, or ends the stream; returns the path shown to the user. */
  readonly commit: () => string | Promise<string>;
  readonly abort: () => void;
};

export type UserFiles = {
  /** `-` is standard input; `upload:ID` what a browser sends. @throws Failure import.unreadable */
  readonly openImport: (path: string) => ImportSource;
  /** `download:ID` is streamed to a browser. @throws Failure export.unwritable */
  readonly createExport: (path: string) => ExportTarget;
};

export type Hash = { readonly update: (bytes: Uint8Array) => void; readonly hex: () => string };

export type CryptoPort = {
  readonly randomBytes: (length: number) => Uint8Array;
  readonly sha256: () => Hash;
  /** HMAC-SHA-256, 32 bytes. */
  readonly hmac: (key: Uint8Array, bytes: Uint8Array) => Uint8Array;
  /** AES-256-GCM: ciphertext followed by the 16-byte tag. */
  readonly seal: (key: Uint8Array, nonce: Uint8Array, associated: Uint8Array, plain: Uint8Array) => Uint8Array;
  /** Null when the tag does not fit. */
  readonly open: (key: Uint8Array, nonce: Uint8Array, associated: Uint8Array, sealed: Uint8Array) => Uint8Array | null;
};

export type CompressionPort = {
  /** Brotli, quality 1. */
  readonly compress: (bytes: Uint8Array) => Uint8Array;
  /** @throws when the bytes are not Brotli or unpack to more than `limit` bytes */
  readonly decompress: (bytes: Uint8Array, limit: number) => Uint8Array;
  /** Unpacks gzip members one after the other. @throws Error whose message says what is wrong with the file */
  readonly gunzip: (chunks: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;
};

export type ClockPort = {
  /** Wall clock; fixed by TENANTSCOPE_NOW. */
  readonly now: () => EpochMs;
  /** Monotonic milliseconds, for rates and waits. */
  readonly elapsed: () => number;
  /** Resolves after the time, or at once when the signal fires; no time at all still lets waiting messages through. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
};

export type Ports = {
  readonly auth0: Auth0Port;
  readonly keys: KeysPort;
  readonly home: HomePort;
  readonly archiveFiles: ArchiveFiles;
  readonly userFiles: UserFiles;
  readonly crypto: CryptoPort;
  readonly compression: CompressionPort;
  readonly clock: ClockPort;
  readonly push: (push: Push) => void;
  /** Keeps the text of an unforeseen error on this machine; returns the reference a user is told. */
  readonly keepFault: (error: unknown) => string;
  readonly toBase64: (bytes: Uint8Array) => string;
  readonly openSql: () => Promise<SqlJsStatic>;
  /** Destroys a tenant's key, and then all that was stored of it; the engine must have let its archive go. */
  readonly forgetTenant: (tenant: TenantId) => Promise<void>;
  /** How many days of a tenant's log a person wants kept; 0 is all of it, for ever. */
  readonly retentionDays: (tenant: TenantId) => Promise<number>;
  /** ISO 3166 code of an address in its canonical spelling, upper case; null where it is not known. */
  readonly countryOf: (address: string) => string | null;
};
