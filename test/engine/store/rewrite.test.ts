import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { ArchiveFiles } from '../../../electron/engine/ports';
import { Failure } from '../../../shared/errors';
import type { ErrorCode } from '../../../shared/errors';
import { crashKinds } from '../../builders/crash-state';
import { fakeLog } from '../../builders/fake-log';
import type { RawEvent } from '../../builders/log-event';
import { logEvent, logEvents, toJsonLines } from '../../builders/log-event';
import { recordingFiles } from '../../builders/recording-files';
import { seededRandom } from '../../builders/seeded-random';
import { expectHolds, folderOf, journalOf, logIds, statusOf, storedTenant as tenant } from '../../builders/stored-archive';
import type { TestEngine, TestEngineOptions } from '../../builders/test-engine';
import { testEngine } from '../../builders/test-engine';

const open: TestEngine[] = [];
afterEach(async () => { for (const engine of open.splice(0)) await engine.end(); });
const make = (options: TestEngineOptions): TestEngine => {
  const engine = testEngine({ tenants: [tenant], ...options });
  open.push(engine);
  return engine;
};

const refused = (code: ErrorCode) => expect.objectContaining({ code }) as unknown as Error;
const isOf = (userId: string) => (event: RawEvent): boolean => event['user_id'] === userId;
async function synced(events: readonly RawEvent[], options: TestEngineOptions = {}): Promise<TestEngine> {
  const engine = make({ auth0: fakeLog(events), ...options });
  await engine.call('tenant.sync', { tenant });
  return engine;
}

