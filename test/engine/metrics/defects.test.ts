/** What other dashboards over Auth0's logs count wrongly: each test counts as they do, then asks a view. */
import { afterEach, describe, expect, it } from 'vitest';
import { createClock } from '../../../electron/node/clock';
import { ingestedAt } from '../../../shared/domain/ids';
import type { RawEvent } from '../../builders/log-event';
import { logIdFor, toJsonLines } from '../../builders/log-event';
import type { TestEngine } from '../../builders/test-engine';
import { testEngine } from '../../builders/test-engine';

const open: TestEngine[] = [];
afterEach(async () => { for (const engine of open.splice(0)) await engine.end(); });

const now = Date.UTC(2026, 5, 30);
type Rows = readonly Readonly<Record<string, unknown>>[];
type Params = Readonly<Record<string, string>>;
type Ask = (view: string, params?: Params, tenant?: string) => Promise<Rows>;

/** Each text is the content of one imported file. */
async function archiveOfFiles(files: Readonly<Record<string, readonly string[]>>): Promise<Ask> {
  const engine = testEngine({ ports: { clock: createClock(now) } });
  open.push(engine);
  for (const [tenant, texts] of Object.entries(files)) {
    await engine.call('archive.import', { tenant, files: texts.map((text, index) => engine.file(`${tenant}-${String(index)}.jsonl`, text)) });
  }
  return async (view, params = {}, tenant = 'acme') =>
    (await engine.call('view.read', { tenant, view, params: Object.fromEntries(Object.entries(params).map(([name, value]) => [name, [value]])), size: 5_000 })).rows;
}
const archiveOf = (events: readonly RawEvent[]): Promise<Ask> => archiveOfFiles({ acme: [toJsonLines(events)] });

/** The nth event, successful logins of 2 March unless a test says otherwise. */
const eventAt = (date: string, index: number, fields: Record<string, unknown> = {}): RawEvent => {
  const at = Date.parse(date.length === 10 ? `${date}T12:00:00Z` : date);
  return {
    log_id: logIdFor(at, index), date: new Date(at).toISOString(), type: 's', user_id: `auth0|${String(index)}`, user_name: `user${String(index)}@example.com`,
    client_id: 'app_1', client_name: 'Portal', connection: 'Users', connection_id: 'con_1', strategy: 'auth0', ...fields,
  };
};
const events = (all: readonly Record<string, unknown>[], date = '2026-03-02'): RawEvent[] => all.map((fields, index) => eventAt(date, index, fields));

const dayOf = (at: number | string): string => new Date(at).toISOString().slice(0, 10);
const countBy = <Item>(items: readonly Item[], keyOf: (item: Item) => string | null): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const key of items.map(keyOf)) if (key !== null) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
};
const distinct = (values: readonly unknown[]): number => new Set(values).size;
/** The rows of a series by their day, without those that are zero. */
const byDay = (rows: Rows, column: string): Record<string, unknown> =>
  Object.fromEntries(rows.filter(row => row[column] !== 0).map(row => [dayOf(String(row['bucketStart'])), row[column]]));
const eventsByValue = (rows: Rows): Record<string, unknown> => Object.fromEntries(rows.map(row => [String(row['value']), row['events']]));
const figure = (rows: Rows, metric: string): unknown => rows.find(row => row['metric'] === metric)?.['value'];

