import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type * as Segment from '../../electron/engine/store/segment';
import { faultEvents, isFull } from '../builders/fault-world';
import type { RawEvent } from '../builders/log-event';
import { toJsonLines } from '../builders/log-event';
import type { ArchiveFolder } from '../node/backup-folders';
import { archiveFolder, backupOf, restoreInto } from '../node/backup-folders';
import { temporaryFolder } from '../node/temporary-folder';

/** So small that two frames fill a segment: a backup copies many files, and what is written meanwhile lies in several of them. */
vi.mock('../../electron/engine/store/segment', async original => ({ ...(await original<typeof Segment>()), segmentLimitBytes: 15_000 }));

const tenant = 'acme';
const events = faultEvents(900);
const user = 'auth0|3';
const isOfUser = (event: RawEvent): boolean => event['user_id'] === user;

async function importInto({ engine }: ArchiveFolder, some: readonly RawEvent[]) {
  return engine.call('archive.import', { tenant, files: [engine.file(`from-${some[0]?.log_id ?? 'none'}.jsonl`, toJsonLines(some))] });
}
async function restored(bytes: Buffer): Promise<ArchiveFolder> {
  const root = temporaryFolder();
  await restoreInto(join(root, 'data'), bytes);
  return archiveFolder(root);
}
const digestOf = (some: readonly RawEvent[]): string => createHash('sha256').update(some.map(event => event.log_id).sort().join('\n')).digest('hex');
const statusOf = async ({ engine }: ArchiveFolder) => (await engine.call('archive.status', { tenant })).tenants[0]!;

describe('a backup of an archive of several segments', () => {
  it('into which events come and segments begin all the while, is restored as the archive stood at an instant', async () => {
    const folder = archiveFolder();
    await importInto(folder, events.slice(0, 300));
    let stored = 300;
    const { bytes } = await backupOf(folder.dataDir, async () => {
      if (stored === events.length) return;
      await importInto(folder, events.slice(stored, stored + 60));
      stored += 60;
    });
    expect(readdirSync(join(folder.dataDir, 'tenants', 't-acme', 'journal')).length).toBeGreaterThan(5);
    const again = await restored(bytes);
    const status = await statusOf(again);
    expect(status.events).toBeGreaterThanOrEqual(300);
    expect(status).toMatchObject({ digest: digestOf(events.slice(0, status.events)), gaps: [] });
    expect(await again.engine.call('archive.verify', {})).toMatchObject({ ok: true, damaged: [] });
    await importInto(again, events);
    expect(await statusOf(again)).toMatchObject({ events: events.length, digest: digestOf(events), gaps: [] });
  });

  it('during which a user is forgotten, is restored with the user or without, and never as one that is forgotten and there', async () => {
    const outcomes: string[] = [];
    for (let moment = isFull ? 1 : 6; moment <= 13; moment += 1) {
      const folder = archiveFolder();
      await importInto(folder, events.slice(0, 500));
      let turn = 0;
      const { bytes } = await backupOf(folder.dataDir, async () => {
        if ((turn += 1) === moment) await folder.engine.call('user.forget', { tenant, userId: user });
      });
      const again = await restored(bytes);
      expect((await statusOf(again)).gaps, `moment ${String(moment)}`).toEqual([]);
      expect((await again.engine.call('archive.verify', {})).damaged, `moment ${String(moment)}`).toEqual([]);
      // One of the user's that is new tells whether the archive knows that the user is forgotten.
      const { setAside } = await importInto(again, [events.slice(500).find(isOfUser)!]);
      const isKnown = setAside.length > 0;
      const { rows } = await again.engine.call('view.read', { tenant, view: 'audit-timeline', params: { user: [user] }, size: 900 });
      outcomes.push(isKnown ? `known, ${String(rows.length)} there` : 'not known');
      const kept = events.slice(0, 500).filter(event => !isOfUser(event));
      const others = (await again.engine.call('view.read', { tenant, view: 'audit-timeline', size: 900 })).rows.filter(row => row['userId'] !== user);
      expect(others.map(row => row['logId']).sort(), `moment ${String(moment)}`).toEqual(kept.map(event => event.log_id).sort());
      await Promise.all([folder.engine.end(), again.engine.end()]);
    }
    expect(new Set(outcomes)).toEqual(new Set(['known, 0 there', 'not known']));
  });
});
