import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { fakeLog, pageOf } from '../builders/fake-log';
import type { FakeLog } from '../builders/fake-log';
import { logEvent, logEvents, logIdFor } from '../builders/log-event';
import type { RawEvent } from '../builders/log-event';
import { testEngine } from '../builders/test-engine';
import type { TestEngine } from '../builders/test-engine';
import { createClock } from '../../electron/node/clock';
import { digestOf } from '../builders/faulty-files';
const tenant = 'acme.eu.auth0.com';
const open: TestEngine[] = [];
afterEach(async () => { for (const e of open.splice(0)) await e.end(); });
const tenantWith = (log: FakeLog, ports = {}): TestEngine => { const e = testEngine({ auth0: log, tenants: [tenant], ports }); open.push(e); return e; };
const status = async (e: TestEngine) => (await e.call('archive.status', { tenant })).tenants[0]!;
const sync = (e: TestEngine, signal?: AbortSignal) => e.call('tenant.sync', { tenant }, signal);

describe('set aside', () => {
  it('an event without a usable date in the last five minutes is set aside once, not at every sync', async () => {
    const bad = { ...logEvent(9), date: 'yesterday' } as RawEvent;
    const log = fakeLog([...logEvents(9), bad, logEvent(10)]);
    const engine = tenantWith(log);
    const receipts = [];
    for (let n = 0; n < 4; n += 1) receipts.push((await sync(engine)).setAside);
    expect({ receipts, status: (await status(engine)).setAside }).toEqual({ receipts: [1, 0, 0, 0], status: 1 });
  });
  it('an undated event that ends a page is stored once in one sync', async () => {
    const events = logEvents(250).map((e, i) => (i === 99 ? { ...e, date: null } as unknown as RawEvent : e));
    const log = fakeLog([]);
    log.intercept = request => {
      if (request.mode === 'oldest') return pageOf(events.slice(0, 50));
      const page = events.filter(e => e.log_id > request.from).slice(0, 100);
      return pageOf(page, page.at(-1)?.log_id ?? request.from);
    };
    const receipt = await sync(tenantWith(log));
    expect(receipt).toMatchObject({ read: 250, stored: 249, setAside: 1 });
  });
  it('following does not grow the journal while nothing happens', async () => {
    const bad = { ...logEvent(9), date: 'yesterday' } as RawEvent;
    const log = fakeLog([...logEvents(9), bad, logEvent(10)]);
    const clock = createClock(Date.UTC(2026, 5, 30));
    const engine = tenantWith(log, { clock: { ...clock, sleep: (ms: number, s?: AbortSignal) => clock.sleep(Math.min(ms, 2), s) } });
    const c = new AbortController();
    const going = engine.call('tenant.sync', { tenant, followSeconds: 1 }, c.signal).catch(() => undefined);
    await new Promise(r => setTimeout(r, 1500));
    c.abort(); await going;
    const polls = log.requests.length;
    const size = statSync(join(engine.root, 'data/tenants/t-' + tenant, 'journal/00000001.tsj')).size;
    expect({ polls, setAside: (await status(engine)).setAside, size }).toEqual({ polls, setAside: 1, size: expect.any(Number) });
  });
  it('a log whose oldest hundred events have ids but no dates can be synced', async () => {
    const events = logEvents(150).map((e, i) => (i < 100 ? { ...e, date: '' } as RawEvent : e));
    const receipt = await sync(tenantWith(fakeLog(events)));
    expect(receipt).toMatchObject({ stored: 50, setAside: 100 });
  });
});

describe('gaps', () => {
  it('follow sees that retention passed while the machine slept (the monotonic clock stands still)', async () => {
    // 600 events in the last minutes: the look back of a poll is not cheap.
    const at = Date.UTC(2026, 5, 1);
    const busy = (from: number, count: number, step: number): RawEvent[] => Array.from({ length: count }, (_, i) => {
      const t = from + i * step;
      return { ...logEvent(i), date: new Date(t).toISOString(), log_id: logIdFor(t + 2000, i) } as RawEvent;
    });
    const log = fakeLog(busy(at, 800, 200));
    const clock = createClock(Date.UTC(2026, 5, 30));
    let slept = false;
    const engine = tenantWith(log, { clock: { ...clock, sleep: async (ms: number, s?: AbortSignal) => {
      if (ms === 1000 && !slept) { slept = true; log.events = busy(at + 20 * 86_400_000, 800, 200); } // suspended for 20 days
      await clock.sleep(Math.min(ms, 20), s);
    } } });
    const c = new AbortController();
    const going = engine.call('tenant.sync', { tenant, followSeconds: 1 }, c.signal).catch(() => undefined);
    await expect.poll(async () => (await status(engine)).events, { timeout: 10000 }).toBe(1600);
    await new Promise(r => setTimeout(r, 300));
    c.abort(); await going;
    expect((await status(engine)).gaps).toHaveLength(1);
  });
  it('a server that answers an unknown from with an empty page does not stop the sync for ever', async () => {
    const log = fakeLog(logEvents(100));
    const engine = tenantWith(log);
    await sync(engine);
    log.events = logEvents(100, 5_000);
    log.intercept = request => {
      if (request.mode === 'oldest') return undefined;
      // Ids made up for a position work; an id that retention has taken leads nowhere.
      const isVisible = log.events.some(e => e.log_id === request.from);
      return isVisible ? undefined : pageOf([], request.from);
    };
    const receipt = await sync(engine);
    expect(receipt).toMatchObject({ stored: 100, gaps: [{ cause: 'retention' }] });
  });
  it('no gap is invented when the checkpoint is still there but unknown ids and the resume places are refused', async () => {
    const log = fakeLog(logEvents(100));
    const engine = tenantWith(log);
    await sync(engine);
    // Auth0 refuses once every place the resume asks for (a 404 of a moment), the search still works.
    let refused = 0;
    log.intercept = request => (request.mode === 'checkpoint' && refused++ < 5 ? { kind: 'refused', status: 404, message: 'x' } : undefined);
    const receipt = await sync(engine).catch(e => e.code);
    expect(receipt).toMatchObject({ gaps: [] });
  });
  it('seeded: an event with a smaller id but a later date than the hundred oldest is not lost', async () => {
    const at = Date.UTC(2026, 5, 1);
    // 200 events within a second; ids by arrival; the first to arrive has the latest date of the first hundred and one.
    const events = Array.from({ length: 200 }, (_, i) => ({ ...logEvent(i), date: new Date(at + (i === 0 ? 1_500 : i * 5)).toISOString(), log_id: logIdFor(at + 2_000 + i * 5, i) })) as RawEvent[];
    const log = fakeLog(events);
    log.unknownFrom = 'refuse';
    const engine = tenantWith(log);
    await sync(engine);
    expect((await status(engine)).digest).toBe(digestOf(events));
  });
});
describe('hostile', () => {
  it('a page that repeats itself while its Link creeps forward ends the sync', async () => {
    const log = fakeLog(logEvents(100));
    const engine = tenantWith(log);
    const c = new AbortController();
    log.intercept = (request, number) => {
      if (request.mode === 'oldest') return undefined;
      if (number > 300) c.abort();
      return pageOf(logEvents(100), String(BigInt(request.from) + 1n));
    };
    await expect(sync(engine, c.signal)).rejects.toMatchObject({ code: 'auth0.not-advancing' });
  });
});
