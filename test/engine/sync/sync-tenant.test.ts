import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { Failure } from '../../../shared/errors';
import type { FakeLog } from '../../builders/fake-log';
import { fakeLog, pageOf } from '../../builders/fake-log';
import type { RawEvent } from '../../builders/log-event';
import { logEvent, logEvents, logIdFor } from '../../builders/log-event';
import type { TestEngine } from '../../builders/test-engine';
import { bytesOf, testEngine } from '../../builders/test-engine';

const tenant = 'acme.eu.auth0.com';
const open: TestEngine[] = [];
afterEach(async () => { for (const engine of open.splice(0)) await engine.end(); });

function tenantWith(log: FakeLog): TestEngine {
  const engine = testEngine({ auth0: log, tenants: [tenant] });
  open.push(engine);
  return engine;
}
const sync = (engine: TestEngine) => engine.call('tenant.sync', { tenant });
const status = async (engine: TestEngine) => (await engine.call('archive.status', { tenant })).tenants[0];
const digestOf = (events: readonly RawEvent[]): string => createHash('sha256').update(events.map(event => event.log_id).sort().join('\n')).digest('hex');

describe('a first sync', () => {
  it('stores every event of the log once and ends on the empty page', async () => {
    const events = logEvents(250);
    const engine = tenantWith(fakeLog(events));
    expect(await sync(engine)).toMatchObject({ read: 250, stored: 250, duplicates: 0, setAside: 0, checkpoint: events[249]?.log_id, gaps: [] });
    expect(await status(engine)).toMatchObject({ events: 250, digest: digestOf(events), checkpoint: events[249]?.log_id, gaps: [] });
  });

  it('starts at the oldest event even when ids made up for a position are refused', async () => {
    const events = logEvents(150);
    const log = fakeLog(events);
    log.unknownFrom = 'refuse';
    const engine = tenantWith(log);
    await sync(engine);
    expect(await status(engine)).toMatchObject({ events: 150, digest: digestOf(events) });
  });

  it('starts at the smallest id when the oldest event by date is not the oldest by id', async () => {
    const events = logEvents(5);
    const early = { ...logEvent(0), log_id: logIdFor(Date.UTC(2026, 5, 1) - 60_000), date: '2026-06-01T00:10:00.000Z' };
    const engine = tenantWith(fakeLog([...events, early]));
    await sync(engine);
    expect((await status(engine))?.events).toBe(6);
  });

  it('of an empty log stores nothing and finds nothing wrong', async () => {
    const engine = tenantWith(fakeLog([]));
    expect(await sync(engine)).toMatchObject({ read: 0, stored: 0, checkpoint: null });
    expect((await status(engine))?.digest).toBe(createHash('sha256').update('').digest('hex'));
  });
});

describe('a later sync', () => {
  it('resumes behind its checkpoint and stores only what is new', async () => {
    const log = fakeLog(logEvents(200));
    const engine = tenantWith(log);
    await sync(engine);
    log.events.push(...logEvents(50, 200));
    expect(await sync(engine)).toMatchObject({ stored: 50 });
    expect(await status(engine)).toMatchObject({ events: 250, digest: digestOf(log.events), gaps: [] });
  });

  it('finds ids that appeared late behind its checkpoint', async () => {
    const events = logEvents(20);
    const log = fakeLog(events.filter((_event, index) => index !== 17));
    const engine = tenantWith(log);
    await sync(engine);
    log.events = [...events];
    expect(await sync(engine)).toMatchObject({ stored: 1 });
    expect((await status(engine))?.digest).toBe(digestOf(events));
  });

  it('keeps the checkpoint at the largest id, not at the latest date', async () => {
    const events = logEvents(3).map((event, index) => ({ ...event, date: `2026-06-01T00:0${String(9 - index)}:00.000Z` }));
    const engine = tenantWith(fakeLog(events));
    await sync(engine);
    expect((await status(engine))?.checkpoint).toBe(events[2]?.log_id);
  });

  it('records the gap when retention has taken the checkpoint, whether unknown ids are refused or not', async () => {
    for (const unknownFrom of ['oldest', 'refuse'] as const) {
      const log = fakeLog(logEvents(100));
      const engine = tenantWith(log);
      await sync(engine);
      log.unknownFrom = unknownFrom;
      log.events = logEvents(100, 5_000);
      const receipt = await sync(engine);
      expect(receipt.gaps).toEqual([{ from: '2026-06-01T01:39:02.000Z', to: '2026-06-04T11:20:02.000Z', cause: 'retention' }]);
      expect(await status(engine)).toMatchObject({ events: 200, gaps: receipt.gaps });
      expect((await sync(engine)).gaps).toEqual([]);
    }
  });

  it('has no gap when only what lies before the checkpoint was evicted', async () => {
    const log = fakeLog(logEvents(100));
    const engine = tenantWith(log);
    await sync(engine);
    log.unknownFrom = 'refuse';
    log.events = logEvents(50, 99);
    expect((await sync(engine)).gaps).toEqual([]);
    expect((await status(engine))?.events).toBe(149);
  });

  it('resumes in a new process with the same archive', async () => {
    const log = fakeLog(logEvents(120));
    const engine = tenantWith(log);
    await sync(engine);
    await engine.close();
    log.events = logEvents(170);
    const next = engine.another(log);
    expect(await next.call('tenant.sync', { tenant })).toMatchObject({ stored: 50 });
    expect((await next.call('archive.status', { tenant })).tenants[0]?.digest).toBe(digestOf(log.events));
    await next.close();
  });
});