describe('forgetting a user', () => {
  it('takes every event of the user out, and leaves every other byte for byte where it was', async () => {
    const events = logEvents(700);
    const engine = await synced(events);
    const before = await statusOf(engine);
    const receipt = await engine.call('user.forget', { tenant, userId: 'auth0|3' });
    const kept = events.filter(event => !isOf('auth0|3')(event));
    expect(receipt).toEqual({ tenant, events: 100, versions: 0, setAside: 0, damaged: [] });
    await expectHolds(engine, kept);
    expect(await statusOf(engine)).toMatchObject({ events: 600, checkpoint: before.checkpoint, gaps: [] });
  });

  it('holds for whoever opens the archive next, in the same order', async () => {
    const events = logEvents(350);
    const engine = await synced(events);
    await engine.call('user.forget', { tenant, userId: 'auth0|0' });
    const order = await logIds(engine);
    const status = await statusOf(engine);
    await engine.close();
    const next = engine.another();
    expect(await logIds(next)).toEqual(order);
    expect(await statusOf(next)).toEqual(status);
    await next.close();
  });

  it('keeps the user out of later syncs and imports, and tells so', async () => {
    const events = logEvents(100);
    const log = fakeLog(events);
    const engine = make({ auth0: log });
    await engine.call('tenant.sync', { tenant });
    await engine.call('user.forget', { tenant, userId: 'auth0|2' });
    const next = logEvent(100, { user_id: 'auth0|new' });
    log.events = [...events, next, ...Array.from({ length: 3 }, (_, index) => logEvent(101 + index, { user_id: 'auth0|2' }))];
    const sync = await engine.call('tenant.sync', { tenant });
    expect(sync).toMatchObject({ stored: 1, gaps: [] });
    expect(sync.setAside).toBe(sync.forgotten);
    expect(sync.read).toBe(sync.stored + sync.duplicates + sync.revisions + sync.setAside);
    const file = engine.file('old.jsonl', toJsonLines(events));
    const imported = await engine.call('archive.import', { tenant, files: [file] });
    expect(imported.setAside.every(({ reason }) => reason === 'forgotten user')).toBe(true);
    expect(imported.setAside.map(({ line }) => line)).toEqual(events.flatMap((event, index) => (isOf('auth0|2')(event) ? [index + 1] : [])));
    expect(imported.read).toBe(imported.stored + imported.duplicates + imported.revisions + imported.setAside.length);
    await expectHolds(engine, [...events.filter(event => !isOf('auth0|2')(event)), next]);
  });

  it('does not keep the id of the user, nor anything of their events, in any file', async () => {
    const engine = await synced(logEvents(60));
    await engine.call('user.forget', { tenant, userId: 'auth0|5' });
    const names = readdirSync(folderOf(engine), { recursive: true, encoding: 'utf8' });
    expect(names.filter(name => name.endsWith('.tmp') || name.includes('snapshot'))).toEqual([]);
    const journal = readFileSync(join(journalOf(engine), '00000001.tsj')).toString('latin1');
    expect(journal).not.toContain('auth0|5');
  });

  it('takes other versions of an event along, and a version of the user alone where the event is another\'s', async () => {
    const engine = make({});
    const first = logEvent(1, { user_id: 'auth0|gone' });
    const other = logEvent(2, { user_id: 'auth0|stays' });
    const files = [[first, other], [{ ...first, description: 'changed', user_id: 'auth0|stays' }, { ...other, user_id: 'auth0|gone' }, { ...other, description: 'changed' }]]
      .map((events, index) => engine.file(`${String(index)}.jsonl`, toJsonLines(events)));
    for (const file of files) await engine.call('archive.import', { tenant, files: [file] });
    expect(await statusOf(engine)).toMatchObject({ events: 2, revisions: 3 });
    expect(await engine.call('user.forget', { tenant, userId: 'auth0|gone' })).toMatchObject({ events: 1, versions: 2 });
    expect(await statusOf(engine)).toMatchObject({ events: 1, revisions: 1 });
    await expectHolds(engine, [other]);
  });

  it('takes what was set aside of the user along', async () => {
    const engine = await synced([...logEvents(3), { ...logEvent(3, { user_id: 'auth0|gone' }), date: 'no date' }, { ...logEvent(4), date: 'no date' }]);
    expect((await statusOf(engine)).setAside).toBe(2);
    expect(await engine.call('user.forget', { tenant, userId: 'auth0|gone' })).toMatchObject({ events: 0, setAside: 1 });
    expect((await statusOf(engine)).setAside).toBe(1);
    expect((await engine.call('tenant.sync', { tenant })).setAside).toBe(1);
    expect((await statusOf(engine)).setAside).toBe(1);
  });

  it('drops bytes that do not open, as they may be the user\'s, and tells where they were', async () => {
    const engine = await synced(logEvents(500));
    await engine.close();
    const file = join(journalOf(engine), '00000001.tsj');
    const bytes = readFileSync(file);
    bytes[bytes.length - 700] = (bytes[bytes.length - 700] ?? 0) ^ 1;
    bytes[200] = (bytes[200] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    const next = engine.another();
    const receipt = await next.call('user.forget', { tenant, userId: 'nobody' });
    expect(receipt.damaged.length).toBeGreaterThan(0);
    expect(receipt.damaged.every(({ file: name }) => name === `tenants/t-${tenant}/journal/00000001.tsj`)).toBe(true);
    expect((await statusOf(next)).gaps.filter(({ cause }) => cause === 'damage').length).toBeGreaterThan(0);
    expect((await next.call('user.forget', { tenant, userId: 'nobody' })).damaged).toEqual([]);
    await next.close();
  });

  it('tells pages that were open, and another process that reads, that the archive is another one', async () => {
    const engine = await synced(logEvents(300));
    const reader = engine.another();
    const page = await reader.call('view.read', { tenant, view: 'audit-timeline', size: 10 });
    await engine.call('user.forget', { tenant, userId: 'auth0|1' });
    expect((await statusOf(reader)).events).toBe(257);
    for (const asked of [engine, reader]) {
      await expect(asked.call('view.read', { tenant, view: 'audit-timeline', size: 10, page: page.next ?? '' })).rejects.toThrow(refused('view.page-expired'));
    }
    await reader.close();
  });

  it('refuses the sample tenant and one that is not there', async () => {
    const engine = make({});
    await expect(engine.call('user.forget', { tenant: 'sample', userId: 'x' })).rejects.toThrow(refused('tenant.reserved'));
    await expect(engine.call('user.forget', { tenant: 'none.example.com', userId: 'x' })).rejects.toThrow(refused('tenant.unknown'));
    await expect(engine.call('tenant.forget', { tenant: 'sample' })).rejects.toThrow(refused('tenant.reserved'));
    await expect(engine.call('tenant.forget', { tenant: 'none.example.com' })).rejects.toThrow(refused('tenant.unknown'));
  });

  it('lets a sync under way end first, and one that comes meanwhile wait', async () => {
    const log = fakeLog(logEvents(50));
    const engine = make({ auth0: log });
    await engine.call('tenant.sync', { tenant });
    log.events = logEvents(80);
    const [, receipt, second] = await Promise.all([
      engine.call('tenant.sync', { tenant }), engine.call('user.forget', { tenant, userId: 'auth0|1' }), engine.call('tenant.sync', { tenant }),
    ]);
    expect(receipt.events).toBe(12);
    expect(second.stored).toBe(0);
    await expectHolds(engine, logEvents(80).filter(event => !isOf('auth0|1')(event)));
  });

  it('agrees with a plain filter, whoever is forgotten in whatever order', async () => {
    await fc.assert(fc.asyncProperty(
      fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 60 }), fc.uniqueArray(fc.nat({ max: 5 }), { maxLength: 4 }), fc.integer({ min: 1, max: 9 }),
      async (users, forgotten, take) => {
        const events = users.map((user, index) => logEvent(index, { user_id: `auth0|${String(user)}` }));
        const log = fakeLog(events);
        const engine = testEngine({ tenants: [tenant], auth0: { logs: (name, request, signal) => log.logs(name, request.mode === 'oldest' ? request : { ...request, take }, signal) } });
        try {
          await engine.call('tenant.sync', { tenant });
          for (const user of forgotten) await engine.call('user.forget', { tenant, userId: `auth0|${String(user)}` });
          await expectHolds(engine, events.filter(event => !forgotten.some(user => isOf(`auth0|${String(user)}`)(event))));
          expect((await engine.call('tenant.sync', { tenant })).stored).toBe(0);
          expect((await statusOf(engine)).gaps).toEqual([]);
        } finally {
          await engine.end();
        }
      }), { numRuns: 12, seed: 5 });
  });
});

