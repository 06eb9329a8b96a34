import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { createClock } from '../../../electron/node/clock';
import { eventTypeOf } from '../../../shared/domain/event-types';
import type { RawEvent } from '../../builders/log-event';
import { logIdFor, toJsonLines } from '../../builders/log-event';
import type { TestEngine } from '../../builders/test-engine';
import { testEngine } from '../../builders/test-engine';

const open: TestEngine[] = [];
afterEach(async () => { for (const engine of open.splice(0)) await engine.end(); });

const dayMs = 86_400_000;
/** Around the change of the clocks in Europe and after that in America. */
const first = Date.UTC(2026, 2, 1);
const last = Date.UTC(2026, 3, 10);

type View = (view: string, params?: Record<string, string[]>) => Promise<readonly Record<string, unknown>[]>;
async function archiveOf(events: readonly RawEvent[]): Promise<View> {
  const engine = testEngine({ ports: { clock: createClock(Date.UTC(2026, 5, 1)) } });
  open.push(engine);
  await engine.call('archive.import', { tenant: 'generated', files: [engine.file('a.jsonl', toJsonLines(events)), engine.file('again.jsonl', toJsonLines(events.slice(0, 60)))] });
  return async (view, params = {}) => (await engine.call('view.read', { tenant: 'generated', view, params, size: 5000 })).rows;
}

const agents = ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 Edg/126.0', 'Firefox 115.0.0 / Mac OS X 10.15.7', 'axios/1.7.2', 'Mobile Safari 17.0.0 / iOS 17.0.0', null];
const browsers = ['Edge', 'Firefox', null, 'Safari', null];
const devices = ['desktop', 'desktop', 'server', 'phone', null];
const names = ['ada@Example.com', 'bob@example.com', 'eve@example.org', 'evil@attacker.example.net', '+4917000', '@', 'x@y@example.org'];
const domains = ['example.com', 'example.com', 'example.org', 'attacker.example.net', null, null, 'example.org'];
const raw = fc.record({
  at: fc.integer({ min: first, max: last }), type: fc.constantFrom('s', 's', 'ss', 'f', 'fc', 'fp', 'fu', 'fco', 'fens', 'fepft', 'sepft', 'seccft', 'sertft', 'ssa', 'scoa', 'limit_wc', 'pwd_leak', 'slo', 'odd'),
  user: fc.nat(5), name: fc.nat(6), connection: fc.nat(4), application: fc.nat(2), agent: fc.nat(4), organization: fc.nat(2), audience: fc.nat(2),
});
const connections = [['acme', 'con_1', 'samlp'], ['acme', 'con_2', 'samlp'], ['db', 'con_3', 'auth0'], ['sms', '', 'sms'], ['', '', '']] as const;
const eventOf = (given: typeof raw extends fc.Arbitrary<infer Value> ? Value : never, index: number): RawEvent => ({
  log_id: logIdFor(Date.UTC(2026, 0, 1) + index, index), date: new Date(given.at).toISOString(), type: given.type,
  user_id: given.type === 'seccft' || given.user === 0 ? '' : `auth0|${String(given.user)}`, user_name: names[given.name],
  connection: connections[given.connection]?.[0], connection_id: connections[given.connection]?.[1], strategy: connections[given.connection]?.[2],
  client_id: `app_${String(given.application)}`, client_name: ['Portal', '', 'Scanner'][given.application], user_agent: agents[given.agent],
  organization_id: ['org_1', 'org_2', ''][given.organization], audience: ['https://api.example.com/', 'https://b.example.com/', ''][given.audience],
});
type Event = RawEvent & { readonly user_id?: string };

const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata'];
const question = fc.record({
  application: fc.subarray(['app_0', 'app_1']), connection: fc.subarray(['acme', 'con_3']), organization: fc.subarray(['org_1']), timeZone: fc.constantFrom(...zones).map(zone => [zone]),
  grain: fc.constantFrom('hour', 'day', 'week', 'month').map(grain => [grain]), range: fc.option(fc.tuple(fc.integer({ min: first - 5 * dayMs, max: last }), fc.integer({ min: 1, max: 20 * dayMs }))),
});
type Question = typeof question extends fc.Arbitrary<infer Value> ? Value : never;

