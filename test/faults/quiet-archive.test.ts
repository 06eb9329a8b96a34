import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { Journal } from '../../electron/engine/store/journal';
import { fakeLog } from '../builders/fake-log';
import { faultyFiles, newRoot } from '../builders/faulty-files';
import { logEvents, toJsonLines } from '../builders/log-event';
import type { TestEngine } from '../builders/test-engine';
import { testEngine } from '../builders/test-engine';

const tenant = 'acme.eu.auth0.com';
const open: TestEngine[] = [];
afterEach(async () => { for (const e of open.splice(0)) await e.end().catch(() => undefined); });
const make = (options: Parameters<typeof testEngine>[0]): TestEngine => {
  const engine = testEngine(options);
  open.push(engine);
  return engine;
};
const key = new Uint8Array(32).fill(7);

it('a sync that is stopped while the journal is replayed ends before the replay', async () => {
  const log = fakeLog([]);
  const engine = make({ tenants: [tenant], auth0: log });
  await engine.call('archive.import', { tenant, files: [engine.file('a.jsonl', toJsonLines(logEvents(20_000)))] });
  await engine.close();
  // Without a snapshot the start is a replay.
  for (const name of ['snapshot-a', 'snapshot-b']) rmSync(join(engine.root, 'data', 'tenants', `t-${tenant}`, name), { force: true });
  const again = engine.another(log);
  const controller = new AbortController();
  setTimeout(() => { controller.abort(); }, 20);
  await expect(again.call('tenant.sync', { tenant }, controller.signal)).rejects.toMatchObject({ code: 'operation.cancelled' });
  expect(log.requests).toEqual([]);
  await again.close();
});

it('an idle poll writes nothing to the disk', async () => {
  const root = newRoot();
  const { files, faults } = faultyFiles(root);
  const engine = make({ root, tenants: [tenant], auth0: fakeLog(logEvents(50)), ports: { archiveFiles: files } });
  await engine.call('tenant.sync', { tenant });
  const before = { ...faults.counts };
  await engine.call('tenant.sync', { tenant });
  expect([faults.counts['sync'], faults.counts['write']]).toEqual([before['sync'], before['write']]);
});

it('damage to the head is listed once, not at each look', async () => {
  const engine = make({ tenants: [tenant], auth0: fakeLog(logEvents(50)) });
  await engine.call('tenant.sync', { tenant });
  await engine.close();
  writeFileSync(`${engine.root}/data/tenants/t-${tenant}/journal/head`, new Uint8Array(256).fill(255));
  const journal = new Journal(engine.ports, tenant, key);
  for (let look = 0; look < 5; look += 1) expect([...journal.readNew('intact')].length).toBe(look === 0 ? 1 : 0);
  expect(journal.damage).toHaveLength(1);
  journal.close();
});
