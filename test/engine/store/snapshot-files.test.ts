import { existsSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Archive } from '../../../electron/engine/store/archive';
import { ArchiveSnapshots } from '../../../electron/engine/store/archive-snapshots';
import { contentPackages } from '../../../electron/engine/store/snapshot-layout';
import { fakeClock } from '../../builders/fake-clock';
import { fakeLog } from '../../builders/fake-log';
import { faultyFiles } from '../../builders/faulty-files';
import { logEvents } from '../../builders/log-event';
import { seededRandom } from '../../builders/seeded-random';
import type { TestEngine } from '../../builders/test-engine';
import { countingPorts, enough, key, snapshotsIn, snapshotWorld, tenant, tenantFolder } from './snapshot-archive';

/** Frames of the second sync of so many: one tells the checkpoint only. */
const second = 52;

const { make, synced, syncMore, statusNow, end } = snapshotWorld();
afterEach(end);

describe('a damaged snapshot', () => {
  const quick = async (engine: TestEngine) => {
    const { ports, unpacked } = countingPorts(engine.ports);
    const archive = await Archive.open(ports, tenant, key);
    const { rows } = archive;
    const found = { unpacked: unpacked(), events: rows.count, lastSeq: rows.lastSeq, checkpoint: archive.checkpoint, gaps: archive.gaps, first: rows.all({ text: 'SELECT * FROM log_event ORDER BY seq LIMIT 3', values: [] }) };
    archive.close();
    return found;
  };

  it('only makes the start slower, wherever a bit flips or the file ends', async () => {
    const engine = await synced();
    await syncMore(engine, 2 * enough);
    const folder = tenantFolder(engine.root);
    expect(snapshotsIn(engine.root)).toEqual(['snapshot-a', 'snapshot-b']);
    const { unpacked, ...sound } = await quick(engine);
    expect(unpacked).toBe(0);
    const newest = join(folder, 'snapshot-b');
    const bytes = readFileSync(newest);
    const random = seededRandom(11);
    const places = [0, 8, 12, 16, 24, 40, 87, 99, bytes.length - 1, ...Array.from({ length: process.env['TENANTSCOPE_TEST_FULL'] === undefined ? 5 : 500 }, () => random.below(bytes.length))];
    for (const at of places) {
      const flipped = Buffer.from(bytes);
      flipped.writeUInt8(flipped.readUInt8(at) ^ (1 << random.below(8)), at);
      writeFileSync(newest, flipped);
      const { unpacked: behind, ...found } = await quick(engine);
      expect(found, `byte ${String(at)}`).toEqual(sound);
      // The one before it is taken, and the journal behind that.
      expect(behind, `byte ${String(at)}`).toBe(second);
    }
    for (const length of [0, 87, 88, bytes.length >> 1, bytes.length - 1]) {
      writeFileSync(newest, bytes);
      truncateSync(newest, length);
      const { unpacked: behind, ...found } = await quick(engine);
      expect(found, `cut at ${String(length)}`).toEqual(sound);
      expect(behind).toBe(second);
    }
    writeFileSync(newest, Buffer.concat([bytes, Buffer.from([0])]));
    expect((await quick(engine)).unpacked).toBe(second);
    writeFileSync(join(folder, 'snapshot-a'), '');
    const { unpacked: all, ...replayed } = await quick(engine);
    expect(replayed).toEqual(sound);
    expect(all).toBe(51 + second);
  });

  it('or one of another version of the program is not used, and left until there is a new one', async () => {
    const engine = await synced();
    const file = join(tenantFolder(engine.root), 'snapshot-a');
    for (const at of [8, 60]) {
      const bytes = readFileSync(file);
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(at) + 1, at);
      writeFileSync(file, changed);
      expect(await quick(engine)).toMatchObject({ unpacked: 51, events: enough });
      expect(readFileSync(file).equals(changed)).toBe(true);
      writeFileSync(file, bytes);
    }
    expect(await quick(engine)).toMatchObject({ unpacked: 0, events: enough });
  });

  it('does not mix the chunks of two', async () => {
    const engine = await synced();
    await syncMore(engine, 2 * enough);
    const [a, b] = ['snapshot-a', 'snapshot-b'].map(name => join(tenantFolder(engine.root), name));
    const [older, newer] = [readFileSync(a!), readFileSync(b!)];
    writeFileSync(b!, Buffer.concat([newer.subarray(0, newer.length - 50_000), older.subarray(older.length - 50_000)]));
    writeFileSync(a!, Buffer.concat([newer.subarray(0, 88), older.subarray(88)]));
    expect(await quick(engine)).toMatchObject({ unpacked: 51 + second, events: 2 * enough });
  });
});