describe('a page that cannot be trusted', () => {
  it('is asked for again, then ends the sync with what was stored before', async () => {
    const log = fakeLog(logEvents(300));
    const body = new TextEncoder().encode(JSON.stringify(logEvents(100, 100))).subarray(0, 5_000);
    log.intercept = (_request, number) => (number >= 3 ? { kind: 'page', body, nextFrom: null, budget: null } : undefined);
    const engine = tenantWith(log);
    await expect(sync(engine)).rejects.toMatchObject({ code: 'auth0.bad-response' });
    expect(await status(engine)).toMatchObject({ events: 100, checkpoint: logEvents(100)[99]?.log_id });
  });

  it('that repeats itself twice stops the sync', async () => {
    const log = fakeLog(logEvents(300));
    log.intercept = (request, number) => (number > 2 && request.mode === 'checkpoint' ? pageOf(logEvents(100)) : undefined);
    const engine = tenantWith(log);
    await expect(sync(engine)).rejects.toMatchObject({ code: 'auth0.not-advancing' });
    expect((await status(engine))?.events).toBe(100);
    expect(log.requests.length).toBeLessThanOrEqual(5);
  });

  it('in descending order is stored whole and read on from its largest id', async () => {
    const events = logEvents(250);
    const log = fakeLog(events);
    log.intercept = request => {
      if (request.mode === 'oldest') return undefined;
      return pageOf(events.filter(event => event.log_id > request.from).slice(0, 100).reverse());
    };
    const engine = tenantWith(log);
    await sync(engine);
    expect((await status(engine))?.digest).toBe(digestOf(events));
  });

  it('keeps what it cannot index, with the reason counted', async () => {
    const log = fakeLog(logEvents(5));
    log.intercept = (request, number) => (request.mode === 'checkpoint' && number === 2 ? pageOf([...logEvents(5), { type: 's' }, 42]) : undefined);
    const engine = tenantWith(log);
    expect(await sync(engine)).toMatchObject({ read: 7, stored: 5, setAside: 2 });
    expect(await status(engine)).toMatchObject({ events: 5, setAside: 2 });
  });
});

describe('the same event twice', () => {
  it('is a duplicate when only housekeeping fields differ, a revision when anything else does', async () => {
    const log = fakeLog(logEvents(3));
    const engine = tenantWith(log);
    await sync(engine);
    log.events = logEvents(3).map(({ isMobile, _id, ...event }, index) => ({ ...event, is_mobile: isMobile, ...(index === 2 ? { description: 'Changed' } : {}) }) as RawEvent);
    expect(await sync(engine)).toMatchObject({ stored: 0, revisions: 1 });
    expect(await sync(engine)).toMatchObject({ stored: 0, revisions: 0 });
    const logId = logEvent(2).log_id;
    expect(bytesOf(await engine.call('event.read', { tenant, logId }))).toBe(JSON.stringify(logEvent(2)));
    const page = await engine.call('view.read', { tenant, view: 'audit-timeline' });
    expect(page.rows.map(row => row['revisions'])).toEqual([1, 0, 0]);
  });
});

describe('cancelling', () => {
  it('ends at once, and the next sync completes the log', async () => {
    const events = logEvents(1_000);
    const log = fakeLog(events);
    const controller = new AbortController();
    log.intercept = (_request, number) => {
      if (number === 5) controller.abort();
      return undefined;
    };
    const engine = tenantWith(log);
    await expect(engine.call('tenant.sync', { tenant }, controller.signal)).rejects.toMatchObject({ code: 'operation.cancelled' });
    log.intercept = null;
    await sync(engine);
    expect((await status(engine))?.digest).toBe(digestOf(events));
  });

  it('ends a sync that follows', async () => {
    const log = fakeLog(logEvents(10));
    const engine = tenantWith(log);
    const controller = new AbortController();
    const following = engine.call('tenant.sync', { tenant, followSeconds: 1 }, controller.signal);
    await expect.poll(() => engine.pushes.some(push => push.name === 'sync.progress' && push.value.state === 'following')).toBe(true);
    log.events.push(...logEvents(5, 10));
    await expect.poll(async () => (await status(engine))?.events, { timeout: 5_000 }).toBe(15);
    controller.abort();
    await expect(following).rejects.toMatchObject({ code: 'operation.cancelled' });
  });
});

it('refuses to sync a tenant that is not there, and the sample', async () => {
  const engine = tenantWith(fakeLog([]));
  await expect(engine.call('tenant.sync', { tenant: 'other' })).rejects.toBeInstanceOf(Failure);
  await expect(engine.call('tenant.sync', { tenant: 'sample' })).rejects.toMatchObject({ code: 'tenant.reserved' });
});
