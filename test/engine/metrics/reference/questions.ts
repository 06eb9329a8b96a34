/** Random questions to the views, as parameters that a caller gives. */
import fc from 'fast-check';
import { busyOffsets, spanDays, timeZones } from '../../../builders/generated-log';

const dayMs = 86_400_000;

/** A bound of the time range by its distance from the start of the log: an instant, or the date it lies on. */
export type Bound = { readonly offset: number; readonly isDate: boolean };
export type Question = {
  readonly from: Bound | null; readonly to: Bound | null;
  /** Null: that of the log. */
  readonly timeZone: string | null;
  readonly grain: 'hour' | 'day' | 'week' | 'month'; readonly period: 'day' | 'week' | 'month';
  readonly filters: readonly (readonly [field: string, values: readonly string[]])[]; readonly exclude: readonly string[]; readonly q: readonly string[];
  readonly counting: 'all' | 'logins' | 'auth0'; readonly fields: readonly string[]; readonly limit: number | null;
  readonly unit: 'user' | 'connection' | 'organization'; readonly periods: number; readonly mode: 'bounded' | 'unbounded'; readonly birth: 'first-seen' | 'signup';
  readonly cohort: number | null; readonly cell: number | null; readonly members: 'active' | 'lost'; readonly newest: number | null; readonly plan: number | null;
};

const values: Readonly<Record<string, readonly string[]>> = {
  application: ['app_1', 'app_2', 'Old', 'nobody'], connection: ['con_1', 'acme', '__proto__', 'con_3', 'acme renamed'], organization: ['org_1', 'org_2', 'org_3'],
  user: ['auth0|ada', 'toString', '=1+1', 'auth0|zoë'], type: ['s', 'f', 'fp', 'ss', 'seccft', 'brand_new_type', 'sertft'], outcome: ['success', 'failure', 'blocked', 'warning', 'info'],
  ip: ['203.0.113.9', '2001:db8::1f55', '2001:0DB8:0:0::1F55', '192.0.2.1'], category: ['login', 'token_exchange', 'silent_auth', 'unknown', 'attack_protection'], strategy: ['samlp', 'auth0', 'ad', 'email'],
  country: ['DE', 'US', 'FR'], hostname: ['login.example.com', 'acme.eu.auth0.com'], browser: ['Chrome', 'Edge', 'Firefox', 'Safari'], device: ['desktop', 'phone', 'server', 'bot'],
};
const fields = Object.keys(values);
const filter = fc.constantFrom(...fields).chain(field => fc.tuple(fc.constant(field), fc.subarray([...values[field]!], { minLength: 1 })));
const exclusion = fc.constantFrom(...fields).chain(field => fc.constantFrom(...values[field]!).map(value => `${field}:${value}`));
/** Parts of names, ids, addresses, descriptions and log ids, in any case. */
const needles = ['ADA', 'example.org', 'günther', 'GÜNTHER', '203.0.113', '=1+1', 'auth0|', 'Expired Certificate', '100% _', '00000000000000000000000000000002', '1', 'nowhere to be found', "it's"];

/** A time range may begin before the log does and end after it, or just where many events are. */
const bound = fc.record({
  offset: fc.oneof(fc.constantFrom(...busyOffsets), fc.integer({ min: -10 * dayMs, max: (spanDays + 35) * dayMs }), fc.tuple(fc.integer({ min: 0, max: spanDays * 4 }), fc.integer({ min: -1, max: 1 })).map(([quarter, ms]) => quarter * (dayMs / 4) + ms)),
  isDate: fc.boolean(),
});

const seldom = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> => fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });

export const questions: fc.Arbitrary<Question> = fc.record({
  from: fc.option(bound, { freq: 2 }), to: fc.option(bound, { freq: 2 }), timeZone: fc.option(fc.constantFrom(...timeZones), { freq: 2 }),
  grain: fc.constantFrom('hour', 'day', 'week', 'month'), period: fc.constantFrom('day', 'week', 'month'),
  filters: fc.oneof({ weight: 5, arbitrary: fc.constant([]) }, { weight: 4, arbitrary: filter.map(one => [one]) }, { weight: 1, arbitrary: fc.uniqueArray(filter, { minLength: 2, maxLength: 3, selector: ([field]) => field }) }),
  exclude: fc.oneof({ weight: 5, arbitrary: fc.constant([]) }, { weight: 2, arbitrary: fc.array(exclusion, { minLength: 1, maxLength: 2, size: 'max' }) }),
  q: fc.oneof({ weight: 9, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.subarray(needles, { minLength: 1, maxLength: 2 }) }),
  counting: fc.constantFrom('all', 'logins', 'auth0'), fields: fc.subarray(fields, { minLength: 1, maxLength: 3 }), limit: fc.option(fc.integer({ min: 1, max: 6 }), { freq: 2 }),
  unit: fc.constantFrom('user', 'connection', 'organization'), periods: fc.constantFrom(1, 2, 5, 12, 40), mode: fc.constantFrom('bounded', 'unbounded'), birth: fc.constantFrom('first-seen', 'signup'),
  cohort: seldom(fc.integer({ min: -dayMs, max: spanDays * dayMs })), cell: fc.option(fc.nat(4), { freq: 2 }), members: fc.constantFrom('active', 'lost'), newest: fc.option(fc.integer({ min: 1, max: 8 }), { freq: 2 }), plan: fc.option(fc.integer({ min: 1, max: 999_999_999_999 })),
});

/** What a view is asked beside the common parameters. */
export type Extra = Readonly<Record<string, readonly string[]>>;
export const only = (name: string, value: string | number | null): Extra => (value === null ? {} : { [name]: [String(value)] });

/** Bounds as a caller writes them, in their order, and as instants. */
export type Asked = { readonly from: string | null; readonly to: string | null; readonly fromAt: number | null; readonly toAt: number | null };

export function askedOf({ from, to }: Question, base: number, startOfDate: (date: string) => number): Asked {
  const written = (given: Bound | null): { readonly text: string; readonly at: number } | null => {
    if (given === null) return null;
    const text = new Date(base + given.offset).toISOString();
    return given.isDate ? { text: text.slice(0, 10), at: startOfDate(text.slice(0, 10)) } : { text, at: base + given.offset };
  };
  const [a, b] = [written(from), written(to)];
  const [first, last] = a !== null && b !== null && a.at > b.at ? [b, a] : [a, b];
  return { from: first?.text ?? null, to: last?.text ?? null, fromAt: first?.at ?? null, toAt: last?.at ?? null };
}

/** The common parameters. */
export function commonParams({ filters, exclude, q }: Question, timeZone: string, { from, to }: Asked): Record<string, string[]> {
  return { timeZone: [timeZone], ...only('from', from), ...only('to', to), ...Object.fromEntries(filters), exclude: [...exclude], q: [...q] } as Record<string, string[]>;
}
