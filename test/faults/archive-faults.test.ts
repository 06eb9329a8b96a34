import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { fakeLog } from '../builders/fake-log';
import { logEvent, logEvents, toJsonLines } from '../builders/log-event';
import type { RawEvent } from '../builders/log-event';
import { testEngine, bytesOf } from '../builders/test-engine';
import type { TestEngine } from '../builders/test-engine';
import { Archive } from '../../electron/engine/store/archive';
import { createNormalizer } from '../../electron/engine/sync/normalize-log-event';
import { digestOf, faultyFiles, newRoot } from '../builders/faulty-files';
const tenant = 'acme.eu.auth0.com';
const open: TestEngine[] = [];
afterEach(async () => { for (const e of open.splice(0)) await e.end().catch(() => undefined); });
const make = (options: Parameters<typeof testEngine>[0]) => { const e = testEngine(options); open.push(e); return e; };
const status = async (e: TestEngine) => (await e.call('archive.status', { tenant })).tenants[0]!;
const journalOf = (e: TestEngine) => join(e.root, 'data/tenants/t-' + tenant, 'journal');
const starts = (bytes: Buffer): number[] => { const s: number[] = []; for (let at = bytes.indexOf('TSJF'); at >= 0; at = bytes.indexOf('TSJF', at + 1)) s.push(at); return s; };
const key = new Uint8Array(32).fill(7);
const incoming = (events: readonly RawEvent[]) => { const n = createNormalizer(); return events.map(e => { const bytes = new TextEncoder().encode(JSON.stringify(e)); const r = n(bytes, null); if (r.kind === 'rejected') throw new Error(r.reason); return { bytes, envelopeLogId: null, event: r.value }; }); };
const batch = (events: readonly RawEvent[]) => ({ source: 'import' as const, events: incoming(events), setAside: [], checkpoint: null, gap: null });

describe('a reader', () => {
  it('that met one read error sees every event at its next look', async () => {
    const root = newRoot();
    const writer = make({ root, tenants: [tenant], auth0: fakeLog(logEvents(300)) });
    const { files, faults } = faultyFiles(root);
    const reader = make({ root, tenants: [tenant], ports: { archiveFiles: files } });
    await writer.call('tenant.sync', { tenant });
    expect((await status(reader)).events).toBe(300);
    const log2 = fakeLog(logEvents(800));
    await writer.close();
    const w2 = writer.another(log2);
    await w2.call('tenant.sync', { tenant }); await w2.close();
    // Two reads a frame (header, whole) and two of the head: the seventh is inside the third new frame.
    const base = faults.counts['read'] ?? 0;
    faults.fail = (op, _p, n) => op === 'read' && n === base + 7;
    await status(reader).catch(() => undefined);
    faults.fail = null;
    const s = await status(reader);
    expect({ events: s.events, digest: s.digest, gaps: s.gaps }).toEqual({ events: 800, digest: digestOf(logEvents(800)), gaps: [] });
  });
  it('and after such an error becoming the writer stores nothing twice', async () => {
    const root = newRoot();
    const log = fakeLog(logEvents(300));
    const writer = make({ root, tenants: [tenant], auth0: log });
    await writer.call('tenant.sync', { tenant });
    const { files, faults } = faultyFiles(root);
    const second = make({ root, tenants: [tenant], auth0: log, ports: { archiveFiles: files } });
    await status(second);
    log.events = logEvents(800);
    await writer.call('tenant.sync', { tenant }); await writer.close();
    const base = faults.counts['read'] ?? 0;
    faults.fail = (op, _p, n) => op === 'read' && n === base + 7;
    await status(second).catch(() => undefined);
    faults.fail = null;
    const receipt = await second.call('archive.import', { tenant, files: [second.file('a.jsonl', toJsonLines(logEvents(800)))] });
    expect(receipt).toMatchObject({ stored: 0, duplicates: 800 });
  });
  it('has no gap in the moment a writer starts a new segment', async () => {
    const root = newRoot();
    const writer = make({ root, tenants: [tenant], auth0: fakeLog([]) });
    const w = await Archive.open(writer.ports, tenant, key);
    await w.becomeWriter();
    w.append(batch(logEvents(5))); w.commit();
    const big = (n: number): RawEvent => logEvent(n, { details: Buffer.from(writer.ports.crypto.randomBytes(14_000_000)).toString('latin1') });
    for (let n = 5; n < 9; n += 1) { w.append(batch([big(n)])); w.commit(); }
    const { files } = faultyFiles(root);
    let race: (() => void) | null = null;
    const reader = make({ root, tenants: [tenant], ports: { archiveFiles: { ...files, list: folder => { const names = files.list(folder); const go = race; race = null; go?.(); return names; } } } });
    await reader.call('view.read', { tenant, view: 'audit-timeline', size: 1 });
    race = () => { w.append(batch([logEvent(20)])); w.commit(); w.append(batch([logEvent(21)])); w.commit(); };
    const s = await status(reader);
    expect(readdirSync(journalOf(writer))).toContain('00000002.tsj');
    w.close();
    expect(s.gaps).toEqual([]);
  }, 120_000);
  it('keeps its page tokens when the first commit comes after page 1', async () => {
    const root = newRoot();
    const writer = make({ root, tenants: [tenant] });
    const w = await Archive.open(writer.ports, tenant, key);
    await w.becomeWriter();
    w.append(batch(logEvents(100)));
    const reader = make({ root, tenants: [tenant] });
    const page = await reader.call('view.read', { tenant, view: 'audit-timeline', size: 10 });
    expect({ rowsBeforeAnyCommit: page.rows.length }).toBeDefined();
    w.commit();
    const second = page.next === null ? null : await reader.call('view.read', { tenant, view: 'audit-timeline', size: 10, page: page.next }).then(() => 'page', e => e.code);
    w.close();
    expect({ rows: page.rows.length, second }).toEqual({ rows: page.rows.length, second: page.rows.length === 0 ? null : 'page' });
  });
  it('beside a writer shows only what is durable', async () => {
    const root = newRoot();
    const writer = make({ root, tenants: [tenant] });
    const w = await Archive.open(writer.ports, tenant, key);
    await w.becomeWriter();
    w.append(batch(logEvents(100)));
    const { files } = faultyFiles(root);
    const reader = make({ root, tenants: [tenant], ports: { archiveFiles: { ...files, isBeingWritten: () => true } } });
    expect((await status(reader)).events).toBe(0);
    w.commit();
    expect((await status(reader)).events).toBe(100);
    w.close();
  });
  it('does not leak file handles when an archive cannot be opened', async () => {
    const root = newRoot();
    const writer = make({ root, tenants: [tenant], auth0: fakeLog(logEvents(300)) });
    await writer.call('tenant.sync', { tenant }); await writer.close();
    const file = join(journalOf(writer), '00000001.tsj');
    const bytes = readFileSync(file); bytes[8] = 9; for (const s of starts(bytes)) bytes[s + 4] = 9; writeFileSync(file, bytes);
    const { files, faults } = faultyFiles(root);
    const reader = make({ root, tenants: [tenant], ports: { archiveFiles: files } });
    for (let n = 0; n < 5; n += 1) await status(reader).catch(() => undefined);
    await reader.close();
    expect(faults.openFiles).toBe(0);
  });
});

