/** Every operation of Tenantscope and every push, with their schemas: the one seam between a privileged side and whoever asks. */
import { z } from 'zod';
import type { ErrorReport } from './errors';

const tenant = z.string().min(1).max(253);
const logId = z.string().min(1).max(512);
const count = z.number().int().nonnegative();
const instant = z.string();
const text = z.string().max(4096);

/** A view's parameters as given: each a list of texts, several meaning "or". */
const params = z.record(z.string().max(64), z.array(text).max(1000));

const gap = z.object({ from: instant, to: instant, cause: z.string() });
const column = z.object({ id: z.string(), header: z.string(), kind: z.enum(['text', 'number', 'instant']) });
const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const connectInput = z.object({
  domain: text,
  clientId: text,
  clientSecret: text,
  apiOrigin: text.optional(),
  audienceDomain: text.optional(),
  acceptDomain: text.optional(),
});

const syncReceipt = z.object({
  tenant, read: count, stored: count, duplicates: count, revisions: count, setAside: count,
  checkpoint: logId.nullable(),
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

const exportRequest = z.object({ tenant, view: z.string().max(64), params: params.default({}), format: z.enum(exportFormats), out: text });

const exportReceipt = z.object({
  rows: count,
  files: z.array(z.object({ path: z.string(), sha256: z.string(), rows: count })),
  manifest: z.string().nullable(),
  /** Cells that the spreadsheet format changed: guarded with an apostrophe, or cut at 32,767 characters. */
  guarded: count, truncated: count,
});

/**
 * `runs`: on the main thread (credentials, network, keys) or in the engine's worker.
 * `access`: an operation that writes needs the data folder's only writer place.
 */
export const operations = {
  'tenant.connect': { runs: 'main', access: 'write', input: connectInput, output: z.object({ tenant, scopes: z.object({ granted: z.array(z.string()), missing: z.array(z.string()) }) }) },
  'tenant.list': { runs: 'main', access: 'read', input: z.object({}), output: z.object({ tenants: z.array(z.object({ tenant, connected: z.boolean() })) }) },
  'tenant.sync': { runs: 'engine', access: 'write', input: z.object({ tenant, followSeconds: z.number().min(1).max(86_400).optional() }), output: syncReceipt },
  'archive.import': { runs: 'engine', access: 'write', input: z.object({ tenant, files: z.array(text).min(1).max(10_000) }), output: importReceipt },
  'archive.status': { runs: 'engine', access: 'read', input: z.object({ tenant: tenant.optional() }), output: z.object({ tenants: z.array(tenantStatus) }) },
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
  'import.progress': z.object({ tenant, file: z.string(), read: count, stored: count, bytes: count, totalBytes: count.nullable() }),
  'export.progress': z.object({ tenant, rows: count, total: count.nullable() }),
} as const;

export type PushName = keyof typeof pushes;
export type Push = { [Name in PushName]: { readonly name: Name; readonly value: z.output<(typeof pushes)[Name]> } }[PushName];
export type SyncReceipt = z.output<typeof syncReceipt>;
export type ImportReceipt = z.output<typeof importReceipt>;
export type TenantStatus = z.output<typeof tenantStatus>;
export type ViewPage = z.output<typeof viewPage>;
export type ViewInfo = z.output<typeof viewInfo>;
export type ExportReceipt = z.output<typeof exportReceipt>;
export type Gap = z.output<typeof gap>;
export type RateBudget = z.output<typeof budget>;
