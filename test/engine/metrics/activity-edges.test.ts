import { afterEach, describe, expect, it } from 'vitest';
import { createClock } from '../../../electron/node/clock';
import type { RawEvent } from '../../builders/log-event';
import { logEvent, logEvents, logIdFor, toJsonLines } from '../../builders/log-event';
import type { TestEngine } from '../../builders/test-engine';
import { testEngine } from '../../builders/test-engine';

const open: TestEngine[] = [];
afterEach(async () => { for (const engine of open.splice(0)) await engine.end(); });

const now = Date.UTC(2026, 5, 30, 12);
const tenant = 'acme';
type Rows = readonly Readonly<Record<string, unknown>>[];

async function engineOf(...files: readonly (readonly RawEvent[])[]): Promise<TestEngine> {
  const engine = testEngine({ ports: { clock: createClock(now) } });
  open.push(engine);
  await engine.call('archive.import', { tenant, files: files.map((events, index) => engine.file(`${String(index)}.jsonl`, toJsonLines(events))) });
  return engine;
}
const ask = async (engine: TestEngine, view: string, params: Record<string, string[]> = {}): Promise<Rows> => (await engine.call('view.read', { tenant, view, params, size: 5_000 })).rows;

const series = { 'logins': 'logins', 'active-users': 'activeUsers', 'signups': 'signups', 'cumulative-signups': 'users', 'failed-logins': 'total', 'user-retention': 'activeUsers' } as const;
const rankings = ['top-browsers', 'top-devices', 'top-authentication-methods', 'top-applications', 'top-connections', 'top-email-domains'];
const event = (date: string, index: number, fields: Record<string, unknown> = {}): RawEvent =>
  logEvent(index, { date: new Date(date).toISOString(), log_id: logIdFor(Date.parse(date), index), ...fields });

describe('activity in a tenant of machines only', () => {
  const machine = (index: number): RawEvent => logEvent(index, { type: 'seccft', user_id: '', user_name: '', connection: '', connection_id: '', strategy: '', audience: 'https://api.example.com/' });

  it('shows no users, no logins and a share of nothing, but the applications and APIs', async () => {
    const engine = await engineOf([machine(1), machine(2)]);
    for (const [view, column] of Object.entries(series)) expect((await ask(engine, view)).map(row => row[column]), view).toEqual([0]);
    expect(await ask(engine, 'user-retention')).toMatchObject([{ knownUsers: 0, share: null }]);
    for (const view of rankings) expect(await ask(engine, view), view).toEqual([]);
    expect(Object.fromEntries((await ask(engine, 'activity-summary')).map(row => [row['metric'], row['value']]))).toEqual({
      users: 0, applications: 1, apis: 1, connections: 0, organizations: 0, logins: 0, failedLogins: 0, signups: 0, activeUsers: 0,
    });
  });
});

describe('activity in an archive of one event', () => {
  it.each(['hour', 'day', 'week', 'month'])('is one bucket by %s', async grain => {
    const engine = await engineOf([logEvent(0)]);
    for (const view of Object.keys(series)) expect(await ask(engine, view, { grain: [grain] }), view).toHaveLength(1);
    expect(await ask(engine, 'user-retention', { grain: [grain] })).toMatchObject([{ activeUsers: 1, knownUsers: 1, share: 1 }]);
  });
});

describe('texts that strangers wrote', () => {
  const hostile = ['__proto__', 'constructor', 'toString', '=1+1', "x'; DROP TABLE log_event; --", '<b>bold</b>', '1:a-', ' ', 'é\u0301'];

  it('are names like any others', async () => {
    const engine = await engineOf(hostile.map((text, index) => logEvent(index, {
      type: index % 2 === 0 ? 's' : 'fu', client_id: text, client_name: text, connection: text, connection_id: text, strategy: text, organization_id: text, user_id: text, audience: text,
    })));
    const logins = hostile.filter((_text, index) => index % 2 === 0).sort();
    expect((await ask(engine, 'top-applications')).map(row => row['value'])).toEqual(logins);
    expect((await ask(engine, 'top-connections')).map(row => row['value'])).toEqual(logins);
    expect((await ask(engine, 'top-authentication-methods')).map(row => row['strategy']).sort()).toEqual(logins);
    expect((await ask(engine, 'activity-summary')).map(row => row['value'])).toEqual([9, 9, 9, 9, 9, 5, 4, 0, 5]);
    expect(await ask(engine, 'failed-logins')).toMatchObject([{ total: 4, unknownUser: 4 }]);
  });

  it('give no e-mail domain unless something stands on both sides of the @', async () => {
    const names = ['ada@EXAMPLE.com', 'two@at@example.org', '@example.net', 'nobody@', '@', 'no domain', 'trailing@example.com '];
    const engine = await engineOf(names.map((name, index) => logEvent(index, { user_name: name })));
    expect((await ask(engine, 'top-email-domains')).map(row => [row['value'], row['events']])).toEqual([['example.com', 2], ['example.org', 1]]);
  });
});

