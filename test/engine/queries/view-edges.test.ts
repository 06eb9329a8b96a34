import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClock } from '../../../electron/node/clock';
import { Failure } from '../../../shared/errors';
import { views } from '../../../shared/views/index';
import type { RawEvent } from '../../builders/log-event';
import { logEvent, logEvents, logIdFor, toJsonLines } from '../../builders/log-event';
import type { TestEngine } from '../../builders/test-engine';
import { testEngine } from '../../builders/test-engine';

const tenant = 'acme';
const now = Date.UTC(2026, 5, 30, 12);
type Params = Record<string, string[]>;
type Rows = readonly Readonly<Record<string, unknown>>[];

const open: TestEngine[] = [];
afterAll(async () => { for (const engine of open) await engine.end(); });

async function engineOf(events: readonly RawEvent[]): Promise<TestEngine> {
  const engine = testEngine({ ports: { clock: createClock(now) } });
  open.push(engine);
  await engine.call('archive.import', { tenant, files: [engine.file('events.jsonl', toJsonLines(events))] });
  return engine;
}
const ask = async (engine: TestEngine, view: string, params: Params = {}): Promise<Rows> => (await engine.call('view.read', { tenant, view, params, size: 5_000 })).rows;

const event = (date: string, index: number, fields: Record<string, unknown> = {}): RawEvent =>
  logEvent(index, { date: new Date(date).toISOString(), log_id: logIdFor(Date.parse(date), index), ...fields });
const failed = { type: 'f', organization_id: 'org_1', organization_name: 'One', details: { error: { message: 'wrong' } } };
const machine = { type: 'seccft', user_id: '', user_name: '', connection: '', connection_id: '', strategy: '', audience: 'https://api.example.com/' };
/** Of each kind, all in the first days of June 2026. */
const mixed: readonly RawEvent[] = [
  event('2026-06-01T08:00:00Z', 1, { type: 's', organization_id: 'org_1', organization_name: 'One' }), event('2026-06-01T09:00:00Z', 2, failed), event('2026-06-02T08:00:00Z', 3, { type: 'ss' }),
  event('2026-06-02T09:00:00Z', 4, machine), event('2026-06-03T08:00:00Z', 5, { type: 'limit_wc' }), event('2026-06-03T09:00:00Z', 6, { type: 'seacft' }),
];

const ids = views.map(view => view.id);
/** Those that list what the archive knows of before the end of the range, whether or not anything happened in it. */
const lasting = ['organizations', 'connections'];
const withBuckets = views.filter(view => view.kind === 'series').map(view => view.id);
const numbersOf = (row: Readonly<Record<string, unknown>>, except: readonly string[]): readonly unknown[] =>
  Object.entries(row).filter(([name, value]) => typeof value === 'number' && !except.includes(name)).map(([, value]) => value);
/** What is not a count of the range. */
const lookingBack = ['period', 'size', 'users', 'knownUsers', 'churned', 'previous', 'previousActiveMembers', 'baselineSuccessRate'];

/** Nothing that is counted in the range, in whatever rows there are. */
function expectNothing(view: string, rows: Rows): void {
  if (view === 'activity-summary') expect(rows).toHaveLength(9);
  else if (!withBuckets.includes(view) && !lasting.includes(view)) expect(rows).toEqual([]);
  for (const row of rows) expect(numbersOf(row, lookingBack).filter(value => value !== 0), view).toEqual([]);
}

describe('in an archive without events', () => {
  let engine: TestEngine;
  beforeAll(async () => { engine = await engineOf([]); });

  it.each(ids)('%s has nothing to show, with a time range and without one', async view => {
    expect(await ask(engine, view)).toEqual(view === 'activity-summary' ? expect.arrayContaining([{ metric: 'logins', value: 0, previous: null }]) : []);
    expectNothing(view, await ask(engine, view, { from: ['2026-06-01'], to: ['2026-06-08'] }));
  });
});

