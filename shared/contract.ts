/** Every operation of Tenantscope and every push, with their schemas: the one seam between a privileged side and whoever asks. */
import { z } from 'zod';
import type { ErrorReport } from './errors';
import { settings, settingsChange } from './settings';

export { settings } from './settings';
export type { Layout, Settings } from './settings';

const tenant = z.string().min(1).max(253);
const logId = z.string().min(1).max(512);
const count = z.number().int().nonnegative();
const instant = z.string();
const text = z.string().max(4096);

/** A view's parameters as given: each a list of texts, several meaning "or". */
const params = z.custom<Readonly<Record<string, readonly string[]>>>(isParams, 'each parameter is a list of texts');

/** Names are not looked at here, so that every one of them, `__proto__` too, reaches the check that knows a view's parameters. */
function isParams(given: unknown): boolean {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return false;
  const entries = Object.keys(given).map(name => [name, Object.getOwnPropertyDescriptor(given, name)?.value as unknown] as const);
  return entries.length <= 100 && entries.every(([name, values]) => name.length <= 64 && Array.isArray(values) && values.length <= 1000 && values.every(value => typeof value === 'string' && value.length <= 4096));
}

const gap = z.object({ from: instant, to: instant, cause: z.string() });
const column = z.object({ id: z.string(), header: z.string(), kind: z.enum(['text', 'number', 'instant']) });
const cell = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string()).readonly()]);

const connectInput = z.object({
  domain: text, clientId: text, clientSecret: text,
  apiOrigin: text.optional(), audienceDomain: text.optional(), acceptDomain: text.optional(),
});

const syncReceipt = z.object({
  tenant, read: count, stored: count, duplicates: count, revisions: count, setAside: count,
  checkpoint: logId.nullable(),
  /** How many of `setAside` were not kept as their user is forgotten; absent where there were none. */
  forgotten: count.optional(),
  /** Gaps this sync found, not those known before. */
  gaps: z.array(gap),
});

const importReceipt = z.object({
  tenant, read: count, stored: count, duplicates: count, revisions: count,
  setAside: z.array(z.object({ file: z.string(), line: count, reason: z.string() })),
});

const tenantStatus = z.object({
  tenant, events: count, firstAt: instant.nullable(), lastAt: instant.nullable(), checkpoint: logId.nullable(),
  digest: z.string(), contentDigest: z.string(), gaps: z.array(gap),
  revisions: count, setAside: count,
  /** Gone when Tenantscope is closed; absent where it is stored. */
  inMemory: z.literal(true).optional(),
  /** Why the archive cannot be read, where several were asked for; the rest of the entry is then empty. */
  error: z.object({ code: z.string(), title: z.string(), hint: z.string() }).nullable(),
});

/** `where`: a place in the file, or the log id; empty for the whole file. */
const damage = z.object({ file: z.string(), where: z.string(), what: z.string() });

const verifyReceipt = z.object({
  ok: z.boolean(),
  /** Frames that were read. */
  checked: count,
  damaged: z.array(damage),
  tenants: z.array(z.object({ tenant, frames: count, events: count, digest: z.string(), contentDigest: z.string() })),
});

/** How much was taken out of an archive: events, other versions of events, and bodies that had been set aside. */
const removalReceipt = z.object({
  tenant, events: count, versions: count, setAside: count,
  /** Bytes that could not be opened, and were taken out unseen. */
  damaged: z.array(damage),
});

const viewInfo = z.object({
  id: z.string(), title: z.string(), definition: z.string(),
  params: z.array(z.object({
    name: z.string(), type: z.string(), default: z.string().nullable(), values: z.array(z.string()).nullable(), help: z.string(),
  })),
  columns: z.array(column),
});

const viewRequest = z.object({
  tenant, view: z.string().max(64), params: params.default({}), size: z.number().int().min(1).max(5000).default(100), page: z.string().max(4096).optional(),
});

const viewPage = z.object({
  columns: z.array(column), rows: z.array(z.record(z.string(), cell)), next: z.string().nullable(), asOf: count, total: count.nullable(),
});

export const exportFormats = ['csv', 'csv-exact', 'jsonl'] as const;