describe('what other dashboards miscount, is counted rightly:', () => {
  it('1: an event counts on the day it happened, not on the day it came in', async () => {
    const late = eventAt('2026-03-02', 1, { log_id: logIdFor(Date.UTC(2026, 2, 5, 8), 1) });
    const naive = countBy([late], event => dayOf(ingestedAt(event.log_id) ?? 0));
    const truth = { '2026-03-02': 1 };
    expect(naive).not.toEqual(truth);
    expect(byDay(await (await archiveOf([late]))('logins'), 'logins')).toEqual(truth);
  });

  it('2: an event that is delivered twice counts once', async () => {
    const all = events([{}, {}, {}]);
    const streamed = all.slice(1).map(event => ({ log_id: event.log_id, data: event }));
    const delivered = [...all, ...streamed.map(({ data }) => data)];
    const truth = { '2026-03-02': 3 };
    expect(countBy(delivered, event => dayOf(event.date))).not.toEqual(truth);
    const ask = await archiveOfFiles({ acme: [toJsonLines(all), toJsonLines(streamed)] });
    expect(byDay(await ask('logins'), 'logins')).toEqual(truth);
    expect(figure(await ask('activity-summary'), 'logins')).toBe(3);
  });

  it('3: a login that fails by its password, its user, its origin or its password grant is a failed login', async () => {
    const all = events(['f', 'fp', 'fp', 'fu', 'fcoa', 'fepft', 's', 'fsa'].map(type => ({ type })));
    const naive = all.filter(event => event.type === 'f').length;
    expect(naive).not.toBe(6);
    const [row] = await (await archiveOf(all))('failed-logins');
    expect(row).toMatchObject({ total: 6, wrongPassword: 3, unknownUser: 1, origin: 1, other: 1, identityProvider: 0 });
  });

  it('4: users who live on refreshed tokens and silent authentication are active', async () => {
    const all = events(['s', 'sertft', 'seacft', 'ssa', 'f', 'slo'].map(type => ({ type })));
    const naive = distinct(all.filter(event => event.type === 's').map(event => event['user_id']));
    expect(naive).not.toBe(4);
    const ask = await archiveOf(all);
    expect(byDay(await ask('active-users'), 'activeUsers')).toEqual({ '2026-03-02': 4 });
    expect(byDay(await ask('active-users', { definition: 'auth0' }), 'activeUsers')).toEqual({ '2026-03-02': 3 });
  });

  it('5: a filter narrows what a share is a share of, too', async () => {
    const all = events([{ client_id: 'app_2' }, { client_id: 'app_2', type: 'fp' }, ...Array.from({ length: 38 }, () => ({}))]);
    const active = distinct(all.filter(event => event['client_id'] === 'app_2' && event.type === 's').map(event => event['user_id']));
    const naive = active / distinct(all.map(event => event['user_id']));
    expect(naive).not.toBe(0.5);
    expect(await (await archiveOf(all))('user-retention', { application: 'app_2' })).toMatchObject([{ activeUsers: 1, knownUsers: 2, share: 0.5 }]);
  });

  it('6: the application filter holds for browsers and devices', async () => {
    const all = events([{ user_agent: 'Firefox 115.0.0 / Mac OS X 10.15.7', client_id: 'app_2', client_name: 'Scanner' }, { user_agent: 'Chrome Mobile 114.0.0 / Android 13.0.0' }]);
    const asked = { application: 'app_2' };
    // The page sends the client id; the query looks for a client name, is given none, and leaves the filter out.
    const query = ({ clientName }: { clientName?: string }): RawEvent[] => all.filter(event => clientName === undefined || event['client_name'] === clientName);
    const naive = countBy(query({}), event => String(event['user_agent']).split(' ')[0] ?? null);
    expect(naive).not.toEqual({ Firefox: 1 });
    const ask = await archiveOf(all);
    expect(eventsByValue(await ask('top-browsers', asked))).toEqual({ Firefox: 1 });
    expect(eventsByValue(await ask('top-devices', asked))).toEqual({ desktop: 1 });
  });

  it('7: the time range and the tenant hold for applications, connections and cumulative signups', async () => {
    const inside = eventAt('2026-03-02', 1, { type: 'ss' });
    const login = eventAt('2026-03-02', 2);
    const later = [eventAt('2026-04-02', 3, { client_id: 'app_9', connection_id: 'con_9' }), eventAt('2026-04-02', 4, { type: 'ss' })];
    const foreign = [eventAt('2026-03-02', 5, { client_id: 'app_8', connection_id: 'con_8' }), eventAt('2026-03-02', 6, { type: 'ss' })];
    const all = [inside, login, ...later, ...foreign];
    const naive = (field: string): Record<string, number> => countBy(all.filter(event => event.type === 's'), event => String(event[field]));
    expect([naive('client_id'), naive('connection_id'), all.filter(event => event.type === 'ss').length]).not.toEqual([{ app_1: 1 }, { con_1: 1 }, 1]);
    const ask = await archiveOfFiles({ acme: [toJsonLines([inside, login, ...later])], globex: [toJsonLines(foreign)] });
    const march = { from: '2026-03-01', to: '2026-04-01' };
    expect(eventsByValue(await ask('top-applications', march))).toEqual({ app_1: 1 });
    expect(eventsByValue(await ask('top-connections', march))).toEqual({ con_1: 1 });
    expect((await ask('connections', march)).map(row => row['connectionId'])).toEqual(['con_1']);
    expect((await ask('cumulative-signups', march)).at(-1)).toMatchObject({ users: 1 });
    expect((await ask('cumulative-signups', {}, 'globex')).at(-1)).toMatchObject({ users: 1 });
  });

  it('8: Edge, Opera, Samsung Internet and Brave are not Chrome, Firefox on iOS is not Safari, and a server is not a desktop', async () => {
    const chromium = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36';
    const agents = [
      `${chromium} Edg/126.0.0.0`, `${chromium} OPR/111.0.0.0`, `${chromium} Brave/126`,
      'Mozilla/5.0 (Linux; Android 14; SAMSUNG SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/127.0 Mobile/15E148 Safari/605.1.15',
      'python-requests/2.32.3',
    ];
    const families = [['Firefox', /firefox/i], ['Chrome', /chrome|crios/i], ['Opera', /opera/i], ['Safari', /iphone|ipad|safari/i]] as const;
    const naiveBrowsers = countBy(agents, agent => families.find(([, mark]) => mark.test(agent))?.[0] ?? null);
    const naiveDevices = countBy(agents, agent => (/wget|curl|urllib|ahrefs|googlebot/i.test(agent) ? null : /android/i.test(agent) ? 'phone' : /iphone|ipad/i.test(agent) ? 'phone' : 'desktop'));
    const browsers = { Edge: 1, Opera: 1, Brave: 1, 'Samsung Internet': 1, Firefox: 1 };
    const devices = { desktop: 3, phone: 2, server: 1 };
    expect(naiveBrowsers).not.toEqual(browsers);
    expect(naiveDevices).not.toEqual(devices);
    const ask = await archiveOf(events(agents.map(agent => ({ user_agent: agent }))));
    expect(eventsByValue(await ask('top-browsers'))).toEqual(browsers);
    expect(eventsByValue(await ask('top-devices'))).toEqual(devices);
  });

  it('9: two SAML connections are two authentication methods, also where they have the same name', async () => {
    const all = events([
      { user_id: 'samlp|acme|1', strategy: 'samlp', connection: 'acme', connection_id: 'con_1' }, { user_id: 'samlp|globex|2', strategy: 'samlp', connection: 'globex', connection_id: 'con_2' },
      { user_id: 'samlp|acme|3', strategy: 'samlp', connection: 'acme', connection_id: 'con_3' },
    ]);
    const naive = countBy(all, event => String(event['user_id']).split('|')[0] ?? null);
    expect(Object.keys(naive)).not.toHaveLength(3);
    const rows = await (await archiveOf(all))('top-authentication-methods');
    expect(rows.map(row => [row['strategy'], row['connection'], row['events']])).toEqual([['samlp', 'acme', 1], ['samlp', 'acme', 1], ['samlp', 'globex', 1]]);
  });

  it('10: a connection on which nobody gets in is listed, with its failures', async () => {
    const all = events([{ type: 's' }, { type: 'fp', connection_id: 'con_2', connection: 'broken' }, { type: 'fu', connection_id: 'con_2', connection: 'broken' }]);
    const naive = countBy(all.filter(event => ['s', 'ss', 'f'].includes(event.type)), event => String(event['connection_id']));
    expect(naive).not.toHaveProperty('con_2');
    const ask = await archiveOf(all);
    expect((await ask('connections')).find(row => row['connectionId'] === 'con_2')).toMatchObject({ logins: 0, failedLogins: 2, successRate: 0 });
    expect(figure(await ask('activity-summary'), 'connections')).toBe(2);
  });

  it('11: the e-mail domains that an attacker types are not those of users', async () => {
    const all = events([{}, { type: 'ss', user_name: 'Eve@Example.ORG' }, ...Array.from({ length: 20 }, (_none, index) => ({ type: 'fu', user_id: '', user_name: `guess${String(index)}@victim.example.net` }))]);
    const truth = { 'example.com': 1, 'example.org': 1 };
    expect(countBy(all, event => String(event['user_name']).toLowerCase().split('@')[1] ?? null)).not.toEqual(truth);
    expect(eventsByValue(await (await archiveOf(all))('top-email-domains'))).toEqual(truth);
  });

  it('12: an API that is reached by the code flow only is an API', async () => {
    const all = events([{ type: 'seccft', user_id: '', audience: 'https://api.example.com/' }, { type: 'seacft', audience: 'https://shop.example.com/' }, { type: 'sertft', audience: 'https://api.example.com/' }]);
    const naive = distinct(all.filter(event => ['seccft', 'sertft'].includes(event.type)).map(event => event['audience']));
    expect(naive).not.toBe(2);
    expect(figure(await (await archiveOf(all))('activity-summary'), 'apis')).toBe(2);
  });

  it('13: the figure on a tile and the point on its chart are the same number, and exact', async () => {
    const all = events(Array.from({ length: 2_000 }, (_none, index) => ({ user_id: `auth0|${String(index % 1_337)}` })));
    const users = all.map(event => String(event['user_id']));
    const exact = distinct(users);
    // Estimates from how many of 1,024 places stay empty.
    const hash = (text: string): number => [...text].reduce((sum, letter) => Math.imul(sum ^ letter.charCodeAt(0), 16_777_619) >>> 0, 2_166_136_261);
    const places = 1_024;
    const approximate = Math.round(-places * Math.log((places - distinct(users.map(user => hash(user) % places))) / places));
    expect(approximate).not.toBe(exact);
    const ask = await archiveOf(all);
    const [[day], summary, [retention]] = [await ask('active-users'), await ask('activity-summary'), await ask('user-retention')];
    expect([day?.['activeUsers'], figure(summary, 'activeUsers'), figure(summary, 'users'), retention?.['activeUsers'], retention?.['knownUsers']]).toEqual(Array.from({ length: 5 }, () => exact));
  });

  it('14: a bucket in which nothing happened is a row that says zero', async () => {
    const all = [eventAt('2026-03-28', 1), eventAt('2026-03-28', 2, { type: 'ss' }), eventAt('2026-03-31', 3), eventAt('2026-03-31', 4, { type: 'fp' })];
    expect(Object.keys(countBy(all, event => dayOf(event.date)))).not.toHaveLength(4);
    const ask = await archiveOf(all);
    // The clocks of Berlin change on the 29th, which begins at 23:00 in UTC and is one hour short.
    const starts = ['2026-03-27T23:00:00.000Z', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z', '2026-03-30T22:00:00.000Z'];
    const expected = { 'logins': [1, 0, 0, 1], 'active-users': [1, 0, 0, 1], 'signups': [1, 0, 0, 0], 'failed-logins': [0, 0, 0, 1], 'cumulative-signups': [1, 1, 1, 1], 'user-retention': [1, 0, 0, 1] } as const;
    const columns = { 'logins': 'logins', 'active-users': 'activeUsers', 'signups': 'signups', 'failed-logins': 'total', 'cumulative-signups': 'users', 'user-retention': 'activeUsers' } as const;
    for (const view of Object.keys(expected) as (keyof typeof expected)[]) {
      const rows = await ask(view, { timeZone: 'Europe/Berlin' });
      expect(rows.map(row => row['bucketStart']), view).toEqual(starts);
      expect(rows.map(row => row[columns[view]]), view).toEqual(expected[view]);
      expect(rows.map(row => row['state']), view).toEqual(['partial', 'complete', 'complete', 'partial']);
    }
  });

  it('15: without a time range a view reaches from the first event to the last, whatever the year', async () => {
    const all = [eventAt('2023-11-30', 1), eventAt('2026-03-02', 2)];
    const naive = all.filter(event => event.date >= '2024-01-01' && event.date <= '2024-12-31').length;
    expect(naive).not.toBe(2);
    const ask = await archiveOf(all);
    const rows = await ask('logins', { grain: 'month' });
    expect(rows.reduce((sum, row) => sum + Number(row['logins']), 0)).toBe(2);
    expect([rows.length, dayOf(String(rows[0]?.['bucketStart'])), dayOf(String(rows.at(-1)?.['bucketStart']))]).toEqual([29, '2023-11-01', '2026-03-01']);
    expect(figure(await ask('activity-summary'), 'logins')).toBe(2);
  });
});
