import { rmSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { fakeLog } from '../../builders/fake-log';
import { faultyFiles, newRoot } from '../../builders/faulty-files';
import { logEvents, toJsonLines } from '../../builders/log-event';
import { expectHolds, folderOf, logIds, statusOf, storedTenant as tenant } from '../../builders/stored-archive';
import type { TestEngine, TestEngineOptions } from '../../builders/test-engine';
import { testEngine } from '../../builders/test-engine';

const open: TestEngine[] = [];
afterEach(async () => { for (const engine of open.splice(0)) await engine.end(); });
const make = (options: TestEngineOptions): TestEngine => {
  const engine = testEngine(options);
  open.push(engine);
  return engine;
};
const [before, anew] = [logEvents(40), logEvents(7, 500)];

describe('a tenant that was forgotten and made anew', () => {
  it('by another process, under another key, shows what is new to who had it open, and nothing of before', async () => {
    let key = new Uint8Array(32).fill(1);
    const keys = { dataKey: () => Promise.resolve(key), createDataKey: () => Promise.resolve(key), tenants: () => Promise.resolve([tenant]) };
    const root = newRoot();
    const engine = make({ root, auth0: fakeLog(before), ports: { keys } });
    await engine.call('tenant.sync', { tenant });
    await expectHolds(engine, before);
    rmSync(folderOf(engine), { recursive: true });
    key = new Uint8Array(32).fill(2);
    const other = make({ root, ports: { keys } });
    await other.call('archive.import', { tenant, files: [other.file('anew.jsonl', toJsonLines(anew))] });
    await other.close();
    await expectHolds(engine, anew);
    expect(await statusOf(engine)).toMatchObject({ events: anew.length, gaps: [] });
    await engine.call('archive.import', { tenant, files: [engine.file('more.jsonl', toJsonLines(logEvents(9, 500)))] });
    await expectHolds(engine, logEvents(9, 500));
  });

  it('shows nothing of before to who began to read while it was destroyed, and no file of it stays open', async () => {
    const root = newRoot();
    const { files, faults } = faultyFiles(root);
    const forgotten = { isBegun: false };
    const engine: TestEngine = make({
      root, auth0: fakeLog(before), ports: {
        archiveFiles: files,
        forgetTenant: async () => {
          forgotten.isBegun = true;
          expect(await logIds(engine)).toHaveLength(before.length);
          rmSync(folderOf(engine), { recursive: true });
        },
      }, tenants: [tenant],
    });
    await engine.call('tenant.sync', { tenant });
    await engine.call('tenant.forget', { tenant });
    expect({ ...forgotten, openFiles: faults.openFiles }).toEqual({ isBegun: true, openFiles: 0 });
    await engine.call('archive.import', { tenant, files: [engine.file('anew.jsonl', toJsonLines(anew))] });
    await expectHolds(engine, anew);
  });
});
