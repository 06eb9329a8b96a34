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
const now = Date.UTC(2026, 5, 16, 12);

async function archiveOf(events: readonly RawEvent[]): Promise<(view: string, params?: Record<string, string[]>) => Promise<readonly Record<string, unknown>[]>> {
  const engine = testEngine({ ports: { clock: createClock(now) } });
  open.push(engine);
  const files = [engine.file('events.jsonl', toJsonLines(events)), engine.file('again.jsonl', toJsonLines(events.slice(0, 40)))];
  await engine.call('archive.import', { tenant: 'generated', files });
  return async (view, params = {}) => (await engine.call('view.read', { tenant: 'generated', view, params, size: 5000 })).rows;
}

const apis = ['https://api.example.com/', 'https://acme.eu.auth0.com/api/v2/', null] as const;
const raw = fc.record({
  at: fc.integer({ min: Date.UTC(2026, 2, 1), max: Date.UTC(2026, 5, 16) }),
  type: fc.constantFrom('s', 'ss', 'f', 'fp', 'fn', 'seccft', 'sepft', 'api_limit', 'limit_wc', 'limit_unknown_code', 'sertft', 'odd'),
  user: fc.constantFrom('auth0|1', 'auth0|2', 'samlp|acme|3', ''), connection: fc.nat(3), application: fc.nat(2), api: fc.nat(2), error: fc.nat(4),
});
const eventOf = (given: typeof raw extends fc.Arbitrary<infer Value> ? Value : never, index: number): RawEvent => ({
  log_id: logIdFor(Date.UTC(2026, 0, 1) + index, index), date: new Date(given.at).toISOString(), type: given.type, user_id: given.type === 'seccft' ? '' : given.user,
  connection: ['acme', 'globex', '', 'acme'][given.connection], connection_id: ['con_1', 'con_2', '', 'con_4'][given.connection],
  client_id: `app_${String(given.application)}`, client_name: ['Portal', 'Scanner', ''][given.application], audience: apis[given.api],
  description: given.error === 4 ? '' : 'Said so', details: { error: [{ message: 'Wrong code.' }, 'plain', null, undefined, null][given.error] },
});
type Event = ReturnType<typeof eventOf> & { readonly user_id?: string };

const zones = ['UTC', 'Europe/Berlin', 'America/New_York'];
const params = fc.record({ application: fc.subarray(['app_0', 'app_1']), connection: fc.subarray(['acme', 'con_2']), timeZone: fc.constantFrom(...zones).map(zone => [zone]), exclude: fc.subarray(['type:fp']) }, { requiredKeys: [] });
type Params = typeof params extends fc.Arbitrary<infer Value> ? Value : never;
const lets = (event: Event, given: Params): boolean =>
  (!given.application?.length || given.application.includes(String(event['client_id'])))
  && (!given.connection?.length || given.connection.some(value => event['connection'] === value || event['connection_id'] === value))
  && !(given.exclude?.length && event.type === 'fp');
const asked = (given: Params): Record<string, string[]> => Object.fromEntries(Object.entries(given).filter(([, values]) => values.length > 0));
const local = (event: Event, zone: string): string => new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit' }).format(new Date(event.date)).slice(0, 7);
const isTokens = (event: Event): boolean => event.type === 'seccft' && event['audience'] !== apis[1];

