import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { eventTypeOf } from '../../../shared/domain/event-types';
import type { Output } from '../../../shared/contract';
import { logIdFor, toJsonLines } from '../../builders/log-event';
import type { TestEngine } from '../../builders/test-engine';
import { testEngine } from '../../builders/test-engine';

const open: TestEngine[] = [];
afterEach(async () => { for (const engine of open.splice(0)) await engine.end(); });

type Raw = {
  readonly at: number; readonly type: string; readonly user: number | null; readonly connection: number | null; readonly connectionName: number | null;
  readonly organization: number | null; readonly application: number | null; readonly ip: number; readonly description: number | null;
};
const base = Date.UTC(2026, 2, 28);
const users = [['auth0|1', 'Ada@Example.com'], ['samlp|acme|2', 'GÜNTHER@example.org'], ['auth0|3', '+491700000000'], ['', 'straße@example.net']] as const;
const addresses = ['203.0.113.9', '2001:db8::1f55', '2001:0db8:0000:0000:0000:0000:0000:1f55', '198.51.100.77'];
const canonical = ['203.0.113.9', '2001:db8::1f55', '2001:db8::1f55', '198.51.100.77'];
const descriptions = ['Wrong password', 'WRONG signature', '100% _sure_', "it's a \"test\""];
const types = ['s', 'fp', 'limit_wc', 'sapi', 'constructor', 'brand_new_type'];

const rawEvent: fc.Arbitrary<Raw> = fc.record({
  at: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 86_400_000 * 3 })),
  type: fc.constantFrom(...types),
  user: fc.option(fc.nat(3)),
  connection: fc.option(fc.nat(2)),
  connectionName: fc.option(fc.nat(2)),
  organization: fc.option(fc.nat(1)),
  application: fc.option(fc.nat(1)),
  ip: fc.nat(3),
  description: fc.option(fc.nat(3)),
});

/** The order of arrival is not that of the dates, and several dates are the same. */
const asLogEvent = (raw: Raw, index: number) => ({
  log_id: logIdFor(base + index, index), date: new Date(base + raw.at).toISOString(), type: raw.type,
  ...(raw.user === null ? {} : { user_id: users[raw.user]?.[0], user_name: users[raw.user]?.[1] }),
  connection_id: raw.connection === null ? '' : `con_${String(raw.connection)}`,
  connection: raw.connectionName === null ? null : `name-${String(raw.connectionName)}`,
  ...(raw.organization === null ? {} : { organization_id: `org_${String(raw.organization)}` }),
  ...(raw.application === null ? {} : { client_id: `app_${String(raw.application)}` }),
  strategy: ['samlp', 'auth0'][raw.ip % 2], location_info: { country_code: ['DE', 'FR', 'US'][raw.ip % 3] }, hostname: ['a.example.com', 'b.example.com'][raw.ip % 2],
  user_agent: ['Chrome 114.0.0 / Windows 10.0.0', 'Firefox 115.0.0 / Mac OS X 10.15.7', 'axios/1.7.2', 'unknown'][raw.ip],
  ip: addresses[raw.ip], description: raw.description === null ? null : descriptions[raw.description],
});
type LogEvent = ReturnType<typeof asLogEvent>;

const params = fc.record({
  from: fc.option(fc.integer({ min: 0, max: 86_400_000 * 3 })), to: fc.option(fc.integer({ min: 0, max: 86_400_000 * 3 })),
  type: fc.subarray(types), outcome: fc.subarray(['success', 'failure', 'blocked', 'info']),
  user: fc.subarray(['auth0|1', 'samlp|acme|2', 'nobody']), connection: fc.subarray(['con_0', 'con_1', 'name-0', 'name-2', 'no such']),
  organization: fc.subarray(['org_0', 'org_9']), application: fc.subarray(['app_0', 'app_1']),
  category: fc.subarray(['login', 'unknown', 'management_api']), strategy: fc.subarray(['samlp', 'auth0']), country: fc.subarray(['de', 'FR']),
  browser: fc.subarray(['Chrome']), device: fc.subarray(['desktop', 'server']), hostname: fc.subarray(['b.example.com']),
  exclude: fc.subarray(['type:s', 'connection:name-0', 'connection:con_1', 'user:auth0|1', 'outcome:failure', 'category:unknown', 'country:de', 'ip:203.0.113.9', 'device:server']),
  ip: fc.subarray(['2001:DB8:0::1f55', '203.0.113.9']), q: fc.subarray(['ada@', 'ünther', 'STRASSE', 'wrong', '%', '_sure_', '"test"', '1f55', '0000000001', "'"]),
}, { requiredKeys: [] });
type Params = typeof params extends fc.Arbitrary<infer Value> ? Value : never;

const fold = (text: string): string => text.toUpperCase().toLowerCase();

const deviceOf = (event: LogEvent): string => (/Chrome|Firefox/.test(event.user_agent ?? '') ? 'desktop' : event.user_agent === 'unknown' ? 'none' : 'server');

function excludes(event: LogEvent, text: string): boolean {
  const value = text.slice(text.indexOf(':') + 1);
  switch (text.slice(0, text.indexOf(':'))) {
    case 'type': return event.type === value;
    case 'connection': return event.connection === value || event.connection_id === value;
    case 'user': return event.user_id === value;
    case 'outcome': return eventTypeOf(event.type).outcome === value;
    case 'category': return eventTypeOf(event.type).category === value;
    case 'country': return event.location_info.country_code === value.toUpperCase();
    case 'ip': return event.ip === value;
    default: return deviceOf(event) === value;
  }
}

