import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Archives } from '../../../electron/engine/archives';
import { Archive } from '../../../electron/engine/store/archive';
import type { Batch } from '../../../electron/engine/store/batch';
import { createNormalizer } from '../../../electron/engine/sync/normalize-log-event';
import { createClock } from '../../../electron/node/clock';
import { fakeLog } from '../../builders/fake-log';
import type { FakeLog } from '../../builders/fake-log';
import type { RawEvent } from '../../builders/log-event';
import { logEvents, toJsonLines } from '../../builders/log-event';
import { journalOf, statusOf, storedTenant as tenant } from '../../builders/stored-archive';
import type { TestEngine, TestEngineOptions } from '../../builders/test-engine';
import { testEngine } from '../../builders/test-engine';

const key = new Uint8Array(32).fill(7);
const open: TestEngine[] = [];
afterEach(async () => { for (const engine of open.splice(0)) await engine.end(); });
const make = (options: TestEngineOptions): TestEngine => {
  const engine = testEngine({ tenants: [tenant], ...options });
  open.push(engine);
  return engine;
};
const segmentOf = (engine: TestEngine): string => join(journalOf(engine), '00000001.tsj');

/** A clock whose next pause, once `hold` was called, ends with `goOn`; `isHeld` resolves when somebody pauses. */
function heldClock() {
  const clock = createClock(Date.UTC(2026, 5, 30));
  let tellHeld = (): void => undefined;
  let goOn = (): void => undefined;
  const isHeld = new Promise<void>(resolve => { tellHeld = resolve; });
  const released = new Promise<void>(resolve => { goOn = resolve; });
  let isArmed = false;
  const sleep: typeof clock.sleep = async (ms, signal) => {
    if (isArmed && ms === 0) {
      isArmed = false;
      tellHeld();
      await released;
    }
    await clock.sleep(ms, signal);
  };
  return { clock: { ...clock, sleep }, hold: () => { isArmed = true; }, isHeld, goOn };
}

function batchOf(events: readonly RawEvent[]): Batch {
  const normalize = createNormalizer();
  const incoming = events.map(raw => {
    const bytes = new TextEncoder().encode(JSON.stringify(raw));
    const read = normalize(bytes, null);
    if (read.kind === 'rejected') throw new Error(read.reason);
    return { bytes, envelopeLogId: null, event: read.value };
  });
  return { source: 'import', events: incoming, setAside: [], checkpoint: null, gap: null };
}
function store(archive: Archive, events: readonly RawEvent[]): void {
  archive.append(batchOf(events));
  archive.commit();
}

describe('a process that reads while another writes', () => {
  it('takes in all of it before it writes itself, also when it was reading as the place became free', async () => {
    const events = logEvents(200);
    const engine = make({});
    const first = await Archive.open(engine.ports, tenant, key);
    await first.becomeWriter();
    store(first, events.slice(0, 10));
    const { clock, hold, isHeld, goOn } = heldClock();
    const second = await Archive.open({ ...engine.ports, clock }, tenant, key);
    for (let frame = 1; frame < 50; frame += 1) store(first, events.slice(frame * 2 + 8, frame * 2 + 10));
    hold();
    const reading = second.refresh();
    await isHeld;
    store(first, events.slice(108, 150));
    first.close();
    const writing = second.becomeWriter();
    goOn();
    await Promise.all([reading, writing]);
    store(second, events.slice(150));
    expect(second.rows.count).toBe(200);
    second.close();
    expect(await statusOf(engine)).toMatchObject({ events: 200, gaps: [] });
    expect(await engine.call('archive.verify', { tenant })).toMatchObject({ ok: true, damaged: [] });
  });

  it('sees what is written in place of a segment that a crash had left empty, and can go on behind it', async () => {
    const crashed = make({ auth0: fakeLog(logEvents(50)) });
    await crashed.call('tenant.sync', { tenant });
    await crashed.close();
    writeFileSync(segmentOf(crashed), readFileSync(segmentOf(crashed)).subarray(0, 64));
    writeFileSync(join(journalOf(crashed), 'head'), '');
    const reader = crashed.another();
    expect((await statusOf(reader)).events).toBe(0);
    const writer = crashed.another(fakeLog(logEvents(300)));
    await writer.call('tenant.sync', { tenant });
    expect(await statusOf(reader)).toMatchObject({ events: 300, gaps: [] });
    await writer.close();
    await reader.call('archive.import', { tenant, files: [reader.file('more.jsonl', toJsonLines(logEvents(10, 1_000)))] });
    await reader.close();
    const again = crashed.another();
    expect(await statusOf(again)).toMatchObject({ events: 310, gaps: [] });
    expect(await again.call('archive.verify', { tenant })).toMatchObject({ ok: true, damaged: [] });
    await again.close();
  });
});

describe('verifying an archive while a sync appends to it', () => {
  const stored = logEvents(4_000);
  async function verifiedDuringSync(engine: TestEngine, log: FakeLog, { hold, isHeld, goOn }: ReturnType<typeof heldClock>) {
    log.events = logEvents(6_500);
    hold();
    const verifying = engine.call('archive.verify', { tenant });
    await isHeld;
    await engine.call('tenant.sync', { tenant });
    goOn();
    return verifying;
  }

  it('tells no damage', async () => {
    const log = fakeLog(stored);
    const held = heldClock();
    const engine = make({ auth0: log, ports: { clock: held.clock } });
    await engine.call('tenant.sync', { tenant });
    expect(await verifiedDuringSync(engine, log, held)).toMatchObject({ ok: true, damaged: [] });
  });

  it('tells none where the sync first cut off what a kill had left unfinished', async () => {
    const killed = make({ auth0: fakeLog(stored) });
    await killed.call('tenant.sync', { tenant });
    await killed.close();
    const bytes = readFileSync(segmentOf(killed));
    const last = bytes.lastIndexOf('TSJF');
    appendFileSync(segmentOf(killed), bytes.subarray(last, last + 200));
    const log = fakeLog(stored);
    const held = heldClock();
    const engine = make({ root: killed.root, auth0: log, ports: { clock: held.clock } });
    expect((await statusOf(engine)).events).toBe(stored.length);
    expect(await verifiedDuringSync(engine, log, held)).toMatchObject({ ok: true, damaged: [] });
  });

  it('still tells damage that was there before', async () => {
    const log = fakeLog(stored);
    const held = heldClock();
    const engine = make({ auth0: log, ports: { clock: held.clock } });
    await engine.call('tenant.sync', { tenant });
    const bytes = readFileSync(segmentOf(engine));
    const second = bytes.indexOf('TSJF', bytes.indexOf('TSJF') + 1);
    bytes.writeUInt8(bytes.readUInt8(second + 100) ^ 1, second + 100);
    writeFileSync(segmentOf(engine), bytes);
    expect((await verifiedDuringSync(engine, log, held)).ok).toBe(false);
  });
});

describe('letting go of an archive that broke', () => {
  it('forgets what was in memory although closing it fails', async () => {
    const engine = make({});
    const archives = new Archives({ ...engine.ports, home: { ...engine.ports.home, of: () => Promise.resolve('memory') } });
    const archive = await archives.write(tenant, 'existing');
    const fails = (): never => { throw new Error('out of memory'); };
    vi.spyOn(archive.rows, 'transaction').mockImplementation(fails);
    vi.spyOn(archive.rows, 'close').mockImplementation(fails);
    expect(() => { store(archive, logEvents(3)); }).toThrow('out of memory');
    expect(archive.state).toBe('broken');
    await archives.release(tenant);
    expect(archives.homeOf(tenant)).toBe('disk');
    await archives.close();
  });
});
