/** Generated archives of users who come, stay, leave and come back, and plain reference definitions to count them by. */
import fc from 'fast-check';
import type { Output } from '../../shared/contract';
import { createClock } from '../../electron/node/clock';
import type { RawEvent } from './log-event';
import { logIdFor, toJsonLines } from './log-event';
import type { TestEngine } from './test-engine';
import { testEngine } from './test-engine';

export const isFull = process.env['TENANTSCOPE_TEST_FULL'] === '1';
/** Milliseconds. */
export const fullTimeout = isFull ? 300_000 : 30_000;

const dayMs = 86_400_000;
/** Before the clocks change in New York (8 March), Berlin (29 March) and on Lord Howe (5 April, by half an hour). */
const base = Date.UTC(2026, 1, 20);
const spanDays = 75;
export const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Kiritimati', 'Asia/Kathmandu'] as const;
type Period = 'day' | 'week' | 'month';

const activityTypes = ['s', 'seacft', 'sertft', 'ssa', 'sepft', 'seccft'];
const loginTypes = ['s', 'sepft'];
const failedTypes = ['f', 'fp', 'fepft', 'fcoa'];
const otherTypes = ['ss', 'fsa', 'limit_wc', 'slo', 'sapi', 'constructor', 'brand_new_type'];
export const isActive = (event: RawEvent): boolean => activityTypes.includes(event.type);
export const isLoggedIn = (event: RawEvent): boolean => loginTypes.includes(event.type);
export const isRefused = (event: RawEvent): boolean => failedTypes.includes(event.type);

const users = ['auth0|ada', 'auth0|ben', 'samlp|acme|eve', 'google-oauth2|1', 'toString', '=1+1', 'auth0|zoë'];
const connections = [['con_1', 'acme'], ['con_2', 'acme'], ['con_1', 'acme renamed'], ['', 'acme'], ['con_3', ''], ['con_4', '__proto__'], ['', '']] as const;
const organizations = [['org_1', 'Acme'], ['org_1', '=Acme, Inc'], ['org_2', '__proto__'], ['org_3', 'Ümlaut "GmbH"'], ['', 'without an id'], ['', '']] as const;

/** Often close to midnight, where days, weeks and months part. */
const instant = fc.oneof(
  fc.integer({ min: 0, max: spanDays * dayMs }),
  fc.tuple(fc.integer({ min: 0, max: spanDays * 4 }), fc.integer({ min: -2, max: 2 })).map(([quarter, ms]) => Math.max(0, quarter * (dayMs / 4) + ms)),
  fc.constantFrom(0, 7 * dayMs, 30 * dayMs, 31 * dayMs),
).map(offset => base + offset);

const event = fc.record({
  at: instant,
  type: fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...activityTypes) }, { weight: 2, arbitrary: fc.constantFrom(...failedTypes) }, { weight: 2, arbitrary: fc.constantFrom(...otherTypes) }),
  user: fc.option(fc.nat(users.length - 1), { freq: 6 }),
  connection: fc.nat(connections.length - 1),
  organization: fc.nat(organizations.length - 1),
  strategy: fc.constantFrom('samlp', 'auth0', null),
  error: fc.constantFrom('expired certificate', '-2+3', null),
  description: fc.constantFrom('Wrong email or password.', null),
});

function toRaw({ at, type, user, connection, organization, strategy, error, description }: typeof event extends fc.Arbitrary<infer Value> ? Value : never, index: number): RawEvent {
  const isMachine = type === 'seccft' && user !== 0;
  return {
    log_id: logIdFor(base + index, index), date: new Date(at).toISOString(), type,
    ...(isMachine || user === null ? { user_id: '' } : { user_id: users[user]!, user_name: `${users[user]!}@example.com` }),
    connection_id: connections[connection]![0], connection: connections[connection]![1], strategy,
    organization_id: organizations[organization]![0], organization_name: organizations[organization]![1],
    ...(error === null ? {} : { details: { error: { message: error } } }), description,
  };
}

/** Log events in their order of arrival, which is not that of their dates. */
export const generatedEvents = fc.array(event, { minLength: 0, maxLength: 90 }).map(all => all.map(toRaw));

/** Mostly no filter. */
const seldom = (values: string[]): fc.Arbitrary<string[]> => fc.oneof({ weight: 4, arbitrary: fc.constant<string[]>([]) }, fc.subarray(values));

export const generatedQuestion = fc.record({
  from: fc.option(instant), to: fc.option(instant), now: fc.integer({ min: base + 20 * dayMs, max: base + (spanDays + 60) * dayMs }),
  timeZone: fc.constantFrom(...zones), grain: fc.constantFrom('day', 'week', 'month'),
  connection: seldom(['con_1', 'acme', '__proto__']), organization: seldom(['org_1', 'org_2']), user: seldom(['auth0|ada', 'toString', '=1+1']), type: seldom(['s', 'ssa', 'f', 'ss']),
}).map(given => (given.from !== null && given.to !== null && given.from > given.to ? { ...given, from: given.to, to: given.from } : given));
export type Question = typeof generatedQuestion extends fc.Arbitrary<infer Value> ? Value : never;

