import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { TenantStatus } from '../../shared/contract';
import type { FakeLog } from '../builders/fake-log';
import { fakeLog } from '../builders/fake-log';
import type { RawEvent } from '../builders/log-event';
import { logEvents, toJsonLines } from '../builders/log-event';
import type { TestEngine } from '../builders/test-engine';
import { testEngine } from '../builders/test-engine';

const tenant = 'acme.eu.auth0.com';
const ends: (() => Promise<void>)[] = [];
afterEach(async () => { for (const end of ends.splice(0).reverse()) await end(); });

const statusOf = async (engine: TestEngine): Promise<TenantStatus> => (await engine.call('archive.status', { tenant })).tenants[0]!;

type Archived = {
  /** Syncs with a log that holds these events and nothing else. */
  readonly sync: (events: readonly RawEvent[]) => Promise<void>;
  readonly import: (events: readonly RawEvent[]) => Promise<void>;
  readonly frames: () => number;
  /** Makes frames unreadable, and opens the archive again as another process does. */
  readonly damage: (frames: readonly number[], log: FakeLog) => Promise<TestEngine>;
};

function archive(): Archived {
  const log = fakeLog([]);
  const engine = testEngine({ auth0: log, tenants: [tenant] });
  ends.push(engine.end);
  const file = join(engine.root, 'data', 'tenants', `t-${tenant}`, 'journal', '00000001.tsj');
  const starts = (): readonly number[] => {
    const bytes = readFileSync(file);
    const found: number[] = [];
    for (let at = bytes.indexOf('TSJF'); at >= 0; at = bytes.indexOf('TSJF', at + 1)) found.push(at);
    return found;
  };
  return {
    sync: async events => {
      log.events = [...events];
      await engine.call('tenant.sync', { tenant });
    },
    import: async events => { await engine.call('archive.import', { tenant, files: [engine.file('import.jsonl', toJsonLines(events))] }); },
    frames: () => starts().length,
    damage: async (frames, after) => {
      await engine.close();
      const bytes = readFileSync(file);
      for (const frame of frames) {
        const at = starts()[frame]! + 100;
        bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
      }
      writeFileSync(file, bytes);
      const again = engine.another(after);
      ends.push(again.close);
      return again;
    },
  };
}

describe('what a sync looks for behind a damaged frame', () => {
  const all = logEvents(2_000);

  it('starts where Auth0 had been read to, not at an event that was imported from further on', async () => {
    const archived = archive();
    await archived.sync(all.slice(0, 100));
    await archived.import(all.slice(1_000, 1_300));
    const engine = await archived.damage([archived.frames() - 1], fakeLog(all));
    await engine.call('tenant.sync', { tenant });
    expect((await statusOf(engine)).events).toBe(2_000);
  });

  it('starts there too when what was lost came from Auth0, behind an import, and was followed by more', async () => {
    const archived = archive();
    await archived.sync(all.slice(0, 1_000));
    await archived.import(all.slice(1_150, 1_250));
    const lost = archived.frames();
    await archived.sync(all.slice(0, 1_300));
    await archived.sync(all.slice(0, 1_500));
    const engine = await archived.damage([lost], fakeLog(all));
    expect((await statusOf(engine)).gaps).toMatchObject([{ cause: 'damage' }]);
    await engine.call('tenant.sync', { tenant });
    expect(await statusOf(engine)).toMatchObject({ events: 2_000, gaps: [] });
    expect(await engine.call('archive.verify', { tenant })).toMatchObject({ ok: true });
  });

  it('is all of the log where no frame before it says how far Auth0 had been read', async () => {
    const archived = archive();
    await archived.import(all.slice(500, 600));
    await archived.sync(all.slice(0, 1_000));
    const engine = await archived.damage([1], fakeLog(all));
    await engine.call('tenant.sync', { tenant });
    expect(await statusOf(engine)).toMatchObject({ events: 2_000, gaps: [] });
  });
});

describe('a damaged frame of events that were imported and that Auth0 does not have', () => {
  const [older, all] = [logEvents(300), logEvents(2_000, 1_000)];
  const told = { gaps: [{ cause: 'damage' }] };

  it.each([
    ['the first of its import', 0, false],
    ['the last of its import', 2, false],
    ['the first of its import, with more synced behind it', 0, true],
    ['the last of its import, with more synced behind it', 2, true],
  ])('stays a gap, and damage to verify: %s', async (_which, nth, isSyncedBehind) => {
    const archived = archive();
    await archived.sync(all.slice(0, 100));
    const first = archived.frames();
    await archived.import(older);
    if (isSyncedBehind) await archived.sync(all.slice(0, 700));
    const engine = await archived.damage([Math.min(first + nth, archived.frames() - 1)], fakeLog(all));
    expect(await statusOf(engine)).toMatchObject(told);
    await engine.call('tenant.sync', { tenant });
    expect((await statusOf(engine)).events).toBeLessThan(2_300);
    expect(await statusOf(engine)).toMatchObject(told);
    expect(await engine.call('archive.verify', { tenant })).toMatchObject({ ok: false });
  });
});

describe('a damaged frame of events that Auth0 still has', () => {
  const all = logEvents(2_000);

  it('is no gap any more when another one was found again before it', async () => {
    const archived = archive();
    await archived.sync(all.slice(0, 1_000));
    const engine = await archived.damage([3], fakeLog(all.slice(0, 1_000)));
    await engine.call('tenant.sync', { tenant });
    await engine.close();
    const again = await archived.damage([6], fakeLog(all));
    await again.call('tenant.sync', { tenant });
    expect(await statusOf(again)).toMatchObject({ events: 2_000, gaps: [] });
  });

  it.each([['in the middle', [4]], ['at the end', [9]]])('%s is no gap any more when the first sync that looked for it was broken off', async (_where, frames) => {
    const archived = archive();
    await archived.sync(all.slice(0, 1_000));
    const log = fakeLog(all.slice(0, 1_500));
    const engine = await archived.damage(frames, log);
    log.intercept = (_request, number) => (number > 4 ? { kind: 'page', body: new TextEncoder().encode('no JSON'), nextFrom: null, budget: null } : undefined);
    await expect(engine.call('tenant.sync', { tenant })).rejects.toMatchObject({ code: 'auth0.bad-response' });
    await engine.close();
    const again = engine.another(fakeLog(all));
    ends.push(again.close);
    await again.call('tenant.sync', { tenant });
    expect(await statusOf(again)).toMatchObject({ events: 2_000, gaps: [] });
  });
});