describe('usage, tokens and errors of generated archives', () => {
  it('equal a plain count of the events, whatever the filters and the time zone', async () => {
    await fc.assert(fc.asyncProperty(fc.array(raw, { minLength: 1, maxLength: 250 }), fc.array(params, { minLength: 3, maxLength: 3 }), async (given, questions) => {
      const events = given.map(eventOf);
      const view = await archiveOf(events);
      for (const question of questions) {
        const found = events.filter(event => lets(event, question));
        const zone = question.timeZone?.[0] ?? 'UTC';
        const months = (await view('usage', asked(question))).map(row => ({
          // A month may begin late on the evening before in UTC.
          month: new Date(Date.parse(String(row['month'])) + dayMs).toISOString().slice(0, 7), users: row['activeUsers'], tokens: row['m2mTokens'], limits: row['rateLimitEvents'],
        }));
        expect(months).toEqual(months.map(({ month }) => {
          const inMonth = found.filter(event => local(event, zone) === month);
          const active = inMonth.filter(event => ['s', 'ss', 'sepft'].includes(event.type) && event.user_id !== '');
          return { month, users: new Set(active.map(event => event.user_id)).size, tokens: inMonth.filter(isTokens).length, limits: inMonth.filter(event => /^(api_limit|limit_)/.test(event.type)).length };
        }));
        expect(months.reduce((sum, row) => sum + Number(row.tokens), 0)).toBe(found.filter(isTokens).length);
        const tokens = await view('m2m-tokens', asked(question));
        const pairs = [...new Set(found.filter(isTokens).map(event => `${String(event['client_id'])} ${String(event['audience'])}`))];
        expect(Object.fromEntries(tokens.map(row => [`${String(row['applicationId'])} ${String(row['audience'])}`, row['tokens']])))
          .toEqual(Object.fromEntries(pairs.map(pair => [pair, found.filter(event => isTokens(event) && `${String(event['client_id'])} ${String(event['audience'])}` === pair).length])));
        const failures = found.filter(event => eventTypeOf(event.type).outcome === 'failure');
        const textOf = (event: Event): string | null => {
          const error = (event['details'] as { readonly error?: unknown }).error;
          const own = typeof error === 'string' ? error : (error as { readonly message?: string } | null | undefined)?.message;
          return own ?? (event['description'] === '' ? null : String(event['description']));
        };
        const keys = [...new Set(failures.map(event => JSON.stringify([event.type, textOf(event)])))];
        const errors = await view('errors', asked(question));
        expect(errors.map(row => row['events'])).toEqual(errors.map(row => Number(row['events'])).sort((a, b) => b - a));
        expect(Object.fromEntries(errors.map(({ type, error, ...rest }) => [JSON.stringify([type, error]), rest]))).toEqual(Object.fromEntries(keys.map(key => {
          const its = failures.filter(event => JSON.stringify([event.type, textOf(event)]) === key);
          const dates = its.map(event => event.date).sort();
          const named = (values: readonly unknown[]): unknown[] => [...new Set(values.filter(value => value !== ''))].sort();
          return [key, {
            events: its.length, users: named(its.map(event => event.user_id)).length, firstAt: dates[0], lastAt: dates.at(-1),
            connections: named(its.map(event => event['connection'] === '' ? event['connection_id'] : event['connection'])),
            applications: named(its.map(event => event['client_name'] === '' ? event['client_id'] : event['client_name'])),
          }];
        })));
      }
    }), { numRuns: process.env['TENANTSCOPE_TEST_FULL'] === undefined ? 25 : 200, seed: 5 });
  }, 300_000);
});

describe('the forecast of the running month', () => {
  const daily = (count: number, from: number, fields: (day: number, number: number) => object): RawEvent[] => Array.from({ length: Math.ceil((now - from) / dayMs) }, (_none, day) =>
    Array.from({ length: count }, (_event, number) => ({ log_id: logIdFor(from + day * dayMs + number), date: new Date(from + day * dayMs + number * 60_000).toISOString(), type: 's', ...fields(day, number) }))).flat();

  it('stands beside the counts of the running month only, with the limits that were given', async () => {
    const view = await archiveOf([...daily(10, Date.UTC(2026, 2, 1), (day, number) => ({ user_id: `auth0|${String((day * 3 + number) % 90)}` })), ...daily(20, Date.UTC(2026, 2, 1, 1), () => ({ type: 'seccft', audience: apis[0], log_id: undefined })).map((event, index) => ({ ...event, log_id: logIdFor(Date.UTC(2026, 0, 1) + index, 7) }))]);
    const rows = await view('usage', { limitM2mTokens: ['600'], limitActiveUsers: ['7000'] });
    expect(rows.map(row => row['state'])).toEqual(['complete', 'complete', 'complete', 'running']);
    expect(rows.slice(0, 3).flatMap(row => [row['activeUsersForecast'], row['m2mTokensForecast'], row['rateLimitEventsForecastLow']])).toEqual(new Array(9).fill(null));
    const june = rows[3] ?? {};
    expect(june).toMatchObject({ m2mTokens: 320, m2mTokensForecast: 600, m2mTokensLimit: 600, activeUsersLimit: 7000, rateLimitEvents: 0, rateLimitEventsForecast: 0, rateLimitEventsLimit: null });
    expect(Number(june['m2mTokensForecastLow'])).toBeLessThanOrEqual(600);
    expect(Number(june['m2mTokensForecastHigh'])).toBeGreaterThanOrEqual(600);
    expect(Number(june['activeUsersForecast'])).toBeGreaterThanOrEqual(Number(june['activeUsers']));
  });

  it('is none where the archive covers less than four weeks', async () => {
    const view = await archiveOf(daily(10, Date.UTC(2026, 5, 1), (_day, number) => ({ user_id: `auth0|${String(number)}` })));
    expect(await view('usage')).toMatchObject([{ activeUsers: 10, activeUsersForecast: null, m2mTokensForecast: null, rateLimitEventsForecastHigh: null, state: 'running' }]);
  });

  it('refuses a limit that is not a whole number', async () => {
    const view = await archiveOf(daily(1, Date.UTC(2026, 5, 1), () => ({})));
    for (const limit of ['0', '-5', '1.5', 'many', '1e6']) await expect(view('usage', { limitM2mTokens: [limit] })).rejects.toMatchObject({ code: 'view.param-invalid' });
  });
});
