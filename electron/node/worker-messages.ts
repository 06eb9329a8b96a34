/** What the main thread and the engine's worker say to each other. Neither a secret nor a token is ever part of it. */
import type { Push, Reply } from '../../shared/contract';
import type { EpochMs, TenantId } from '../../shared/domain/ids';
import type { TenantHome } from '../engine/ports';
import type { LogsReply, LogsRequest } from '../../shared/domain/logs-page';
import type { ErrorReport } from '../../shared/errors';

/** What the worker starts with. `files`: paths of the system, or `upload:ID` and `download:ID`, whose bytes pass through the main thread. */
export type WorkerStart = {
  readonly dataDir: string; readonly now: EpochMs | null; readonly wasm: Uint8Array; readonly countriesPath: string; readonly isDebugging: boolean; readonly files: 'paths' | 'transfers';
};

/** What the engine asks the main thread for, and what it gets. */
export type Asks = {
  readonly logs: { readonly input: { readonly tenant: TenantId; readonly request: LogsRequest }; readonly answer: LogsReply };
  readonly dataKey: { readonly input: { readonly tenant: TenantId }; readonly answer: Uint8Array | null };
  readonly createDataKey: { readonly input: { readonly tenant: TenantId }; readonly answer: Uint8Array };
  readonly homeOf: { readonly input: { readonly tenant: TenantId }; readonly answer: TenantHome };
  /** The keys are put beside what was written into a folder of the data folder, and all of it in place. */
  readonly putInPlace: { readonly input: { readonly folder: string }; readonly answer: null };
  readonly tenants: { readonly input: Readonly<Record<never, never>>; readonly answer: readonly TenantId[] };
  readonly forgetTenant: { readonly input: { readonly tenant: TenantId }; readonly answer: null };
  readonly retentionDays: { readonly input: { readonly tenant: TenantId }; readonly answer: number };
  readonly uploadSize: { readonly input: { readonly id: string }; readonly answer: number | null };
  /** Null at the end. */
  readonly readUpload: { readonly input: { readonly id: string }; readonly answer: Uint8Array | null };
  /** Answered when the browser has taken the bytes. */
  readonly writeDownload: { readonly input: { readonly id: string; readonly bytes: Uint8Array }; readonly answer: null };
  readonly endDownload: { readonly input: { readonly id: string; readonly end: 'done' | 'aborted' }; readonly answer: null };
};
export type AskName = keyof Asks;
export type Ask = { [Name in AskName]: { readonly name: Name; readonly input: Asks[Name]['input'] } }[AskName];

export type ToWorker =
  | { readonly kind: 'call'; readonly id: number; readonly name: string; readonly input: unknown }
  /** Moves the tenants in memory to the disk by way of a folder of the data folder; answered by a reply. */
  | { readonly kind: 'keep'; readonly id: number; readonly folder: string }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'answer'; readonly id: number; readonly ok: true; readonly value: Asks[AskName]['answer'] }
  | { readonly kind: 'answer'; readonly id: number; readonly ok: false; readonly error: ErrorReport }
  | { readonly kind: 'close' };

export type FromWorker =
  | { readonly kind: 'reply'; readonly id: number; readonly reply: Reply }
  | { readonly kind: 'push'; readonly push: Push }
  | { readonly kind: 'ask'; readonly id: number; readonly ask: Ask }
  /** The engine no longer wants the answer: its operation was cancelled. */
  | { readonly kind: 'withdraw'; readonly id: number }
  /** An error nobody foresaw was kept under this reference. */
  | { readonly kind: 'fault'; readonly reference: string; readonly trace: string }
  | { readonly kind: 'closed' };