describe('rankings', () => {
  it('show an application under the name it had last, and count it once', async () => {
    const engine = await engineOf([logEvent(1, { client_name: 'Portal' }), logEvent(2, { client_name: 'Portal 2' }), logEvent(3, { client_id: '', client_name: 'Old' })]);
    expect(await ask(engine, 'top-applications')).toEqual([{ value: 'app_1', label: 'Portal 2', events: 2, users: 2 }, { value: 'Old', label: 'Old', events: 1, users: 1 }]);
    expect((await ask(engine, 'activity-summary')).find(row => row['metric'] === 'applications')).toMatchObject({ value: 2 });
  });

  it('tell connections of one name apart, and give what each is filtered by', async () => {
    const engine = await engineOf([logEvent(1, { connection_id: 'con_1', connection: 'acme' }), logEvent(2, { connection_id: 'con_2', connection: 'acme' }), logEvent(3, { connection_id: 'con_2', connection: 'acme' })]);
    const rows = await ask(engine, 'top-connections');
    expect(rows.map(row => [row['value'], row['label'], row['events']])).toEqual([['con_2', 'acme', 2], ['con_1', 'acme', 1]]);
    for (const row of rows) expect((await ask(engine, 'logins', { connection: [String(row['value'])] }))[0]).toMatchObject({ logins: row['events'] });
  });

  it('hold as many rows as the limit says, ten without one, the largest first', async () => {
    const engine = await engineOf(Array.from({ length: 66 }, (_none, index) => logEvent(index, { client_id: `app_${String(Math.floor(Math.sqrt(index * 2)))}` })));
    const counts = (await ask(engine, 'top-applications', { limit: ['100'] })).map(row => Number(row['events']));
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(66);
    expect((await ask(engine, 'top-applications')).map(row => row['events'])).toEqual(counts.slice(0, 10));
    expect(await ask(engine, 'top-applications', { limit: ['1'] })).toHaveLength(1);
    for (const limit of ['0', '-1', 'all', '1.5']) await expect(ask(engine, 'top-applications', { limit: [limit] })).rejects.toMatchObject({ code: 'view.param-invalid' });
  });
});

describe('failed logins', () => {
  it('are the identity provider\'s only where there is one', async () => {
    const given = [['f', 'samlp'], ['fc', 'ad'], ['f', 'auth0'], ['f', 'email'], ['f', 'sms'], ['f', ''], ['fens', 'apple'], ['fp', 'samlp']] as const;
    const engine = await engineOf([...given.map(([type, strategy], index) => logEvent(index, { type, strategy })), ...['limit_wc', 'limit_mu', 'limit_sul', 'limit_phone', 'pwd_leak', 'signup_pwd_leak'].map((type, index) => logEvent(20 + index, { type }))]);
    expect(await ask(engine, 'failed-logins')).toMatchObject([{ total: 8, wrongPassword: 1, unknownUser: 0, identityProvider: 2, origin: 0, other: 5, blocked: 5 }]);
    expect(await ask(engine, 'failed-logins', { definition: ['auth0'] })).toMatchObject([{ total: 5, wrongPassword: 0, identityProvider: 1, other: 4, blocked: 0 }]);
  });

  it('refuse a definition that there is not', async () => {
    const engine = await engineOf([logEvent(0)]);
    await expect(ask(engine, 'failed-logins', { definition: ['datadog'] })).rejects.toMatchObject({ code: 'view.param-invalid' });
    await expect(ask(engine, 'active-users', { activity: ['logins', 'all'] })).rejects.toMatchObject({ code: 'view.param-invalid' });
    await expect(ask(engine, 'logins', { definition: ['auth0'] })).rejects.toMatchObject({ code: 'view.param-unknown' });
  });
});

