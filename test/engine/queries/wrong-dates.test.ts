import { afterEach, describe, expect, it } from 'vitest';
import { createClock } from '../../../electron/node/clock';
import type { RawEvent } from '../../builders/log-event';
import { logEvent, logIdFor, toJsonLines } from '../../builders/log-event';
import type { TestEngine } from '../../builders/test-engine';
import { testEngine } from '../../builders/test-engine';

const tenant = 'acme';
const now = Date.UTC(2026, 5, 30, 12);
type Row = Readonly<Record<string, unknown>>;

const open: TestEngine[] = [];
afterEach(async () => { for (const engine of open.splice(0)) await engine.end(); });

async function engineOf(events: readonly RawEvent[]): Promise<TestEngine> {
  const engine = testEngine({ ports: { clock: createClock(now) } });
  open.push(engine);
  await engine.call('archive.import', { tenant, files: [engine.file('events.jsonl', toJsonLines(events))] });
  return engine;
}
const read = (engine: TestEngine, view: string, params: Record<string, string[]> = {}) => engine.call('view.read', { tenant, view, params, size: 5_000 });
const rowsOf = async (engine: TestEngine, view: string, params: Record<string, string[]> = {}): Promise<readonly Row[]> => (await read(engine, view, params)).rows;
const event = (date: string, index: number, fields: Record<string, unknown> = {}): RawEvent =>
  logEvent(index, { date: new Date(date).toISOString(), log_id: logIdFor(Date.UTC(2026, 5, 1), index), ...fields });
const sum = (rows: readonly Row[], name: string): number => rows.reduce((total, row) => total + Number(row[name]), 0);

/** One event with a date that can be right, one far too early, one far too late; by one user. */
const threeOf = (fields: Record<string, unknown>): readonly RawEvent[] =>
  [event('2026-06-10T08:00:00Z', 1, fields), event('1999-01-01T00:00:00Z', 2, fields), event('2199-01-01T00:00:00Z', 3, fields)];
const login = { type: 's', user_id: 'auth0|ann', organization_id: 'org_1', organization_name: 'One' };