/**
 * `out` is where the host lets the file go: a path on the command line; `choose` on the desktop, which asks the user;
 * `download:ID` on the loopback host, which streams it to the browser.
 */
const exportRequest = z.object({ tenant, view: z.string().max(64), params: params.default({}), format: z.enum(exportFormats), out: text });

const exportReceipt = z.object({
  rows: count,
  files: z.array(z.object({ path: z.string(), sha256: z.string(), rows: count })),
  manifest: z.string().nullable(),
  /** Cells that the spreadsheet format changed: guarded with an apostrophe, or cut at 32,767 characters. */
  guarded: count, truncated: count,
});

const scopes = z.object({ granted: z.array(z.string()), missing: z.array(z.string()) });

/**
 * How the folder's keys are kept. `none`: nothing is stored yet. `locked`: a passphrase or recovery key is needed. `memory`: nothing is
 * stored either, and tenants live in this process alone.
 */
const vaultState = z.object({
  state: z.enum(['none', 'locked', 'open', 'memory']),
  /** What opens it, beside what was typed just now. */
  openedBy: z.array(z.enum(['passphrase', 'keychain', 'recovery'])),
  /** The system's keychain: its name, or null where there is none that protects anything (then a passphrase is asked, with the reason). */
  keychain: z.string().nullable(),
  keychainProblem: z.string().nullable(),
  /** Whether a keychain is to open this folder, be it here or not. */
  usesKeychain: z.boolean(),
});

const appInfo = z.object({
  version: z.string(), host: z.enum(['desktop', 'loopback', 'cli']), platform: z.string(), dataDir: z.string(),
  versions: z.record(z.string(), z.string()),
  /** Whether this process may write, or another one holds the folder. */
  canWrite: z.boolean(),
  /** How many files and folders of the data folder others on this machine may read, because their modes could not be put right at the start. */
  readableByOthers: count,
});

const license = z.object({ name: z.string(), version: z.string(), license: z.string(), text: z.string() });
const syncState = z.object({
  tenant,
  /** `waiting`: due, but the folder is locked or another process writes to it; with an `error`, it cannot be written, as when the disk is full. */
  state: z.enum(['idle', 'running', 'waiting', 'failed']),
  lastStartedAt: instant.nullable(), lastFinishedAt: instant.nullable(), nextAt: instant.nullable(),
  /** The error of the last sync, when it failed or could not store. */
  error: z.object({ code: z.string(), title: z.string(), hint: z.string() }).nullable(),
  receipt: syncReceipt.nullable(),
});

/**
 * `runs`: on the main thread (credentials, network, keys) or in the engine's worker.
 * `access`: an operation that writes needs the data folder's only writer place.
 */
