/** When somebody is told that a tenant's syncs fail, and in which words. */
import { planRetentionOf } from '../../shared/settings';
import type { Settings } from '../../shared/settings';
import type { SyncRecord } from './sync-record';

type Plan = Pick<Settings, 'planRetention'>;

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** A quarter of the time that Auth0 keeps the tenant's log, by its plan. */
const patienceMs = (record: SyncRecord, plan: Plan): number => (planRetentionOf(plan, record.tenant) * dayMs) / 4;

/** Whether what is not synced soon may be lost, and nobody was told yet. */
export function isToBeTold(record: SyncRecord, plan: Plan, now: number): boolean {
  return record.failingSince !== null && !record.isTold && now - record.failingSince >= patienceMs(record, plan);
}

/** Whether a sync of another process has succeeded since ours began to fail, as the kept record says: only then are there later failures, or none. */
function hasSucceededElsewhere({ failingSince }: SyncRecord, kept: SyncRecord): boolean {
  return failingSince !== null && (kept.failingSince ?? kept.finishedAt ?? 0) > failingSince;
}

/** Whether another process has told of the same failures, or has ended them. */
export function isSettledElsewhere(record: SyncRecord, kept: SyncRecord): boolean {
  if (record.failingSince === null || hasSucceededElsewhere(record, kept)) return true;
  return kept.isTold && kept.failingSince === record.failingSince;
}

/** The record with the end of its syncs as the kept one has it, where that knows of a later success; when the next one is due stays ours. */
export function caughtUp(record: SyncRecord, kept: SyncRecord): SyncRecord {
  if (!hasSucceededElsewhere(record, kept)) return record;
  const { state, finishedAt, failingSince, isTold, error } = kept;
  return { ...record, state: ['running', 'waiting'].includes(record.state) ? record.state : state, finishedAt, failingSince, isTold, error };
}

/** Whole ones, rounded down: `7 hours`, `2 days`. */
function durationWords(ms: number): string {
  const hours = Math.floor(ms / hourMs);
  if (hours >= 48) return `${String(Math.floor(hours / 24))} days`;
  return hours === 1 ? '1 hour' : `${String(hours)} hours`;
}

function retentionWords(record: SyncRecord, plan: Plan): string {
  const days = planRetentionOf(plan, record.tenant);
  const kept = days === 1 ? 'a day' : `${String(days)} days`;
  return Object.hasOwn(plan.planRetention, record.tenant) ? `By its plan, Auth0 keeps the log for ${kept}.` : `Auth0 may keep the log for only ${kept}: the settings take a plan that keeps it longer.`;
}

export function noticeOf(record: SyncRecord, plan: Plan, now: number): { readonly title: string; readonly body: string } {
  const { tenant, error, failingSince } = record;
  return {
    title: `${tenant} has not been synced for ${durationWords(now - (failingSince ?? now))}`,
    body: `${error?.title ?? 'The sync fails'}. ${error?.hint ?? ''} ${retentionWords(record, plan)}`,
  };
}
