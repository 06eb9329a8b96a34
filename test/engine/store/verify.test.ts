import { copyFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { Archives } from '../../../electron/engine/archives';
import { verifyArchive } from '../../../electron/engine/verify-archive';
import { Failure } from '../../../shared/errors';
import { fakeLog } from '../../builders/fake-log';
import { logEvent, logEvents, toJsonLines } from '../../builders/log-event';
import type { TestEngine } from '../../builders/test-engine';
import { testEngine } from '../../builders/test-engine';

const tenant = 'acme.eu.auth0.com';
const open: TestEngine[] = [];
afterEach(async () => { for (const engine of open.splice(0)) await engine.end(); });

const never = new AbortController().signal;
const journalOf = (engine: TestEngine): string => join(engine.root, 'data', 'tenants', `t-${tenant}`, 'journal');
const segmentOf = (engine: TestEngine): string => join(journalOf(engine), '00000001.tsj');

async function archive(events = logEvents(450)): Promise<TestEngine> {
  const engine = testEngine({ auth0: fakeLog(events), tenants: [tenant] });
  open.push(engine);
  await engine.call('tenant.sync', { tenant });
  return engine;
}
/** By an engine that has just been started on what is on the disk. */
async function verified(engine: TestEngine) {
  await engine.close();
  const next = engine.another();
  try {
    return await next.call('archive.verify', {});
  } finally {
    await next.close();
  }
}
function flip(file: string, at: number, mask = 1): void {
  const bytes = readFileSync(file);
  const place = at < 0 ? bytes.length + at : at;
  bytes[place] = (bytes[place] ?? 0) ^ mask;
  writeFileSync(file, bytes);
}

describe('verifying an archive', () => {
  it('finds a whole one whole, counts its frames and gives the digests of status', async () => {
    const engine = await archive();
    const [status] = (await engine.call('archive.status', { tenant })).tenants;
    expect(await engine.call('archive.verify', { tenant })).toEqual({
      ok: true, checked: 5, damaged: [], tenants: [{ tenant, frames: 5, events: 450, digest: status?.digest, contentDigest: status?.contentDigest }],
    });
    expect(await verified(engine)).toMatchObject({ ok: true, checked: 5 });
  });

  it('finds one with revisions, duplicates, odd log ids, and texts of every alphabet whole', async () => {
    const engine = testEngine({ tenants: [tenant] });
    open.push(engine);
    const events = [...logEvents(20), logEvent(3, { description: 'changed' }), logEvent(4), logEvent(21, { log_id: 'short', user_name: 'Zoë', ip: '2001:DB8::1' }), logEvent(22, { user_agent: null, client_id: '', connection: 7 })];
    await engine.call('archive.import', { tenant, files: [engine.file('mixed.jsonl', toJsonLines(events))] });
    expect(await engine.call('archive.verify', {})).toMatchObject({ ok: true, tenants: [{ events: 22 }] });
    expect((await verified(engine)).ok).toBe(true);
  });

  it('finds one whole that was rewritten', async () => {
    const engine = await archive();
    await engine.call('user.forget', { tenant, userId: 'auth0|1' });
    expect(await engine.call('archive.verify', {})).toMatchObject({ ok: true, tenants: [{ events: 385 }] });
    expect(await verified(engine)).toMatchObject({ ok: true, tenants: [{ events: 385 }] });
  });

  it('names the file and the place of a flipped bit, wherever it is in the events or in a header', async () => {
    const engine = await archive();
    const whole = readFileSync(segmentOf(engine));
    await engine.close();
    await fc.assert(fc.asyncProperty(fc.oneof(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 0, max: whole.length - 1 })), fc.integer({ min: 0, max: 7 }), async (at, bit) => {
      // The archive id in a segment's header only helps where the head is lost, and nothing says what it was.
      fc.pre(at < 32 || at >= 48);
      writeFileSync(segmentOf(engine), whole);
      flip(segmentOf(engine), at, 1 << bit);
      const receipt = await verified(engine);
      expect(receipt.ok).toBe(false);
      expect(receipt.damaged.every(({ file, what }) => file.startsWith(`tenants/t-${tenant}/journal`) && what !== '')).toBe(true);
    }), { numRuns: 40, seed: 11 });
  });

  it('tells what was cut off, taken away, or put in place of another', async () => {
    const cases: ((engine: TestEngine) => void)[] = [
      engine => { truncateSync(segmentOf(engine), readFileSync(segmentOf(engine)).length - 1); },
      engine => { truncateSync(segmentOf(engine), readFileSync(segmentOf(engine)).lastIndexOf('TSJF')); },
      engine => { rmSync(segmentOf(engine)); },
      engine => { rmSync(join(journalOf(engine), 'head')); },
      engine => { copyFileSync(segmentOf(engine), join(journalOf(engine), '00000002.tsj')); },
      engine => { writeFileSync(join(journalOf(engine), 'head'), new Uint8Array(256)); },
      ...[3, 60, 127, 130, 200, 255].map(at => (engine: TestEngine) => { flip(join(journalOf(engine), 'head'), at); }),
    ];
    for (const damage of cases) {
      const engine = await archive();
      await engine.close();
      damage(engine);
      expect((await verified(engine)).ok, damage.toString()).toBe(false);
    }
  });

  it('is satisfied again when what damage took was found again at Auth0', async () => {
    const engine = await archive();
    await engine.close();
    flip(segmentOf(engine), readFileSync(segmentOf(engine)).indexOf('TSJF', 200) + 90);
    expect((await verified(engine)).ok).toBe(false);
    const next = engine.another();
    await next.call('tenant.sync', { tenant });
    expect(await next.call('archive.verify', {})).toMatchObject({ ok: true, damaged: [], tenants: [{ events: 450 }] });
    await next.close();
  });

  it('finds a row, an entry of a dictionary and a value of a column that are not what the journal says', async () => {
    const engine = await archive(logEvents(30));
    await engine.close();
    const changes: ((archives: Archives) => Promise<void>)[] = [
      async archives => { (await archives.read(tenant)).rows.all({ text: 'UPDATE log_event SET occurred_at = 1 WHERE seq = 7', values: [] }); },
      async archives => { (await archives.read(tenant)).rows.all({ text: 'DELETE FROM log_event WHERE seq = 7', values: [] }); },
      async archives => { (await archives.read(tenant)).rows.all({ text: "UPDATE d_user SET value = 'auth0|x' WHERE id = 2", values: [] }); },
      async archives => { (await archives.read(tenant)).rows.columns.occurredAt[3] = 5; },
      async archives => { const ids = (await archives.read(tenant)).rows.columns.ids('user'); ids[3] = (ids[3] ?? 0) + 1; },
    ];
    for (const change of changes) {
      const archives = new Archives(engine.ports);
      await change(archives);
      const receipt = await verifyArchive(archives, {}, never);
      expect(receipt.ok, change.toString()).toBe(false);
      await archives.close();
    }
  });

  it('lists a tenant whose key file is damaged beside the others, and goes on', async () => {
    const engine = testEngine({ tenants: [tenant, 'broken.example.com'], auth0: fakeLog(logEvents(5)) });
    open.push(engine);
    await engine.call('tenant.sync', { tenant });
    const { dataKey } = engine.ports.keys;
    const keys = { ...engine.ports.keys, dataKey: (name: string) => (name === tenant ? dataKey(name) : Promise.reject(new Failure('vault.damaged', { file: 'tenants/t-broken.example.com/tenant.json' }))) };
    const archives = new Archives({ ...engine.ports, keys });
    const receipt = await verifyArchive(archives, {}, never);
    expect(receipt).toMatchObject({ ok: false, damaged: [{ file: 'tenants/t-broken.example.com/tenant.json', where: '' }], tenants: [{ tenant, events: 5 }] });
    await archives.close();
  });

  it('answers for the sample tenant, tells its progress, and stops when it is asked to', async () => {
    const engine = await archive();
    expect(await engine.call('archive.verify', { tenant: 'sample' })).toMatchObject({ ok: true, checked: 0, damaged: [] });
    await engine.call('archive.verify', { tenant });
    expect(engine.pushes.filter(push => push.name === 'verify.progress').at(-1)?.value).toEqual({ tenant, frames: 5, totalFrames: 5 });
    const stopped = new AbortController();
    stopped.abort();
    await expect(engine.call('archive.verify', { tenant }, stopped.signal)).rejects.toThrow(expect.objectContaining({ code: 'operation.cancelled' }) as unknown as Error);
  });
});
