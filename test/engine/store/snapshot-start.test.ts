import { copyFileSync, cpSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { fakeClock } from '../../builders/fake-clock';
import { fakeLog } from '../../builders/fake-log';
import { logEvent, logEvents } from '../../builders/log-event';
import { seededRandom } from '../../builders/seeded-random';
import { appendOdd, bothStarts, damageFrame, enough, openWriter, snapshotsIn, snapshotWorld, tenant, tenantFolder } from './snapshot-archive';

const { make, synced, syncMore, statusNow, end } = snapshotWorld();
afterEach(end);

describe('a start from a snapshot', () => {
  it('reads only the journal behind it', async () => {
    const engine = await synced();
    expect(snapshotsIn(engine.root)).toEqual(['snapshot-a']);
    await syncMore(engine, enough + 250);
    expect(snapshotsIn(engine.root)).toEqual(['snapshot-a']);
    const { replayed, started, unpacked, frames } = await bothStarts(engine);
    expect(started).toEqual(replayed);
    expect(frames).toBe(54);
    expect(unpacked).toBe(3);
  });

  it.each([1, 2, 3, 4])('is the same as a replay, whatever the archive holds (seed %i)', async seed => {
    const random = seededRandom(seed);
    const engine = make();
    const first = await openWriter(engine.ports);
    appendOdd(first, random, { from: 0, to: 3_000 });
    first.close();
    if (seed > 1) damageFrame(engine, random.below(20));
    const writer = await openWriter(engine.ports);
    if (seed > 2) writer.append({ source: 'api', events: [], setAside: [], checkpoint: null, gap: null, healed: [{ from: 0, to: 100, complete: seed === 3 }] });
    appendOdd(writer, random, { from: 3_000, to: 3_000 + enough });
    await writer.snapshots.take();
    appendOdd(writer, random, { from: 9_000, to: 9_350 });
    writer.close();
    const { replayed, started, unpacked, frames } = await bothStarts(engine);
    expect(started).toEqual(replayed);
    expect(unpacked).toBeLessThan(frames / 4);
  });

  it('goes on as a replay would: nothing is stored twice, new values get new ids, revisions are found', async () => {
    const engine = await synced();
    const writer = engine.another(fakeLog([...logEvents(enough), logEvent(enough, { user_id: 'auth0|new', user_agent: 'Safari 16 / iOS 16' })]));
    expect(await writer.call('tenant.sync', { tenant })).toMatchObject({ stored: 1 });
    const file = writer.file('again.jsonl', `${JSON.stringify(logEvent(3))}\n${JSON.stringify(logEvent(4, { description: 'Another' }))}\n`);
    expect(await writer.call('archive.import', { tenant, files: [file] })).toMatchObject({ stored: 0, duplicates: 1, revisions: 1 });
    await writer.close();
    const { replayed, started } = await bothStarts(engine);
    expect(started).toEqual(replayed);
  });

  it('of a forgotten past is passed over when the journal is older than it', async () => {
    const engine = await synced(300);
    const before = join(engine.root, 'before');
    cpSync(join(tenantFolder(engine.root), 'journal'), before, { recursive: true });
    await syncMore(engine, enough + 300);
    expect(snapshotsIn(engine.root)).toEqual(['snapshot-a']);
    rmSync(join(tenantFolder(engine.root), 'journal'), { recursive: true });
    renameSync(before, join(tenantFolder(engine.root), 'journal'));
    expect(await statusNow(engine)).toMatchObject({ events: 300, gaps: [] });
  });

  it('put back from an earlier day gives what the journal holds today', async () => {
    const engine = await synced();
    const folder = tenantFolder(engine.root);
    copyFileSync(join(folder, 'snapshot-a'), join(engine.root, 'old'));
    await syncMore(engine, 2 * enough + 50);
    const whole = await statusNow(engine);
    for (const name of snapshotsIn(engine.root)) copyFileSync(join(engine.root, 'old'), join(folder, name));
    expect(await statusNow(engine)).toEqual(whole);
    expect(whole.events).toBe(2 * enough + 50);
  });

  it('is refused in the folder of another tenant, or after the archive was made anew', async () => {
    const engine = await synced();
    const other = 'other.eu.auth0.com';
    await engine.another(fakeLog(logEvents(3))).call('archive.import', { tenant: other, files: [engine.file('few.jsonl', JSON.stringify(logEvent(1)))] });
    copyFileSync(join(tenantFolder(engine.root), 'snapshot-a'), join(tenantFolder(engine.root, other), 'snapshot-a'));
    expect((await engine.another().call('archive.status', { tenant: other })).tenants[0]).toMatchObject({ events: 1 });
    const kept = readFileSync(join(tenantFolder(engine.root), 'snapshot-a'));
    rmSync(tenantFolder(engine.root), { recursive: true });
    await syncMore(engine, 200);
    writeFileSync(join(tenantFolder(engine.root), 'snapshot-a'), kept);
    expect(await statusNow(engine)).toMatchObject({ events: 200, gaps: [] });
  });
});

describe('damage to the journal behind a snapshot', () => {
  it('is named as the gap that it is, and healed by the next sync', async () => {
    const engine = await synced();
    damageFrame(engine, 4);
    expect(await statusNow(engine)).toMatchObject({ events: enough - 100, gaps: [{ from: '2026-06-01T06:39:00.000Z', to: '2026-06-01T08:20:00.000Z', cause: 'damage' }] });
    await syncMore(engine, enough);
    expect(await statusNow(engine)).toMatchObject({ events: enough, gaps: [] });
    const { replayed, started } = await bothStarts(engine);
    expect(started).toEqual(replayed);
  });

  it('makes an event that is gone not found instead of failing for ever', async () => {
    const engine = await synced();
    damageFrame(engine, 4);
    const reader = engine.another();
    expect((await reader.call('event.read', { tenant, logId: logEvent(10).log_id })).base64).not.toBe('');
    await expect(reader.call('event.read', { tenant, logId: logEvent(410).log_id })).rejects.toMatchObject({ code: 'event.not-found' });
    expect((await reader.call('archive.span', { tenant })).gaps).toMatchObject([{ cause: 'damage' }]);
    await reader.close();
  });

  it('is found while nobody asks for anything', async () => {
    const clock = fakeClock(Date.UTC(2026, 5, 30));
    const engine = await synced();
    damageFrame(engine, 4);
    const reader = make({ root: engine.root, ports: { clock } });
    const gaps = async () => {
      const span = reader.call('archive.span', { tenant });
      for (let turn = 0; turn < 40; turn += 1) await clock.advance(1);
      return (await span).gaps;
    };
    expect(await gaps()).toEqual([]);
    for (let turn = 0; turn < 100; turn += 1) await clock.advance(1_000);
    expect(await gaps()).toMatchObject([{ cause: 'damage' }]);
  });

  it.each([['cut off', (file: string) => { truncateSync(file, 5_000); }], ['gone', (file: string) => { rmSync(file); }], ['emptied', (file: string) => { writeFileSync(file, ''); }]])('is seen at once where a segment is %s', async (_what, harm) => {
    const engine = await synced();
    const whole = make({ root: join(engine.root, 'copy') });
    cpSync(join(engine.root, 'data'), join(whole.root, 'data'), { recursive: true });
    rmSync(join(tenantFolder(whole.root), 'snapshot-a'));
    for (const { root } of [engine, whole]) harm(join(tenantFolder(root), 'journal', '00000001.tsj'));
    expect(await statusNow(engine)).toEqual(await statusNow(whole));
    expect((await statusNow(engine)).gaps).toMatchObject([{ cause: 'damage' }]);
  });
});
