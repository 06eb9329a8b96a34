/** Questions about the archive of one tenant that tests of its storage ask. */
import { join } from 'node:path';
import { expect } from 'vitest';
import type { TenantStatus } from '../../shared/contract';
import type { RawEvent } from './log-event';
import type { TestEngine } from './test-engine';
import { bytesOf } from './test-engine';

export const storedTenant = 'acme.eu.auth0.com';

export async function statusOf(engine: TestEngine): Promise<TenantStatus> {
  const [status] = (await engine.call('archive.status', { tenant: storedTenant })).tenants;
  if (status === undefined) throw new Error('no status');
  return status;
}
/** Log ids of the timeline, oldest first. */
export async function logIds(engine: TestEngine): Promise<string[]> {
  const page = await engine.call('view.read', { tenant: storedTenant, view: 'audit-timeline', size: 5_000 });
  return page.rows.map(row => String(row['logId'])).reverse();
}
/** The bytes of every event that the archive shows are those that were stored. */
export async function expectHolds(engine: TestEngine, events: readonly RawEvent[]): Promise<void> {
  expect((await logIds(engine)).sort()).toEqual(events.map(event => event.log_id).sort());
  for (const event of events) expect(bytesOf(await engine.call('event.read', { tenant: storedTenant, logId: event.log_id }))).toBe(JSON.stringify(event));
}
export const folderOf = (engine: TestEngine): string => join(engine.root, 'data', 'tenants', `t-${storedTenant}`);
export const journalOf = (engine: TestEngine): string => join(folderOf(engine), 'journal');