export const operations = {
  'tenant.connect': { runs: 'main', access: 'write', input: connectInput, output: z.object({ tenant, scopes }) },
  /** Tries domain, credentials and scopes without storing anything. */
  'tenant.check': { runs: 'main', access: 'read', input: connectInput, output: z.object({ tenant, scopes }) },
  /** `inMemory`: gone when Tenantscope is closed; absent where it is stored. */
  'tenant.list': { runs: 'main', access: 'read', input: z.object({}), output: z.object({ tenants: z.array(z.object({ tenant, connected: z.boolean(), inMemory: z.literal(true).optional() })) }) },
  'app.info': { runs: 'main', access: 'read', input: z.object({}), output: appInfo },
  'app.licenses': { runs: 'main', access: 'read', input: z.object({}), output: z.object({ licenses: z.array(license) }) },
  'settings.read': { runs: 'main', access: 'read', input: z.object({}), output: settings },
  'settings.write': { runs: 'main', access: 'read', input: settingsChange, output: settings },
  'vault.state': { runs: 'main', access: 'read', input: z.object({}), output: vaultState },
  /** Opens the vault with a passphrase or a recovery key; without either, with the system's keychain. */
  'vault.unlock': { runs: 'main', access: 'read', input: z.object({ passphrase: text.optional() }), output: vaultState },
  /** Has a new folder keep nothing: tenants live in memory until `vault.setUp` keeps them, or the program ends. */
  'vault.holdInMemory': { runs: 'main', access: 'read', input: z.object({}), output: vaultState },
  /**
   * Makes the vault of a new folder. The recovery key is shown this once. Without a passphrase the keychain alone keeps the key.
   * Tenants that are in memory are kept by it, all of them with all they hold; where that fails they stay in memory.
   */
  'vault.setUp': { runs: 'main', access: 'write', input: z.object({ passphrase: text.optional() }), output: z.object({ recoveryKey: z.string() }) },
  'vault.changePassphrase': { runs: 'main', access: 'write', input: z.object({ current: text, next: text }), output: vaultState },
  /** Makes a new recovery key; the old one opens nothing any more. `current` is the passphrase or the old key. */
  'vault.newRecoveryKey': { runs: 'main', access: 'write', input: z.object({ current: text.optional() }), output: z.object({ recoveryKey: z.string() }) },
  /** From then on the system's keychain opens the folder too, or no longer. `current` is the passphrase or the recovery key. */
  'vault.addKeychain': { runs: 'main', access: 'write', input: z.object({ current: text.optional() }), output: vaultState },
  'vault.removeKeychain': { runs: 'main', access: 'write', input: z.object({ current: text.optional() }), output: vaultState },
  /** Forgets every key in memory, ends what reads or writes an archive, and closes them all, until the vault is unlocked. */
  'vault.lock': { runs: 'main', access: 'read', input: z.object({}), output: vaultState },
  'sync.states': { runs: 'main', access: 'read', input: z.object({}), output: z.object({ tenants: z.array(syncState) }) },
  /** Stops a tenant's sync whoever started it, and answers when it has ended. `stopped` is false where none ran. */
  'sync.stop': { runs: 'main', access: 'read', input: z.object({ tenant }), output: z.object({ stopped: z.boolean() }) },
  /** One file with everything in the data folder, as encrypted as it lies there. `out` as for an export. */
  'archive.backup': { runs: 'main', access: 'read', input: z.object({ out: text }), output: z.object({ path: z.string(), bytes: count, sha256: z.string() }) },
  /** Into an empty data folder only. `file` as for an import. */
  'archive.restore': { runs: 'main', access: 'write', input: z.object({ file: text }), output: z.object({ tenants: z.array(tenant), files: count, bytes: count }) },
  /** The parts of a support bundle as they would be saved, so that a person can read them first. */
  'support.preview': { runs: 'main', access: 'read', input: z.object({}), output: z.object({ files: z.array(z.object({ name: z.string(), text: z.string() })) }) },
  'support.save': { runs: 'main', access: 'read', input: z.object({ out: text, files: z.array(z.string()).min(1).max(20) }), output: z.object({ path: z.string() }) },
  'tenant.sync': { runs: 'engine', access: 'write', input: z.object({ tenant, followSeconds: z.number().min(1).max(86_400).optional() }), output: syncReceipt },
  'archive.import': { runs: 'engine', access: 'write', input: z.object({ tenant, files: z.array(text).min(1).max(10_000) }), output: importReceipt },
  /** Reads whole archives from the disk and compares them with what is in memory: one tenant's, or all stored ones. */
  'archive.verify': { runs: 'engine', access: 'read', input: z.object({ tenant: tenant.optional() }), output: verifyReceipt },
  /** Takes out what is older than the tenant's retention, when one is set. */
  'archive.purge': { runs: 'engine', access: 'write', input: z.object({ tenant }), output: removalReceipt.extend({ before: instant.nullable() }) },
  /** Takes out the events whose user_id this is, and keeps a tombstone so that no sync or import brings them back. */
  'user.forget': { runs: 'engine', access: 'write', input: z.object({ tenant, userId: text.min(1) }), output: removalReceipt },
  /** Destroys the tenant's key, then everything that was stored of it. */
  'tenant.forget': { runs: 'engine', access: 'write', input: z.object({ tenant }), output: z.object({ tenant }) },
  'archive.status': { runs: 'engine', access: 'read', input: z.object({ tenant: tenant.optional() }), output: z.object({ tenants: z.array(tenantStatus) }) },
  /** What an archive covers, without reading it through. */
  'archive.span': {
    runs: 'engine', access: 'read', input: z.object({ tenant }),
    output: z.object({ tenant, events: count, firstAt: instant.nullable(), lastAt: instant.nullable(), checkpoint: logId.nullable(), gaps: z.array(gap) }),
  },
  'event.read': { runs: 'engine', access: 'read', input: z.object({ tenant, logId }), output: z.object({ base64: z.string() }) },
  'view.list': { runs: 'engine', access: 'read', input: z.object({}), output: z.object({ views: z.array(viewInfo) }) },
  'view.read': { runs: 'engine', access: 'read', input: viewRequest, output: viewPage },
  'view.export': { runs: 'engine', access: 'read', input: exportRequest, output: exportReceipt },
} as const;

