import { afterEach, describe, expect, it } from 'vitest';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { logEvent, logEvents, toJsonLines } from '../builders/log-event';
import { testEngine, openSql } from '../builders/test-engine';
import type { TestEngine } from '../builders/test-engine';
import { sampleEvents } from '../../electron/engine/sample/index';
import { exportView } from '../../electron/engine/export-view';
import { LogEvents } from '../../electron/engine/store/log-events';
import { createNormalizer } from '../../electron/engine/sync/normalize-log-event';
const open: TestEngine[] = [];
afterEach(async () => { for (const e of open.splice(0)) await e.end().catch(() => undefined); });
const make = (options: Parameters<typeof testEngine>[0] = {}) => { const e = testEngine({ ...options, ports: { keepFault: error => `kept:${(error as Error).message}`, ...options.ports } }); open.push(e); return e; };
const fill = (e: TestEngine, events: readonly unknown[], tenant = 'acme') => e.call('archive.import', { tenant, files: [e.file(`f${Math.random()}.jsonl`, toJsonLines(events))] });

describe('views', () => {
  it('takes as many q as the contract allows', async () => {
    const e = make(); await fill(e, logEvents(10));
    const reply = await e.reply('view.read', { tenant: 'acme', view: 'audit-timeline', params: { q: Array.from({ length: 1000 }, (_, i) => `user${i}`) } });
    expect(reply.ok ? 'ok' : reply.error).toBe('ok');
  });
  it('takes as many user values as the contract allows', async () => {
    const e = make(); await fill(e, logEvents(10));
    const reply = await e.reply('view.read', { tenant: 'acme', view: 'audit-timeline', params: { user: Array.from({ length: 1000 }, (_, i) => `user${i}`), type: ['s'] } });
    expect(reply.ok ? 'ok' : reply.error).toBe('ok');
  });
  it('connection: filter by a name that has very many ids', async () => {
    const e = make(); await fill(e, Array.from({ length: 40_000 }, (_, i) => logEvent(i, { connection_id: `con_${i}`, connection: 'Same' })));
    const reply = await e.reply('view.read', { tenant: 'acme', view: 'audit-timeline', params: { connection: ['Same'] } });
    expect(reply.ok ? (reply.value as { total: number }).total : reply.error).toBe(40_000);
  });
  it('application: filter by an id that attackers gave very many names', async () => {
    const e = make(); await fill(e, Array.from({ length: 40_000 }, (_, i) => logEvent(i, { client_name: `name ${i}` })));
    const reply = await e.reply('view.read', { tenant: 'acme', view: 'audit-timeline', params: { application: ['app_1'] } });
    expect(reply.ok ? (reply.value as { total: number }).total : reply.error).toBe(40_000);
  });
  it('keeps U+0001 and null apart', async () => {
    const e = make(); await fill(e, [logEvent(0, { connection: undefined }), logEvent(1, { connection: '\u0001' })]);
    const page = await e.call('view.read', { tenant: 'acme', view: 'audit-timeline' });
    expect(page.rows.map(r => r['connection'])).toEqual(['\u0001', null]);
  });
  it('the sample only grows at its end within a day', () => {
    const at = (h: number) => sampleEvents({ now: Date.UTC(2026, 6, 15, h, 13) });
    const a = at(9), b = at(17);
    expect(b.length).toBeGreaterThan(a.length);
    expect(b.slice(0, a.length).every((x, i) => x.logId === a[i]!.logId && x.json === a[i]!.json)).toBe(true);
  });
  it('an envelope whose data has no log id of its own is the same event as the bare one', async () => {
    const e = make(); const { log_id, ...data } = logEvent(3);
    await fill(e, [logEvent(3)]);
    expect(await fill(e, [{ log_id, data }])).toMatchObject({ duplicates: 1, revisions: 0 });
  });
  it('exports exactly rows with a user agent of 1 MB', async () => {
    const rows = new LogEvents(await openSql(), () => null);
    const normalize = createNormalizer();
    for (let i = 0; i < 560; i += 1) { const n = normalize(new TextEncoder().encode(JSON.stringify(logEvent(i, i === 0 ? { user_agent: 'x'.repeat(1_000_000) } : {}))), null); if (n.kind === 'log-event') rows.insert(i + 1, { ...n.value, userAgent: 'x'.repeat(1_000_000) }, { frame: 0, slot: i }); }
    const e = make();
    const archive = { tenant: 'acme', rows, identity: 'x', checkpoint: null, setAsideCount: 0, gaps: [], refresh: () => undefined, eventBytes: () => null, eachEvent: () => undefined, close: () => undefined };
    const ports = { ...e.ports, userFiles: { ...e.ports.userFiles, createExport: () => ({ write: () => undefined, commit: () => 'x', abort: () => undefined }) } };
    const told = await exportView({ ports, read: async () => archive } as never, { tenant: 'acme', view: 'audit-timeline', params: {}, format: 'csv-exact', out: 'x' } as never, new AbortController().signal).then(r => r.rows, x => String(x));
    expect(told).toBe(560);
  });
});
describe('cancel', () => {
  it('ends an import that waits for its source', async () => {
    const c = new AbortController();
    const never = { size: null, chunks: (async function* () { yield new TextEncoder().encode(toJsonLines(logEvents(5))); await new Promise(() => undefined); })() };
    const e = make({ ports: { userFiles: { openImport: () => never, createExport: () => { throw new Error(); } } } });
    const going = e.call('archive.import', { tenant: 'acme', files: ['-'] }, c.signal).then(() => 'ok', x => x.code);
    await new Promise(r => setTimeout(r, 100)); c.abort();
    expect(await Promise.race([going, new Promise(r => setTimeout(() => r('still running after 2 s'), 2000))])).toBe('operation.cancelled');
  });
});
describe('status', () => {
  it('of all tenants names the others when one cannot be read', async () => {
    const e = make(); await fill(e, logEvents(10), 'good'); await fill(e, logEvents(10), 'bad'); await e.close();
    const f = join(e.root, 'data/tenants/t-bad/journal/00000001.tsj'); const b = readFileSync(f); b[8] = 9;
    for (let at = b.indexOf('TSJF'); at >= 0; at = b.indexOf('TSJF', at + 1)) b[at + 4] = 9; writeFileSync(f, b);
    const again = e.another();
    const reply = await again.reply('archive.status', {}); await again.close();
    expect(reply.ok ? 'ok' : reply.error.code).toBe('ok');
  });
});