describe('series', () => {
  it('count from the start of the question, and users from the start of the archive', async () => {
    const engine = await engineOf([event('2026-05-01T10:00:00Z', 1, { type: 'ss' }), event('2026-06-01T08:00:00Z', 2, { type: 'ss' }), event('2026-06-01T20:00:00Z', 3, { type: 'ss' }), event('2026-06-02T20:00:00Z', 1, { type: 's', log_id: logIdFor(5, 5) })]);
    const asked = { from: ['2026-06-01T12:00:00Z'], to: ['2026-06-03'] };
    expect((await ask(engine, 'signups', asked)).map(row => row['signups'])).toEqual([1, 0]);
    expect((await ask(engine, 'cumulative-signups', asked)).map(row => row['users'])).toEqual([3, 3]);
    expect((await ask(engine, 'user-retention', asked)).map(row => [row['activeUsers'], row['knownUsers']])).toEqual([[0, 3], [1, 3]]);
  });

  it('mark the running bucket, and those that the archive knows nothing of', async () => {
    const engine = await engineOf([event('2026-06-28T00:00:00Z', 1), event('2026-06-30T11:00:00Z', 2)]);
    const rows = await ask(engine, 'logins', { from: ['2026-06-26'], to: ['2026-07-02'] });
    expect(rows.map(row => [row['logins'], row['state']])).toEqual([[0, 'uncovered'], [0, 'uncovered'], [1, 'complete'], [0, 'complete'], [1, 'running'], [0, 'uncovered']]);
  });

  it('do not move while another import runs, as long as the pages of one reading are asked for', async () => {
    const engine = await engineOf(logEvents(30));
    const first = await engine.call('view.read', { tenant, view: 'active-users', params: { grain: ['hour'], from: ['2026-06-01'], to: ['2026-06-02'] }, size: 12 });
    await engine.call('archive.import', { tenant, files: [engine.file('more.jsonl', toJsonLines([event('2026-06-01T13:00:00Z', 99, { user_id: 'auth0|late' })]))] });
    const second = await engine.call('view.read', { tenant, view: 'active-users', params: { grain: ['hour'], from: ['2026-06-01'], to: ['2026-06-02'] }, size: 12, ...(first.next === null ? {} : { page: first.next }) });
    expect([...first.rows, ...second.rows].map(row => row['activeUsers'])).toEqual([7, ...Array.from({ length: 23 }, () => 0)]);
    expect((await ask(engine, 'active-users', { grain: ['hour'], from: ['2026-06-01'], to: ['2026-06-02'] }))[13]).toMatchObject({ activeUsers: 1 });
  });

  it('leave an event with an impossible date out of their buckets instead of growing without end; totals of all time count it', async () => {
    const engine = await engineOf([event('2026-06-28T00:00:00Z', 1), event('1999-01-01T00:00:00Z', 2), event('2199-01-01T00:00:00Z', 3)]);
    expect((await ask(engine, 'logins')).map(row => row['logins'])).toEqual([1]);
    expect((await ask(engine, 'activity-summary')).find(row => row['metric'] === 'logins')).toMatchObject({ value: 3 });
    expect((await ask(engine, 'top-applications'))[0]).toMatchObject({ events: 3 });
  });
});

describe('the summary of activity', () => {
  const first = Date.UTC(2026, 2, 1);
  const dayMs = 86_400_000;
  const iso = (at: number): string => new Date(at).toISOString();

  it('stands beside that of the stretch of equal length before, where the archive has any of it', async () => {
    const engine = await engineOf(Array.from({ length: 20 }, (_none, day) => event(iso(first + day * dayMs), day)));
    const of = async (from: number, to: number): Promise<unknown> => (await ask(engine, 'activity-summary', { from: [iso(from)], to: [iso(to)] })).find(row => row['metric'] === 'logins');
    expect(await of(first + 10 * dayMs, first + 20 * dayMs)).toEqual({ metric: 'logins', value: 10, previous: 10 });
    expect(await of(first + 5 * dayMs, first + 15 * dayMs)).toEqual({ metric: 'logins', value: 10, previous: 5 });
    expect(await of(first, first + 10 * dayMs)).toEqual({ metric: 'logins', value: 10, previous: null });
  });

  it('is all zero for an archive without events', async () => {
    const engine = await engineOf([logEvent(1, { date: 'none' })]);
    expect((await ask(engine, 'activity-summary')).every(row => row['value'] === 0 && row['previous'] === null)).toBe(true);
    expect(await ask(engine, 'logins')).toEqual([]);
    expect(await ask(engine, 'user-retention')).toEqual([]);
    expect(await ask(engine, 'cumulative-signups')).toEqual([]);
  });
});