function lets(event: LogEvent, given: Params): boolean {
  const at = Date.parse(event.date);
  const any = (values: readonly string[] | undefined, matches: (value: string) => boolean): boolean => values === undefined || values.length === 0 || values.some(matches);
  const texts = [event.user_name, event.user_id, event.description, event.ip, event.log_id].map(text => fold(text ?? ''));
  return (given.from == null || at >= base + given.from) && (given.to == null || at < base + given.to)
    && any(given.type, value => event.type === value) && any(given.outcome, value => eventTypeOf(event.type).outcome === value)
    && any(given.user, value => event.user_id === value)
    && any(given.connection, value => event.connection === value || event.connection_id === value)
    && any(given.category, value => eventTypeOf(event.type).category === value) && any(given.strategy, value => event.strategy === value)
    && any(given.country, value => event.location_info.country_code === value.toUpperCase()) && any(given.hostname, value => event.hostname === value)
    && any(given.browser, value => event.user_agent?.startsWith(value) === true) && any(given.device, value => deviceOf(event) === value)
    && !(given.exclude ?? []).some(text => excludes(event, text))
    && any(given.organization, value => event.organization_id === value) && any(given.application, value => event.client_id === value)
    && any(given.ip, value => (value === '203.0.113.9' ? event.ip === value : event.ip?.endsWith('1f55') === true))
    && any(given.q, value => texts.some(text => text.includes(fold(value))));
}

function toParams(given: Params): Record<string, string[]> {
  const { from, to, ...lists } = given;
  const [first, last] = from != null && to != null && from > to ? [to, from] : [from, to];
  return {
    ...(first == null ? {} : { from: [new Date(base + first).toISOString()] }), ...(last == null ? {} : { to: [new Date(base + last).toISOString()] }),
    ...Object.fromEntries(Object.entries(lists).filter(([, values]) => values !== undefined && values.length > 0)),
  };
}
const ordered = (given: Params): Params => (given.from != null && given.to != null && given.from > given.to ? { ...given, from: given.to, to: given.from } : given);

async function imported(events: readonly LogEvent[]): Promise<TestEngine> {
  const engine = testEngine();
  open.push(engine);
  await engine.call('archive.import', { tenant: 'generated', files: [engine.file('events.jsonl', toJsonLines(events))] });
  return engine;
}

async function allPages(engine: TestEngine, given: Params, size: number): Promise<{ readonly ids: unknown[]; readonly totals: Set<number | null> }> {
  const ids: unknown[] = [];
  const totals = new Set<number | null>();
  let page: string | null | undefined;
  do {
    const answer: Output<'view.read'> = await engine.call('view.read', { tenant: 'generated', view: 'audit-timeline', params: toParams(given), size, ...(page == null ? {} : { page }) });
    ids.push(...answer.rows.map(row => row['logId']));
    totals.add(answer.total);
    page = answer.next;
  } while (page !== null);
  return { ids, totals };
}

describe('a generated archive', () => {
  it('pages, counts and filters the timeline as a plain filter of the raw events does', async () => {
    await fc.assert(fc.asyncProperty(fc.array(rawEvent, { maxLength: 60 }), fc.array(params, { minLength: 3, maxLength: 5 }), fc.integer({ min: 1, max: 25 }), async (raws, filters, size) => {
      const events = raws.map(asLogEvent);
      const engine = await imported(events);
      for (const filter of filters.map(ordered)) {
        const expected = events.map((event, index) => ({ event, index })).filter(({ event }) => lets(event, filter))
          .sort((a, b) => Date.parse(b.event.date) - Date.parse(a.event.date) || b.index - a.index).map(({ event }) => event.log_id);
        const { ids, totals } = await allPages(engine, filter, size);
        expect(ids).toEqual(expected);
        expect([...totals]).toEqual([expected.length]);
      }
      await engine.close();
    }), { numRuns: process.env['TENANTSCOPE_TEST_FULL'] === '1' ? 400 : 40, seed: 20_260_601 });
  });

  it('counts facets as a plain count of the raw events does', async () => {
    const valueOf: Readonly<Record<string, (event: LogEvent, index: number, raws: readonly Raw[]) => string | null | undefined>> = {
      type: event => event.type, category: event => eventTypeOf(event.type).category, outcome: event => eventTypeOf(event.type).outcome,
      connection: event => event.connection_id || event.connection, organization: event => event.organization_id, application: event => event.client_id,
      user: event => event.user_id || null, ip: (_event, index, raws) => canonical[raws[index]?.ip ?? 0],
    };
    await fc.assert(fc.asyncProperty(fc.array(rawEvent, { maxLength: 60 }), params, async (raws, given) => {
      const filter = ordered(given);
      const events = raws.map(asLogEvent);
      const engine = await imported(events);
      for (const [field, value] of Object.entries(valueOf)) {
        const counts = new Map<string, number>();
        events.forEach((event, index) => {
          const found = value(event, index, raws);
          if (found != null && lets(event, filter)) counts.set(found, (counts.get(found) ?? 0) + 1);
        });
        const answer = await engine.call('view.read', { tenant: 'generated', view: 'facets', params: { ...toParams(filter), field: [field], limit: ['100'] } });
        expect(Object.fromEntries(answer.rows.map(row => [row['value'], row['count']])), field).toEqual(Object.fromEntries(counts));
        expect(answer.rows.map(row => row['count'])).toEqual([...counts.values()].sort((a, b) => b - a));
      }
      await engine.close();
    }), { numRuns: process.env['TENANTSCOPE_TEST_FULL'] === '1' ? 200 : 25, seed: 20_260_602 });
  });
});