describe('in an archive of one event', () => {
  it.each(['s', 'f', 'ss', 'seccft', 'limit_wc', 'fn_unheard_of'])('every view draws it, a %s', async type => {
    const engine = await engineOf([event('2026-06-01T08:00:00Z', 1, { ...(type === 'seccft' ? machine : {}), type })]);
    for (const view of ids) {
      const rows = await ask(engine, view, view === 'growth' || view === 'cohorts' ? { grain: ['day'] } : {});
      if (withBuckets.includes(view)) expect(rows.length, view).toBe(view === 'cohorts' ? 12 : 1);
      expect(rows.length, view).toBeLessThanOrEqual(12);
    }
  });
});

describe('of a tenant of machines only', () => {
  it('no view knows a user, and the tokens are counted', async () => {
    const engine = await engineOf([1, 2, 3].map(day => event(`2026-06-0${String(day)}T08:00:00Z`, day, { ...machine, organization_id: 'org_1' })));
    for (const view of ids) {
      const rows = await ask(engine, view);
      for (const row of rows) {
        for (const name of ['users', 'activeUsers', 'active', 'activeMembers', 'size', 'knownUsers']) expect(row[name] ?? 0, `${view} ${name}`).toBe(0);
      }
    }
    expect(await ask(engine, 'm2m-tokens')).toMatchObject([{ tokens: 3, share: 1 }]);
    expect(await ask(engine, 'usage')).toMatchObject([{ m2mTokens: 3, activeUsers: 0 }]);
    expect(await ask(engine, 'organizations')).toMatchObject([{ organizationId: 'org_1', activeMembers: 0, lastActivityAt: null, quiet: true }]);
  });
});

describe('of a time range that the archive has nothing of', () => {
  const before = { from: ['2020-03-01'], to: ['2020-03-15'] };
  const after = { from: ['2026-06-10'], to: ['2026-06-20'] };
  let engine: TestEngine;
  beforeAll(async () => { engine = await engineOf(mixed); });

  it.each(ids)('%s shows nothing, before the archive', async view => {
    const rows = await ask(engine, view, before);
    expectNothing(view, rows);
    if (lasting.includes(view)) expect(rows).toEqual([]);
    for (const row of rows) if ('state' in row) expect(row['state']).toBe('uncovered');
  });

  it.each(ids)('%s shows nothing, after its last event', async view => {
    const rows = await ask(engine, view, after);
    expectNothing(view, rows);
    if (lasting.includes(view)) expect(rows.length).toBeGreaterThan(0);
    // A month of usage is whole, and this one began with events.
    if (view !== 'usage') for (const row of rows) if ('state' in row) expect(['uncovered', 'future']).toContain(row['state']);
  });

  it.each(ids)('%s shows no bucket and counts nothing where the range ends as it begins', async view => {
    for (const at of ['2020-03-01', '2026-06-01T08:00:00Z', '2026-06-10']) {
      const rows = await ask(engine, view, { from: [at], to: [at] });
      expectNothing(view, rows);
      if (withBuckets.includes(view)) expect(rows).toEqual([]);
    }
  });
});

describe('of a range of many hours', () => {
  let engine: TestEngine;
  beforeAll(async () => { engine = await engineOf(logEvents(20)); });
  const hourly = ['timeline-histogram', 'active-users', 'logins', 'signups', 'cumulative-signups', 'failed-logins', 'user-retention'];

  it.each(hourly)('%s has a bucket for each hour of five years', async view => {
    const params = { grain: ['hour'], from: ['2021-07-01'], to: ['2026-07-01'] };
    let count = 0;
    let page: string | undefined;
    do {
      const answer: { readonly rows: Rows; readonly next: string | null } = await engine.call('view.read', { tenant, view, params, size: 5_000, ...(page === undefined ? {} : { page }) });
      count += answer.rows.length;
      page = answer.next ?? undefined;
    } while (page !== undefined);
    expect(count).toBe(24 * (5 * 365 + 1));
  });

  it.each(hourly)('%s refuses more buckets than anybody can use, and says what to do', async view => {
    const asked = ask(engine, view, { grain: ['hour'], from: ['2001-01-01'], to: ['2026-07-01'] });
    await expect(asked).rejects.toBeInstanceOf(Failure);
    await expect(asked).rejects.toMatchObject({ code: 'view.param-invalid', details: { param: 'grain' } });
  });
});
