import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { fakeLog } from '../../builders/fake-log';
import { logEvent } from '../../builders/log-event';
import { expectHolds, folderOf, journalOf, statusOf, storedTenant as tenant } from '../../builders/stored-archive';
import type { TestEngine, TestEngineOptions } from '../../builders/test-engine';
import { testEngine } from '../../builders/test-engine';

const dayMs = 86_400_000;
/** The engines of these tests stand at 2026-06-30. */
const now = Date.UTC(2026, 5, 30);

describe('the retention a person chose', () => {
  const events = Array.from({ length: 60 }, (_, index) => logEvent(index, { date: new Date(now - (60 - index) * dayMs / 2).toISOString() }));
  const open: TestEngine[] = [];
  afterEach(async () => { for (const engine of open.splice(0)) await engine.end(); });
  const make = (options: TestEngineOptions): TestEngine => {
    const engine = testEngine({ tenants: [tenant], ...options });
    open.push(engine);
    return engine;
  };
  const purging = (days: number, options: TestEngineOptions = {}) => make({ auth0: fakeLog(events), ...options, ports: { retentionDays: () => Promise.resolve(days), ...options.ports } });

  it('takes out what is older, and tells of it as purged by policy and not as a gap of a sync', async () => {
    const engine = purging(10);
    await engine.call('tenant.sync', { tenant });
    const receipt = await engine.call('archive.purge', { tenant });
    const before = new Date(now - 10 * dayMs).toISOString();
    expect(receipt).toEqual({ tenant, before, events: 40, versions: 0, setAside: 0, damaged: [] });
    await expectHolds(engine, events.filter(event => event.date >= before));
    expect((await statusOf(engine)).gaps).toEqual([{ from: events[0]?.date, to: before, cause: 'purged by policy' }]);
    const sync = await engine.call('tenant.sync', { tenant });
    expect(sync).toMatchObject({ stored: 0, gaps: [] });
    expect(await engine.call('archive.purge', { tenant })).toMatchObject({ events: 0, before });
  });

  it('goes on night after night in one stretch, however often the archive is opened', async () => {
    let days = 20;
    const engine = purging(0, { ports: { retentionDays: () => Promise.resolve(days) } });
    await engine.call('tenant.sync', { tenant });
    for (; days > 3; days -= 4) await engine.call('archive.purge', { tenant });
    await engine.close();
    const next = engine.another();
    const to = new Date(now - 4 * dayMs).toISOString();
    expect((await statusOf(next)).gaps).toEqual([{ from: events[0]?.date, to, cause: 'purged by policy' }]);
    expect((await next.call('archive.verify', { tenant })).ok).toBe(true);
    await expectHolds(next, events.filter(event => event.date >= to));
    await next.close();
  });

  it('keeps everything where none is set, and opens nothing', async () => {
    const engine = purging(0);
    expect(await engine.call('archive.purge', { tenant })).toEqual({ tenant, before: null, events: 0, versions: 0, setAside: 0, damaged: [] });
    expect(existsSync(folderOf(engine))).toBe(false);
  });

  it('does not make a gap of frames that damage took when they are past it', async () => {
    const engine = purging(10, { auth0: { logs: (name, request, signal) => fakeLog(events).logs(name, request.mode === 'oldest' ? request : { ...request, take: 10 }, signal) } });
    await engine.call('tenant.sync', { tenant });
    await engine.close();
    const file = join(journalOf(engine), '00000001.tsj');
    const bytes = readFileSync(file);
    const second = bytes.indexOf('TSJF', bytes.indexOf('TSJF') + 4);
    bytes[second + 80] = (bytes[second + 80] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    const next = engine.another();
    expect((await statusOf(next)).gaps.map(({ cause }) => cause)).toEqual(['damage']);
    await next.call('archive.purge', { tenant });
    expect((await statusOf(next)).gaps.map(({ cause }) => cause)).toEqual(['purged by policy']);
    await next.close();
  });
});
