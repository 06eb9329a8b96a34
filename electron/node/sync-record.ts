/** What is known of one tenant's syncs, and when the next one is due. */
import type { SyncReceipt, SyncState } from '../../shared/contract';
import { formatInstant } from '../../shared/domain/time';
import type { ErrorCode, ErrorReport, Failure } from '../../shared/errors';
import type { SyncOutcome } from './sync-outcomes';
import { keptErrorOf, reportOf } from './sync-outcomes';

/** Instants are epoch milliseconds. */
export type SyncRecord = {
  readonly tenant: string;
  readonly state: SyncState['state'];
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  /** The next scheduled sync counts from here; null makes it due at once. */
  readonly countsFrom: number | null;
  /** Waits for a reconnect or for somebody to sync by hand. */
  readonly isHalted: boolean;
  /** The first of the failures since the last success. */
  readonly failingSince: number | null;
  /** Whether that was told. */
  readonly isTold: boolean;
  readonly error: ErrorReport | null;
  readonly receipt: SyncReceipt | null;
};

/** Trying these again without a change only locks somebody out or fills Auth0's own log. */
const halting: readonly ErrorCode[] = [
  'auth0.credentials-rejected', 'auth0.grant-missing', 'auth0.audience-rejected', 'auth0.scope-missing', 'auth0.token-rejected', 'tenant.not-connected',
];

export const newRecord = (tenant: string, countsFrom: number | null): SyncRecord => ({
  tenant, state: 'idle', startedAt: null, finishedAt: null, countsFrom, isHalted: false, failingSince: null, isTold: false, error: null, receipt: null,
});

export const started = (record: SyncRecord, now: number): SyncRecord => ({ ...record, state: 'running', startedAt: now });

export const succeeded = (record: SyncRecord, now: number, receipt: SyncReceipt): SyncRecord => ({
  ...newRecord(record.tenant, now), startedAt: record.startedAt, finishedAt: now, receipt,
});

/** Somebody stopped it: that says nothing about the tenant. */
export const stopped = (record: SyncRecord, now: number): SyncRecord => ({
  ...record, state: record.error === null ? 'idle' : 'failed', finishedAt: now, countsFrom: now,
});

/** The folder cannot be written now: not this tenant's failure, and due until it can. */
export const held = (record: SyncRecord): SyncRecord => ({ ...record, state: 'waiting' });

/** After these a sync waits for the folder. */
export const holding: readonly ErrorCode[] = ['archive.locked', 'vault.locked', 'vault.passphrase-missing'];

/** Whether an error tells nothing of the tenant's syncs: somebody stopped it, or it could not begin. */
export const saysNothing = (code: ErrorCode): boolean => code === 'operation.cancelled' || holding.includes(code);

/** What is read cannot be stored now: nothing was acknowledged, and it is tried again when the next sync is due. */
const unstorable: readonly ErrorCode[] = ['archive.disk-full', 'archive.unwritable'];

/** Whether an error is the disk's and no tenant's. */
export const isOfDisk = (code: ErrorCode): boolean => unstorable.includes(code);

const stateAfter = (error: Pick<ErrorReport, 'code'> | null): SyncRecord['state'] => (error === null ? 'idle' : isOfDisk(error.code) ? 'waiting' : 'failed');

export function failed(record: SyncRecord, now: number, failure: Failure): SyncRecord {
  const error = failure.report();
  return { ...record, state: stateAfter(error), finishedAt: now, countsFrom: now, isHalted: halting.includes(error.code), failingSince: record.failingSince ?? now, error };
}

/** What of a record outlives the process. */
export const outcomeOf = ({ startedAt, finishedAt, failingSince, isTold, error }: SyncRecord): SyncOutcome =>
  ({ startedAt, finishedAt, failingSince, isTold, error: error === null ? null : keptErrorOf(error) });

/** A record as another process left it. What halted the syncs then may have been put right since, so that nothing is halted. */
export function restored(tenant: string, outcome: SyncOutcome | null, now: number): SyncRecord {
  if (outcome === null) return newRecord(tenant, now);
  const { startedAt, finishedAt, failingSince, isTold } = outcome;
  const error = outcome.error === null ? null : reportOf(outcome.error);
  // A clock that was set back must not put the telling off.
  return { ...newRecord(tenant, finishedAt), state: stateAfter(error), startedAt, finishedAt, failingSince: failingSince === null ? null : Math.min(failingSince, now), isTold, error };
}

/** New credentials: due at once, and a new episode of failures if they fail too. */
export const reconnected = (record: SyncRecord): SyncRecord =>
  (record.error !== null && halting.includes(record.error.code) ? { ...record, isHalted: false, countsFrom: null, failingSince: null, isTold: false } : record);

/** Null when none is to come by itself. A clock set back must not put a sync off. */
export function nextAt(record: SyncRecord, everyMinutes: number, now: number): number | null {
  if (everyMinutes === 0 || record.isHalted) return null;
  return record.countsFrom === null ? now : Math.min(record.countsFrom, now) + everyMinutes * 60_000;
}

const written = (at: number | null): string | null => (at === null ? null : formatInstant(at));

export function syncStateOf(record: SyncRecord, next: number | null): SyncState {
  const rest = record.error === null ? 'idle' : 'failed';
  return {
    tenant: record.tenant, state: record.state === 'waiting' && next === null ? rest : record.state, lastStartedAt: written(record.startedAt), lastFinishedAt: written(record.finishedAt),
    nextAt: record.state === 'running' ? null : written(next),
    error: record.error === null ? null : { code: record.error.code, title: record.error.title, hint: record.error.hint }, receipt: record.receipt,
  };
}