describe('a rewriting that is cut short', () => {
  const events = logEvents(140);
  const kept = events.filter(event => !isOf('auth0|4')(event));

  /** Whatever a crash left: nobody else's event is missing, and the next writer makes an end of it. */
  async function recover(files: ArchiveFiles, label: string): Promise<'forgotten' | 'untouched'> {
    const engine = make({ auth0: fakeLog(events), ports: { archiveFiles: files } });
    const seen = new Set(await logIds(engine));
    for (const event of kept) if (!seen.has(event.log_id)) throw new Error(`${label}: an event of another user is missing`);
    const receipt = await engine.call('tenant.sync', { tenant });
    const left = (await logIds(engine)).length;
    expect([kept.length, events.length], label).toContain(left);
    expect(receipt.gaps, label).toEqual([]);
    expect(files.list(`tenants/t-${tenant}/journal`).filter(name => name.endsWith('.tmp')), label).toEqual([]);
    if (left === kept.length) await expectHolds(engine, kept);
    return left === kept.length ? 'forgotten' : 'untouched';
  }

  it('at any operation on the disk, loses nobody else\'s event and ends with the next writer', async () => {
    const before = recordingFiles();
    const small = fakeLog(events);
    const engine = make({ auth0: { logs: (name, request, signal) => small.logs(name, request.mode === 'oldest' ? request : { ...request, take: 20 }, signal) }, ports: { archiveFiles: before.files } });
    await engine.call('tenant.sync', { tenant });
    const recording = recordingFiles(before.content());
    const forgetting = make({ auth0: fakeLog(events), ports: { archiveFiles: recording.files } });
    await forgetting.call('user.forget', { tenant, userId: 'auth0|4' });
    const outcomes: string[] = [];
    for (let count = 0; count <= recording.ops.length; count += 1) {
      for (const kind of crashKinds) {
        const label = `crash behind operation ${String(count)} of ${String(recording.ops.length)}, ${kind}`;
        outcomes.push(await recover(recordingFiles(recording.crash(count, kind, seededRandom(count))).files, label));
        await Promise.all(open.splice(2).map(other => other.end()));
      }
    }
    expect(new Set(outcomes)).toEqual(new Set(['untouched', 'forgotten']));
    expect(outcomes.at(-1)).toBe('forgotten');
  });

  it('by a full disk leaves everything readable, and ends when there is space', async () => {
    let isFull = false;
    const disk = recordingFiles();
    const engine = make({ auth0: fakeLog(events), ports: { archiveFiles: disk.files } });
    await engine.call('tenant.sync', { tenant });
    disk.strike = op => (isFull && op.kind === 'write' && op.path.endsWith('.tmp') ? { failure: new Failure('archive.disk-full'), written: 10 } : null);
    isFull = true;
    await expect(engine.call('user.forget', { tenant, userId: 'auth0|4' })).rejects.toThrow(refused('archive.disk-full'));
    expect(disk.files.list(`tenants/t-${tenant}/journal`)).toEqual(['00000001.tsj', 'head']);
    expect(await logIds(engine)).toHaveLength(140);
    isFull = false;
    expect((await engine.call('tenant.sync', { tenant })).stored).toBe(0);
    await expectHolds(engine, kept);
  });
});