describe('damage', () => {
  it('to the first frame is a gap that ends after it begins', async () => {
    const e = make({ tenants: [tenant], auth0: fakeLog(logEvents(1000)) });
    await e.call('tenant.sync', { tenant }); await e.close();
    const file = join(journalOf(e), '00000001.tsj');
    const bytes = readFileSync(file); bytes[starts(bytes)[0]! + 100]! ^= 1; writeFileSync(file, bytes);
    const again = e.another();
    const [gap] = (await status(again)).gaps;
    await again.close();
    expect(gap).toMatchObject({ cause: 'damage' });
    expect(gap!.from <= gap!.to, JSON.stringify(gap)).toBe(true);
  });
  it('to the last frames is a gap that covers what they held', async () => {
    const e = make({ tenants: [tenant], auth0: fakeLog(logEvents(1000)) });
    await e.call('tenant.sync', { tenant }); await e.close();
    const file = join(journalOf(e), '00000001.tsj');
    const bytes = readFileSync(file); for (const i of [5, 6, 7, 8, 9]) bytes[starts(bytes)[i]! + 100]! ^= 1; writeFileSync(file, bytes);
    const again = e.another();
    const [gap] = (await status(again)).gaps;
    await again.close();
    // Lost: the events 500 to 999, the last at 2026-06-01T16:39.
    expect(gap!.to >= '2026-06-01T16:39', JSON.stringify(gap)).toBe(true);
  });
  it('beside a frame without events does not make the gap reach to the end of the log', async () => {
    // Frame 1 holds revisions only.
    const e = make({ tenants: [tenant] });
    const w = await Archive.open(e.ports, tenant, key);
    await w.becomeWriter();
    w.append(batch(logEvents(100)));
    w.append(batch(logEvents(100).map(x => ({ ...x, description: 'other' }))));
    w.append(batch(logEvents(100, 100)));
    w.append({ ...batch(logEvents(100, 5_000)), checkpoint: logEvent(5_099).log_id });
    w.commit(); w.close();
    const file = join(journalOf(e), '00000001.tsj');
    const bytes = readFileSync(file); bytes[starts(bytes)[2]! + 100]! ^= 1; writeFileSync(file, bytes);
    const [gap] = (await status(e)).gaps;
    expect(gap!.from <= gap!.to, JSON.stringify(gap)).toBe(true);
  });
  it('that took the event but not its revision leaves the body readable', async () => {
    const e = make({ tenants: [tenant] });
    const w = await Archive.open(e.ports, tenant, key);
    await w.becomeWriter();
    w.append(batch([logEvent(1)])); w.append(batch([logEvent(1, { description: 'other' })])); w.append(batch([logEvent(2)])); w.commit(); w.close();
    const file = join(journalOf(e), '00000001.tsj');
    const bytes = readFileSync(file); bytes[starts(bytes)[0]! + 100]! ^= 1; writeFileSync(file, bytes);
    const body = await e.call('event.read', { tenant, logId: logEvent(1).log_id }).then(bytesOf, x => x.code);
    expect(body).toContain('other');
  });
  it('is healed by the next sync as the hint of archive.damaged says, while Auth0 still has the events', async () => {
    const log = fakeLog(logEvents(1000));
    const e = make({ tenants: [tenant], auth0: log });
    await e.call('tenant.sync', { tenant }); await e.close();
    const file = join(journalOf(e), '00000001.tsj');
    const bytes = readFileSync(file); bytes[starts(bytes)[4]! + 100]! ^= 1; writeFileSync(file, bytes);
    const again = e.another(log);
    await again.call('tenant.sync', { tenant });
    const s = await status(again); await again.close();
    expect({ events: s.events, gaps: s.gaps.length }).toEqual({ events: 1000, gaps: 0 });
  });
  it('to the head and to whole frames at the end cuts nothing off that is longer than a torn write', async () => {
    const log = fakeLog(logEvents(1000));
    const e = make({ tenants: [tenant], auth0: log });
    await e.call('tenant.sync', { tenant }); await e.close();
    const file = join(journalOf(e), '00000001.tsj');
    rmSync(join(journalOf(e), 'head'));
    const bytes = readFileSync(file); for (const i of [7, 8, 9]) bytes[starts(bytes)[i]! + 100]! ^= 1; writeFileSync(file, bytes);
    const again = e.another();
    await again.call('archive.import', { tenant, files: [again.file('x.jsonl', toJsonLines([logEvent(7000)]))] });
    await again.close();
    const kept = readdirSync(journalOf(e)).some(name => readFileSync(join(journalOf(e), name)).includes(bytes.subarray(starts(bytes)[7]! + 120, starts(bytes)[7]! + 400)));
    expect({ kept }).toEqual({ kept: true });
  });
  it('(another data key) never lets a writer erase a journal it cannot open', async () => {
    const e = make({ tenants: [tenant], auth0: fakeLog(logEvents(1000)) });
    await e.call('tenant.sync', { tenant }); await e.close();
    const file = join(journalOf(e), '00000001.tsj');
    const before = readFileSync(file);
    const other = make({ root: e.root, tenants: [tenant], auth0: fakeLog(logEvents(10)), ports: { keys: { dataKey: async () => new Uint8Array(32).fill(9), createDataKey: async () => new Uint8Array(32).fill(9), tenants: async () => [tenant] } } });
    const told = await other.call('tenant.sync', { tenant }).then(() => 'ok', x => x.code);
    await other.close();
    const after = readFileSync(file);
    expect({ told, keeps: after.includes(before.subarray(64, 2000)) }).toEqual({ told: 'archive.damaged', keeps: true });
  });
});

describe('fsync', () => {
  it('that failed once is not taken for success the second time (the kernel may have dropped the pages)', async () => {
    const root = newRoot();
    const { files, faults } = faultyFiles(root);
    const log = fakeLog(logEvents(50));
    const e = make({ root, tenants: [tenant], auth0: log, ports: { archiveFiles: files } });
    await e.call('tenant.sync', { tenant });
    log.events = logEvents(150);
    const file = join(journalOf(e), '00000001.tsj');
    const synced = statSync(file).size;
    faults.fail = op => op === 'sync';
    const told = await e.call('tenant.sync', { tenant }).then(() => 'ok', x => x.code);
    faults.fail = null;
    expect(told).not.toBe('ok');
    // As Linux does: the pages are clean now, and what was in them never reached the disk.
    const dropped = readFileSync(file); dropped.fill(0, synced);
    const second = await e.call('tenant.sync', { tenant });
    await e.close();
    const disk = readFileSync(file); dropped.copy(disk, synced, synced); writeFileSync(file, disk);
    const again = e.another();
    const s = await status(again); await again.close();
    expect({ second: second.checkpoint, events: s.events }).toEqual({ second: logEvent(149).log_id, events: 150 });
  });
});