export type Operations = typeof operations;
export type OperationName = keyof Operations;
export type Input<Name extends OperationName> = z.input<Operations[Name]['input']>;
export type CheckedInput<Name extends OperationName> = z.output<Operations[Name]['input']>;
export type Output<Name extends OperationName> = z.output<Operations[Name]['output']>;
export type NamesRunning<Where extends 'main' | 'engine'> = { [Name in OperationName]: Operations[Name]['runs'] extends Where ? Name : never }[OperationName];

export type Reply<Value = unknown> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: ErrorReport };

const budget = z.object({ limit: count, remaining: count, resetAt: count });

export const menuCommands = ['import', 'export', 'sync', 'settings', 'about'] as const;
export type MenuCommand = (typeof menuCommands)[number];

/** What a host is told while an operation runs. */
export const pushes = {
  'sync.progress': z.object({
    tenant, read: count, stored: count, duplicates: count,
    /** Events a second over the last seconds. */
    rate: z.number(),
    /** Milliseconds to the end of the log; null while it cannot be known. */
    etaMs: z.number().nullable(),
    /** How far the log has been read, by the time inside the log id. */
    readUpTo: instant.nullable(),
    /** Auth0's rate budget for reading logs, as of the last answer. */
    budget: budget.nullable(),
    state: z.enum(['starting', 'reading', 'waiting', 'following', 'done']),
  }),
  /** A request to Auth0 waits, for the tenant's rate budget or because Auth0 asked for it. */
  'auth0.waiting': z.object({ tenant, until: instant }),
  'import.progress': z.object({ tenant, file: z.string(), read: count, stored: count, bytes: count, totalBytes: count.nullable() }),
  /** The state of a tenant's syncs changed, whoever started them. */
  'sync.state': syncState,
  /** Settings were written, or the vault was locked and what was read is not to be shown any more, perhaps from another window. */
  'settings.changed': settings, 'vault.locked': vaultState,
  'verify.progress': z.object({ tenant, frames: count, totalFrames: count.nullable() }),
  'backup.progress': z.object({ bytes: count, totalBytes: count.nullable() }),
  'export.progress': z.object({ tenant, rows: count, total: count.nullable() }),
  /** A command of the desktop's menu or tray was chosen: the page does what its own button does. */
  'menu.command': z.object({ command: z.enum(menuCommands) }),
} as const;

export type PushName = keyof typeof pushes;
export type Push = { [Name in PushName]: { readonly name: Name; readonly value: z.output<(typeof pushes)[Name]> } }[PushName];
export type SyncReceipt = z.output<typeof syncReceipt>;
export type VerifyReceipt = z.output<typeof verifyReceipt>;
export type RemovalReceipt = z.output<typeof removalReceipt>;
export type Damage = z.output<typeof damage>;
export type ImportReceipt = z.output<typeof importReceipt>;
export type TenantStatus = z.output<typeof tenantStatus>;
export type ViewPage = z.output<typeof viewPage>;
export type ViewInfo = z.output<typeof viewInfo>;
export type ExportReceipt = z.output<typeof exportReceipt>;
export type Gap = z.output<typeof gap>;
export type SyncState = z.output<typeof syncState>;
export type VaultState = z.output<typeof vaultState>;
export type AppInfo = z.output<typeof appInfo>;
export type TenantScopes = z.output<typeof scopes>;
export type RateBudget = z.output<typeof budget>;