describe('writing a snapshot', () => {
  it('is left to the writer of the folder', async () => {
    const engine = await synced();
    rmSync(join(tenantFolder(engine.root), 'snapshot-a'));
    expect((await statusNow(engine)).events).toBe(enough);
    expect(snapshotsIn(engine.root)).toEqual([]);
  });

  it('that is killed before it has its name leaves what was there, and the next one clears up', async () => {
    const engine = await synced();
    const folder = tenantFolder(engine.root);
    const whole = readFileSync(join(folder, 'snapshot-a'));
    for (const left of [whole, whole.subarray(0, 1_000)]) {
      writeFileSync(join(folder, 'snapshot.tmp'), left);
      expect((await statusNow(engine)).events).toBe(enough);
    }
    await syncMore(engine, 2 * enough);
    expect(snapshotsIn(engine.root)).toEqual(['snapshot-a', 'snapshot-b']);
    expect((await statusNow(engine)).events).toBe(2 * enough);
  });

  it('that fails at any step is only no snapshot', async () => {
    const { root } = make();
    mkdirSync(join(root, 'data'), { recursive: true });
    const { files, faults } = faultyFiles(root);
    const engine = make({ root, auth0: fakeLog(logEvents(enough)), ports: { archiveFiles: files } });
    await engine.call('tenant.sync', { tenant });
    await engine.close();
    const steps = faults.log.filter(step => step.includes('/snapshot')).map(step => step.split(' ')[0]);
    expect(steps).toEqual(expect.arrayContaining(['open', 'write', 'sync', 'rename', 'remove']));
    const before = await statusNow(engine);
    for (const op of ['open', 'write', 'sync', 'rename', 'remove'] as const) {
      rmSync(join(tenantFolder(root), 'snapshot-a'), { force: true });
      faults.fail = (failing, path) => failing === op && path.includes('/snapshot');
      const writer = make({ root, auth0: fakeLog(logEvents(enough)), ports: { archiveFiles: files } });
      await writer.call('tenant.sync', { tenant });
      await writer.close();
      faults.fail = null;
      expect(existsSync(join(tenantFolder(root), 'snapshot-a')), op).toBe(false);
      if (op !== 'remove') expect(snapshotsIn(root), op).toEqual([]);
      expect(await statusNow(engine), op).toEqual(before);
    }
    expect(faults.openFiles).toBe(0);
  });

  it('happens while nobody asks for anything, and a running question waits for no more than a slice of it', async () => {
    const clock = fakeClock(Date.UTC(2026, 5, 30));
    const engine = make({ auth0: fakeLog(logEvents(enough)), ports: { clock } });
    await engine.call('tenant.sync', { tenant });
    expect(snapshotsIn(engine.root)).toEqual([]);
    await clock.advance(29_000);
    expect(snapshotsIn(engine.root)).toEqual([]);
    await clock.advance(1_500);
    expect(snapshotsIn(engine.root)).toEqual(['snapshot-a']);
    await clock.advance(120_000);
    expect(snapshotsIn(engine.root)).toEqual(['snapshot-a']);
  });

  it('shows nothing of what it holds', async () => {
    const engine = await synced();
    const content = readFileSync(join(tenantFolder(engine.root), 'snapshot-a')).toString('latin1');
    for (const word of ['example.com', '203.0.113', 'Successful login', 'log_event', 'SQLite', '90020260601', tenant]) expect(content).not.toContain(word);
  });

  it('happens every 250,000 events while they come without end, and not again at once after one that failed', async () => {
    let count = 0;
    let captured = 0;
    const unused = null as never;
    const snapshots = new ArchiveSnapshots({ files: unused, clock: fakeClock(0), capture: () => { captured += 1; throw new Error('out of memory'); }, eventCount: () => count }, 0);
    for (const [events, taken] of [[249_999, 0], [250_000, 1], [250_001, 1], [499_999, 1], [500_000, 2]] as const) {
      count = events;
      snapshots.committed();
      await new Promise(resolve => { setImmediate(resolve); });
      expect(captured, String(events)).toBe(taken);
    }
  });

  it('knows the packages that its content is made by', () => {
    const pinned = (JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> }).dependencies;
    for (const [name, version] of Object.entries(contentPackages)) expect(pinned[name], `${name}: raise contentVersion with it`).toBe(version);
  });
});