const paramsOf = ({ range, ...rest }: Question): Record<string, string[]> => ({
  ...Object.fromEntries(Object.entries(rest).filter(([, values]) => values.length > 0)),
  ...(range === null ? {} : { from: [new Date(range[0]).toISOString()], to: [new Date(range[0] + range[1]).toISOString()] }),
});
const letsFields = (event: Event, { application, connection, organization }: Question): boolean =>
  (application.length === 0 || application.includes(String(event['client_id']))) && (organization.length === 0 || organization.includes(String(event['organization_id'])))
  && (connection.length === 0 || connection.some(value => event['connection'] === value || event['connection_id'] === value));
const letsTime = (event: Event, { range }: Question): boolean => range === null || (Date.parse(event.date) >= range[0] && Date.parse(event.date) < range[0] + range[1]);

const formats = new Map(zones.map(timeZone => [timeZone, new Intl.DateTimeFormat('en-CA', { timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', timeZoneName: 'longOffset' })]));
const knownLabels = new Map<string, string>();

/** The clock of a zone, as text that is the same within one bucket, and the hour's offset beside it. */
function bucketLabel(at: number, grain: string, timeZone: string): string {
  const key = `${String(at)} ${grain} ${timeZone}`;
  const label = knownLabels.get(key) ?? labelAt(at, grain, timeZone);
  knownLabels.set(key, label);
  return label;
}

function labelAt(at: number, grain: string, timeZone: string): string {
  const parts = Object.fromEntries((formats.get(timeZone)?.formatToParts(at) ?? []).map(part => [part.type, part.value]));
  const day = Date.UTC(Number(parts['year']), Number(parts['month']) - 1, Number(parts['day'])) / dayMs;
  if (grain === 'month') return `${String(parts['year'])}-${String(parts['month'])}`;
  if (grain === 'week') return `week ${String(Math.floor((day + 3) / 7))}`;
  return grain === 'day' ? String(day) : `${String(day)} ${String(parts['hour'])} ${String(parts['timeZoneName'])}`;
}

const isLogin = ({ type }: Event): boolean => (eventTypeOf(type).category === 'login' && eventTypeOf(type).outcome === 'success') || type === 'sepft';
const isFailed = ({ type }: Event): boolean => (eventTypeOf(type).category === 'login' && eventTypeOf(type).outcome === 'failure') || type === 'fepft';
const isActive = ({ type }: Event): boolean => eventTypeOf(type).outcome === 'success' && ['login', 'token_exchange', 'silent_auth'].includes(eventTypeOf(type).category);
const isAuth0Active = ({ type }: Event): boolean => eventTypeOf(type).outcome === 'success' && ['login', 'token_exchange'].includes(eventTypeOf(type).category);
const users = (events: readonly Event[]): number => new Set(events.map(event => event.user_id).filter(user => user !== '')).size;
const reasonOf = (event: Event): string => {
  if (['fp', 'fepft'].includes(event.type)) return 'wrongPassword';
  if (event.type === 'fu') return 'unknownUser';
  if (['fco', 'fcoa'].includes(event.type)) return 'origin';
  return ['f', 'fc'].includes(event.type) && !['auth0', 'email', 'sms', ''].includes(String(event['strategy'])) ? 'identityProvider' : 'other';
};
const isBlocked = ({ type }: Event): boolean => ['limit_wc', 'pwd_leak'].includes(type);

/** What each bucket of a series must say, by its label; buckets that are not there must be zero. */
async function expectSeries(view: View, id: string, asked: Question, extra: Record<string, string[]>, expected: (label: string) => Record<string, unknown>): Promise<void> {
  const zone = asked.timeZone[0] ?? 'UTC';
  const rows = await view(id, { ...paramsOf(asked), ...extra });
  const labels = rows.map(row => bucketLabel(Date.parse(String(row['bucketStart'])), asked.grain[0] ?? 'day', zone));
  expect(new Set(labels).size).toBe(labels.length);
  expect(rows.map(({ bucketStart: _start, state: _state, ...rest }) => rest)).toEqual(labels.map(expected));
}
const ranked = (rows: readonly Record<string, unknown>[]) => rows.map(row => [row['value'], row['events'], row['users']]);
function rankBy(events: readonly Event[], keyOf: (event: Event) => string | null): unknown[][] {
  const keys = [...new Set(events.flatMap(event => keyOf(event) ?? []))];
  const groups = keys.map(key => { const its = events.filter(event => keyOf(event) === key); return [key, its.length, users(its)] as const; });
  return groups.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 10).map(group => [...group]);
}

describe('the views of activity over generated archives', () => {
  it('equal a plain count of the events, whatever the filters, the grain and the time zone', async () => {
    await fc.assert(fc.asyncProperty(fc.array(raw, { minLength: 1, maxLength: 220 }), fc.array(question, { minLength: 3, maxLength: 3 }), async (given, questions) => {
      const events: Event[] = given.map(eventOf);
      const view = await archiveOf(events);
      for (const asked of questions) {
        const zone = asked.timeZone[0] ?? 'UTC';
        const grain = asked.grain[0] ?? 'day';
        const everything = events.filter(event => letsFields(event, asked));
        const found = everything.filter(event => letsTime(event, asked));
        const labelOf = (event: Event): string => bucketLabel(Date.parse(event.date), grain, zone);
        const within = (label: string, kind: (event: Event) => boolean): Event[] => found.filter(event => kind(event) && labelOf(event) === label);
        const end = asked.range === null ? Number.POSITIVE_INFINITY : asked.range[0] + asked.range[1];
        const until = (label: string): Event[] => everything.filter(event => Date.parse(event.date) < end && (labelOf(event) === label || Date.parse(event.date) < Math.min(...starts.get(label) ?? [])));
        const starts = new Map<string, number[]>();
        for (const row of await view('logins', paramsOf(asked))) starts.set(bucketLabel(Date.parse(String(row['bucketStart'])), grain, zone), [Date.parse(String(row['bucketStart']))]);
        await expectSeries(view, 'logins', asked, {}, label => ({ logins: within(label, isLogin).length }));
        await expectSeries(view, 'signups', asked, {}, label => ({ signups: within(label, event => event.type === 'ss').length }));
        await expectSeries(view, 'active-users', asked, {}, label => ({ activeUsers: users(within(label, isActive)) }));
        await expectSeries(view, 'active-users', asked, { activity: ['logins'] }, label => ({ activeUsers: users(within(label, isLogin)) }));
        await expectSeries(view, 'active-users', asked, { definition: ['auth0'] }, label => ({ activeUsers: users(within(label, isAuth0Active)) }));
        await expectSeries(view, 'cumulative-signups', asked, {}, label => ({ users: users(until(label).filter(event => event.type === 'ss')) }));
        await expectSeries(view, 'user-retention', asked, {}, label => {
          const activeUsers = users(within(label, isActive));
          const knownUsers = users(until(label));
          return { activeUsers, knownUsers, share: knownUsers === 0 ? null : activeUsers / knownUsers };
        });
        await expectSeries(view, 'failed-logins', asked, {}, label => {
          const failures = within(label, isFailed);
          const count = (reason: string): number => failures.filter(event => reasonOf(event) === reason).length;
          return { total: failures.length, wrongPassword: count('wrongPassword'), unknownUser: count('unknownUser'), identityProvider: count('identityProvider'), origin: count('origin'), other: count('other'), blocked: within(label, isBlocked).length };
        });
        expect((await view('failed-logins', { ...paramsOf(asked), definition: ['auth0'] })).reduce((sum, row) => sum + Number(row['total']), 0)).toBe(found.filter(event => event.type === 'f').length);
        const logins = found.filter(isLogin);
        expect(ranked(await view('top-browsers', paramsOf({ ...asked, grain: [] })))).toEqual(rankBy(logins, event => browsers[agents.indexOf(event['user_agent'] as string | null)] ?? null));
        expect(ranked(await view('top-devices', paramsOf({ ...asked, grain: [] })))).toEqual(rankBy(logins, event => devices[agents.indexOf(event['user_agent'] as string | null)] ?? null));
        expect(ranked(await view('top-applications', paramsOf({ ...asked, grain: [] })))).toEqual(rankBy(logins, event => String(event['client_id'])));
        const connectionOf = (event: Event): string | null => (event['connection_id'] !== '' ? String(event['connection_id']) : event['connection'] === '' ? null : String(event['connection']));
        expect(ranked(await view('top-connections', paramsOf({ ...asked, grain: [] })))).toEqual(rankBy(logins, connectionOf));
        expect(ranked(await view('top-email-domains', paramsOf({ ...asked, grain: [] })))).toEqual(rankBy(found.filter(event => isLogin(event) || event.type === 'ss'), event => domains[names.indexOf(String(event['user_name']))] ?? null));
        const methods = await view('top-authentication-methods', paramsOf({ ...asked, grain: [] }));
        expect(methods.map(row => [`${String(row['strategy'] ?? '')} ${String(row['connectionId'] ?? row['connection'])}`, row['events'], row['users']]).sort())
          .toEqual(rankBy(logins, event => `${String(event['strategy'])} ${String(connectionOf(event))}`).sort());
        const summary = Object.fromEntries((await view('activity-summary', paramsOf({ ...asked, grain: [] }))).map(row => [String(row['metric']), row['value']]));
        const distinct = (values: readonly unknown[]): number => new Set(values.filter(value => value !== '' && value !== null)).size;
        expect(summary).toEqual({
          users: users(found), applications: distinct(found.map(event => event['client_id'])), apis: distinct(found.map(event => event['audience'])), connections: distinct(found.map(connectionOf)),
          organizations: distinct(found.map(event => event['organization_id'])), logins: logins.length, failedLogins: found.filter(isFailed).length, signups: found.filter(event => event.type === 'ss').length, activeUsers: users(found.filter(isActive)),
        });
      }
    }), { numRuns: process.env['TENANTSCOPE_TEST_FULL'] === undefined ? 20 : 200, seed: 9 });
  }, 600_000);
});

describe('the summary of activity', () => {
  it('stands beside that of the stretch of equal length before, where the archive has any of it', async () => {
    const events = Array.from({ length: 20 }, (_none, day): RawEvent => ({ log_id: logIdFor(first + day * dayMs, day), date: new Date(first + day * dayMs).toISOString(), type: 's', user_id: `auth0|${String(day % 4)}` }));
    const view = await archiveOf(events);
    const of = async (from: number, to: number) => (await view('activity-summary', { from: [new Date(from).toISOString()], to: [new Date(to).toISOString()] })).find(row => row['metric'] === 'logins');
    expect(await of(first + 10 * dayMs, first + 20 * dayMs)).toEqual({ metric: 'logins', value: 10, previous: 10 });
    expect(await of(first + 5 * dayMs, first + 15 * dayMs)).toEqual({ metric: 'logins', value: 10, previous: 5 });
    expect(await of(first, first + 10 * dayMs)).toEqual({ metric: 'logins', value: 10, previous: null });
  });

  it('is all zero for an archive without events', async () => {
    const view = await archiveOf([{ log_id: logIdFor(first, 1), date: 'none', type: 's' }]);
    expect((await view('activity-summary')).every(row => row['value'] === 0 && row['previous'] === null)).toBe(true);
    expect(await view('logins')).toEqual([]);
    expect(await view('user-retention')).toEqual([]);
    expect(await view('cumulative-signups')).toEqual([]);
  });
});