describe('an event whose date is wrong', () => {
  it('is counted by every total without a time range, as the timeline behind it lists it', async () => {
    const engine = await engineOf(threeOf(login));
    const behind = await read(engine, 'audit-timeline', { type: ['s'] });
    expect(behind.total).toBe(3);
    expect(sum(await rowsOf(engine, 'facets', { field: ['type'] }), 'count')).toBe(3);
    expect((await rowsOf(engine, 'activity-summary')).find(row => row['metric'] === 'logins')).toEqual({ metric: 'logins', value: 3, previous: null });
    for (const view of ['top-browsers', 'top-devices', 'top-authentication-methods', 'top-applications', 'top-connections', 'top-email-domains']) expect(sum(await rowsOf(engine, view), 'events'), view).toBe(3);
    for (const view of ['organizations', 'connections']) expect(await rowsOf(engine, view), view).toMatchObject([{ logins: 3, failedLogins: 0 }]);
  });

  it('is counted so in failures and tokens too', async () => {
    const failures = await engineOf(threeOf({ type: 'fp' }));
    expect((await read(failures, 'audit-timeline', { outcome: ['failure'] })).total).toBe(3);
    expect(await rowsOf(failures, 'errors')).toMatchObject([{ events: 3, share: 1 }]);
    const tokens = await engineOf(threeOf({ type: 'seccft', user_id: '', audience: 'https://api.example.com/' }));
    expect((await read(tokens, 'audit-timeline', { type: ['seccft'] })).total).toBe(3);
    expect(await rowsOf(tokens, 'm2m-tokens')).toMatchObject([{ tokens: 3, share: 1 }]);
  });

  it('is in no bucket, and the archive does not reach to it', async () => {
    const engine = await engineOf(threeOf(login));
    for (const [view, column] of Object.entries({ 'logins': 'logins', 'active-users': 'activeUsers', 'timeline-histogram': 'total', 'usage': 'activeUsers', 'growth': 'active' })) {
      expect((await rowsOf(engine, view, view === 'usage' || view === 'growth' ? {} : { grain: ['day'] })).map(row => row[column]), view).toEqual([1]);
    }
  });

  it('is in no bucket either where the last event that can be right shares one with it', async () => {
    const engine = await engineOf([event('2026-06-29T08:00:00Z', 1, { ...login, user_id: 'auth0|ann' }), event('2026-07-04T08:00:00Z', 2, { ...login, user_id: 'auth0|bob' })]);
    const columns = { 'logins': 'logins', 'active-users': 'activeUsers', 'growth': 'active', 'cohorts': 'size', 'user-retention': 'activeUsers', 'usage': 'activeUsers' };
    for (const [view, column] of Object.entries(columns)) {
      const rows = await rowsOf(engine, view, view === 'usage' ? {} : { grain: ['week'] });
      expect(rows.map(row => row[column]).filter(value => value !== 0).slice(0, 1), view).toEqual([1]);
    }
  });

  it('keeps no organization and no connection from being quiet', async () => {
    const fields = { ...login, connection: 'acme', connection_id: 'con_1' };
    const engine = await engineOf([event('2026-01-01T00:00:00Z', 1, fields), event('2199-01-01T00:00:00Z', 2, fields)]);
    expect(await rowsOf(engine, 'organizations', { to: ['2026-06-30'] })).toMatchObject([{ quiet: true, lastActivityAt: '2026-01-01T00:00:00.000Z' }]);
    expect(await rowsOf(engine, 'connections', { to: ['2026-06-30'] })).toMatchObject([{ quiet: true, lastSuccessAt: '2026-01-01T00:00:00.000Z' }]);
    expect(await rowsOf(engine, 'organizations')).toMatchObject([{ lastActivityAt: '2026-01-01T00:00:00.000Z', logins: 2 }]);
    expect(await rowsOf(engine, 'connections')).toMatchObject([{ lastSuccessAt: '2026-01-01T00:00:00.000Z', logins: 2 }]);
  });

  it('is in the bucket that a time range asks for, and in the timeline of that range', async () => {
    const engine = await engineOf(threeOf(login));
    const params = { from: ['1998-12-01'], to: ['1999-02-01'] };
    expect(sum(await rowsOf(engine, 'logins', { ...params, grain: ['day'] }), 'logins')).toBe(1);
    expect((await read(engine, 'audit-timeline', params)).total).toBe(1);
    expect((await rowsOf(engine, 'activity-summary', params)).find(row => row['metric'] === 'logins')).toMatchObject({ value: 1 });
    expect(sum(await rowsOf(engine, 'growth', { ...params, grain: ['month'] }), 'new')).toBe(1);
  });

  it('makes nobody older: its user is new in the period of the first date that can be right', async () => {
    const engine = await engineOf(threeOf(login));
    expect(await rowsOf(engine, 'growth', { grain: ['week'] })).toMatchObject([{ active: 1, new: 1, resurrected: 0 }]);
    for (const unit of ['user', 'organization', 'connection']) {
      expect(await rowsOf(engine, 'cohorts', { unit: [unit], periods: ['1'] }), unit).toMatchObject([{ cohortStart: '2026-06-08T00:00:00.000Z', size: 1, active: 1 }]);
    }
  });

  it('makes nobody known, or signed up, before the period of a date that can be right', async () => {
    const early = event('1999-01-01T00:00:00Z', 7, { type: 'ss', user_id: 'auth0|early' });
    const engine = await engineOf([early, event('2026-06-10T08:00:00Z', 8, { type: 'ss', user_id: 'auth0|ben' })]);
    expect(await rowsOf(engine, 'cumulative-signups')).toMatchObject([{ users: 1 }]);
    expect(await rowsOf(engine, 'user-retention')).toMatchObject([{ knownUsers: 1 }]);
    expect((await rowsOf(engine, 'cumulative-signups', { from: ['1999-01-01'], grain: ['month'] })).at(-1)).toMatchObject({ users: 2 });
  });

  it('keeps nobody alive for ever: a user is not active in all periods because of it', async () => {
    const engine = await engineOf(threeOf(login));
    const cells = await rowsOf(engine, 'cohorts', { mode: ['unbounded'], periods: ['3'] });
    expect(cells.map(row => row['active'])).toEqual([1, 0, 0]);
    expect(await rowsOf(engine, 'cohort-members')).toMatchObject([{ firstSeenAt: '2026-06-10T08:00:00.000Z', lastActiveAt: '2026-06-10T08:00:00.000Z' }]);
  });

  it('is all there is to draw where no other date is there', async () => {
    const engine = await engineOf([event('1999-01-01T00:00:00Z', 1, login)]);
    expect(await rowsOf(engine, 'logins', { grain: ['day'] })).toMatchObject([{ bucketStart: '1999-01-01T00:00:00.000Z', logins: 1 }]);
    expect(await rowsOf(engine, 'growth')).toMatchObject([{ new: 1 }]);
  });
});