export const atOf = (raw: RawEvent): number => Date.parse(raw.date);
export const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** All filters but the time range. */
export function lets(raw: RawEvent, { connection, organization, user, type }: Question): boolean {
  const any = (values: readonly string[], ...found: readonly unknown[]): boolean => values.length === 0 || values.some(value => found.includes(value));
  return any(connection, raw['connection_id'], raw['connection']) && any(organization, raw['organization_id']) && any(user, raw['user_id']) && any(type, raw.type);
}

export function paramsOf({ from, to, timeZone, connection, organization, user, type }: Question): Record<string, string[]> {
  const iso = (at: number | null): string[] => (at === null ? [] : [new Date(at).toISOString()]);
  return { timeZone: [timeZone], from: iso(from), to: iso(to), connection, organization, user, type };
}

export type Archive = { readonly read: (view: string, params: Record<string, string[]>) => Promise<Output<'view.read'>['rows']>; readonly engine: TestEngine };

/** An archive of the events, each of them offered twice. */
export async function archiveAt(events: readonly RawEvent[], now: number): Promise<Archive> {
  const engine = testEngine({ ports: { clock: createClock(now) } });
  const again = events.map(raw => ({ ...raw, _id: raw.log_id, isMobile: false }));
  const receipt = await engine.call('archive.import', { tenant: 'generated', files: [engine.file('events.jsonl', toJsonLines([...events, ...again]))] });
  if (receipt.stored !== events.length) throw new Error('Not every event was stored once.');
  const read: Archive['read'] = async (view, params) => (await engine.call('view.read', { tenant: 'generated', view, params, size: 5_000 })).rows;
  return { engine, read };
}

const formatters = new Map(zones.map(zone => [zone as string, new Intl.DateTimeFormat('en-US', { timeZone: zone, year: 'numeric', month: 'numeric', day: 'numeric' })]));

/** Numbers that grow by one from one period of a calendar to the next. */
export function periodNumber(at: number, grain: string, zone: string): number {
  const parts = Object.fromEntries(formatters.get(zone)!.formatToParts(at).map(part => [part.type, Number(part.value)]));
  const day = Date.UTC(parts['year']!, parts['month']! - 1, parts['day']) / dayMs;
  if (grain === 'month') return parts['year']! * 12 + parts['month']! - 1;
  // Day 4 was Monday, 5 January 1970.
  return grain === 'week' ? Math.floor((day - 4) / 7) : day;
}

/** The first instant of a period, found by halving the time around where it must be. */
export function periodStart(number: number, grain: string, zone: string): number {
  const roughly = grain === 'month' ? Date.UTC(Math.floor(number / 12), number % 12) : (grain === 'week' ? number * 7 + 4 : number) * dayMs;
  let [before, after] = [roughly - 2 * dayMs, roughly + 2 * dayMs];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (periodNumber(middle, grain, zone) >= number) after = middle;
    else before = middle;
  }
  return after;
}

/** What a question is about: its bounds, else the first event and the end of the last one's period. Null: nothing. */
export function askedOf(events: readonly RawEvent[], { from, to, now, timeZone }: Question, grain: Period): { readonly from: number; readonly to: number } | null {
  const span = spanOf(events, now);
  const start = from ?? span?.from ?? null;
  if (start === null) return null;
  if (to !== null) return { from: start, to: Math.max(start, to) };
  return span === null ? null : { from: start, to: Math.max(start, periodStart(periodNumber(span.to - 1, grain, timeZone) + 1, grain, timeZone)) };
}

/** What an archive of imported events covers. */
export function spanOf(events: readonly RawEvent[], now: number): { readonly from: number; readonly to: number } | null {
  const all = events.map(atOf);
  const credible = all.filter(at => at <= now + dayMs);
  const counted = credible.length === 0 ? all : credible;
  return counted.length === 0 ? null : { from: Math.min(...counted), to: Math.max(...counted) + 1 };
}

/** The state of [start, end) for a question about `asked`, in an archive without gaps. */
export function stateOf(span: { readonly from: number; readonly to: number } | null, asked: { readonly from: number; readonly to: number }, now: number, start: number, end: number): string {
  if (span === null || end <= span.from || start >= span.to) return 'uncovered';
  if (start <= now && now < end) return 'running';
  return start < Math.max(asked.from, span.from) || end > Math.min(asked.to, span.to) ? 'partial' : 'complete';
}
