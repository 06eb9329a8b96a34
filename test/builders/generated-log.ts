/** Generated logs with all that a metric may trip over: out of order, offered twice, revised, machines, renamed things, changes of the clocks. */
import fc from 'fast-check';
import type { RawEvent } from './log-event';
import { logIdFor } from './log-event';

const dayMs = 86_400_000;
export const spanDays = 70;

/** When a log begins, and a time zone whose clocks change in it: by an hour, by half an hour, at midnight, by a whole day. */
const seasons = [
  // 8 and 29 March, 5 April.
  { base: Date.UTC(2026, 1, 20), timeZone: 'America/New_York' }, { base: Date.UTC(2026, 1, 20), timeZone: 'Europe/Berlin' }, { base: Date.UTC(2026, 1, 20), timeZone: 'Australia/Lord_Howe' },
  // 4 and 25 October, 1 November.
  { base: Date.UTC(2026, 8, 20), timeZone: 'Australia/Lord_Howe' }, { base: Date.UTC(2026, 8, 20), timeZone: 'Europe/Berlin' }, { base: Date.UTC(2026, 8, 20), timeZone: 'America/New_York' },
  // Back at midnight of 18 February; midnight of 4 November left out.
  { base: Date.UTC(2018, 0, 20), timeZone: 'America/Sao_Paulo' }, { base: Date.UTC(2018, 9, 10), timeZone: 'America/Sao_Paulo' },
  // 4 April, and a month that begins four weeks and a day after the log; 30 December left out.
  { base: Date.UTC(2021, 2, 3), timeZone: 'Pacific/Apia' }, { base: Date.UTC(2011, 11, 1), timeZone: 'Pacific/Apia' },
] as const;

export const timeZones = [
  'UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'America/Sao_Paulo', 'Pacific/Apia', 'Pacific/Kiritimati', 'America/St_Johns',
] as const;

const activityTypes = ['s', 's', 's', 's', 'sepft', 'seacft', 'sertft', 'ssa', 'scoa', 'sens'];
const failureTypes = ['f', 'f', 'fp', 'fu', 'fc', 'fco', 'fcoa', 'fepft', 'fens', 'fsa', 'fs', 'feacft'];
const guardTypes = ['limit_wc', 'limit_mu', 'limit_sul', 'limit_phone', 'pwd_leak', 'signup_pwd_leak', 'api_limit', 'api_limit_warning', 'limit_delegation', 'limit_of_tomorrow'];
const signupType = 'ss';
const otherTypes = ['slo', 'sapi', 'scp', 'w', 'cls', 'constructor', 'brand_new_type'];
/** Tokens for machines name no user. */
const machineType = 'seccft';

/** Ids with the names they go by. Strangers type names without an id. */
const users = [
  ['auth0|ada', 'Ada@Example.com'], ['auth0|ben', 'ben@example.com'], ['auth0|ben', 'b.en@example.org'], ['samlp|acme|eve', 'GÜNTHER@example.org'], ['google-oauth2|1', '+491700000000'],
  ['toString', 'x@y@example.net'], ['=1+1', '@'], ['auth0|zoë', 'zoë@sub.example.com'],
  ['auth0|cy', 'cy@example.com'], ['auth0|di', 'di@example.com'], ['auth0|ed', 'ed@example.net'], ['auth0|flo', 'flo@example.net'],
] as const;
const strangers = ['guess1@victim.example.net', 'guess2@victim.example.net', 'admin', ''] as const;
const connections = [
  ['con_1', 'acme', 'samlp'], ['con_1', 'acme renamed', 'samlp'], ['con_2', 'acme', 'samlp'], ['', 'acme', 'auth0'], ['', 'acme legacy', 'auth0'], ['con_3', '', 'email'], ['con_4', '__proto__', 'ad'], ['con_5', 'sms', 'sms'], ['con_4', '__proto__', null], ['', '', null],
] as const;
const organizations = [['org_1', 'Acme'], ['org_1', 'Acme, Inc'], ['org_2', '__proto__'], ['org_3', 'Ümlaut "GmbH"'], ['', 'without an id'], ['', '']] as const;
const applications = [['app_1', 'Portal'], ['app_1', 'Portal 2'], ['app_2', ''], ['', 'Old'], ['app_3', 'Scanner'], ['app_3', ''], ['', '']] as const;
const audiences = ['https://api.example.com/', 'https://acme.eu.auth0.com/api/v2/', 'https://api.example.com/api/v2/users', 'urn:api', ''] as const;
const chromium = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36';
const agents = [chromium, `${chromium} Edg/126.0.0.0`, 'Chrome 114.0.0 / Windows 10.0.0', 'Firefox 115.0.0 / Mac OS X 10.15.7', 'Mobile Safari 17.0.0 / iOS 17.0.0', 'axios/1.7.2', 'Googlebot/2.1 (+https://bot.example.com/)', 'unknown', null] as const;
/** Each address as it may be spelt, and its one spelling. */
export const addresses = [['203.0.113.9', '203.0.113.9'], ['198.51.100.77', '198.51.100.77'], ['2001:db8::1f55', '2001:db8::1f55'], ['2001:0DB8:0:0::1F55', '2001:db8::1f55'], ['::ffff:192.0.2.1', '192.0.2.1'], ['', '']] as const;
const errors = [{ message: 'expired certificate' }, { message: 'Wrong password' }, 'plain refusal', { oauthError: 'access_denied', type: 'oauth' }, { type: 'request-error' }, { message: '' }, null] as const;
const descriptions = ['Wrong password', 'expired certificate', '100% _sure_', ''] as const;

/** Where many events happen at once. */
export const busyOffsets = [0, 7 * dayMs, 28 * dayMs, 30 * dayMs, 31 * dayMs] as const;
/** Often close to the quarters of a day, where buckets part, and often the same. */
const offset = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: spanDays * dayMs }) },
  { weight: 2, arbitrary: fc.tuple(fc.integer({ min: 0, max: spanDays * 4 }), fc.integer({ min: -2, max: 2 })).map(([quarter, ms]) => Math.max(0, quarter * (dayMs / 4) + ms)) },
  { weight: 1, arbitrary: fc.constantFrom(...busyOffsets) },
);

/** Before Auth0 was there no date is believed, so that one more does not stand out. */
const auth0Began = Date.UTC(2013, 0, 1);
/** Dates that nobody believes: before that, and after all of us. */
const strayDate = fc.oneof({ weight: 60, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.constantFrom(Date.UTC(1999, 11, 31), Date.UTC(2199, 0, 1)) });

const event = fc.record({
  offset, strayDate,
  type: fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...activityTypes) }, { weight: 3, arbitrary: fc.constantFrom(...failureTypes) }, { weight: 1, arbitrary: fc.constantFrom(...guardTypes) }, { weight: 1, arbitrary: fc.constant(signupType) }, { weight: 1, arbitrary: fc.constantFrom(...otherTypes) }, { weight: 2, arbitrary: fc.constant(machineType) }),
  user: fc.option(fc.nat(users.length - 1), { freq: 7 }), stranger: fc.constantFrom(...strangers), connection: fc.constantFrom(...connections), organization: fc.constantFrom(...organizations),
  application: fc.constantFrom(...applications), audience: fc.constantFrom(...audiences), agent: fc.constantFrom(...agents), address: fc.constantFrom(...addresses), country: fc.constantFrom('DE', 'us', ''),
  hostname: fc.constantFrom('login.example.com', 'acme.eu.auth0.com', ''), error: fc.constantFrom(...errors), description: fc.constantFrom(...descriptions), isMobile: fc.constantFrom(undefined, true, false),
});
type Drawn = typeof event extends fc.Arbitrary<infer Value> ? Value : never;

function rawOf(drawn: Drawn, index: number, base: number): RawEvent {
  const { connection: [connectionId, connection, strategy], organization: [organizationId, organizationName], application: [applicationId, applicationName] } = drawn;
  const isMachine = drawn.type === machineType;
  const [userId, userName] = drawn.user === null || isMachine ? ['', isMachine ? '' : drawn.stranger] : users[drawn.user]!;
  return {
    log_id: logIdFor(base + index, index), date: new Date(base < auth0Began || drawn.strayDate === null ? base + drawn.offset : drawn.strayDate).toISOString(), type: drawn.type, user_id: userId, user_name: userName,
    ...(isMachine ? {} : { connection_id: connectionId, connection, strategy }), organization_id: organizationId, organization_name: organizationName,
    client_id: applicationId, client_name: applicationName, audience: drawn.audience, user_agent: drawn.agent, ip: drawn.address[0], hostname: drawn.hostname,
    ...(drawn.country === '' ? {} : { location_info: { country_code: drawn.country } }), ...(drawn.error === null ? {} : { details: { error: drawn.error } }),
    description: drawn.description, ...(drawn.isMobile === undefined ? {} : { isMobile: drawn.isMobile }),
  };
}

const copy = fc.record({ of: fc.nat(), kind: fc.constantFrom('same', 'housekeeping', 'envelope', 'revision'), isLate: fc.boolean() });
type Copy = typeof copy extends fc.Arbitrary<infer Value> ? Value : never;

/** What arrives: an event alone or in its envelope; of several with one log id the first counts. */
export type Arrival = { readonly event: RawEvent; readonly line: unknown };

function copyOf(event: RawEvent, kind: Copy['kind']): Arrival {
  if (kind === 'housekeeping') return alone({ ...event, _id: event.log_id, isMobile: false });
  if (kind === 'envelope') return { event, line: { log_id: event.log_id, data: event } };
  return alone(kind === 'revision' ? { ...event, type: 's', user_id: 'auth0|revised', client_id: 'app_revised', date: new Date(Date.parse(event.date) + 5 * dayMs).toISOString() } : event);
}
const alone = (event: RawEvent): Arrival => ({ event, line: event });

/** `files`: arrivals in their order; `base`: the start of its time, in milliseconds; `timeZone`: one whose clocks change in it; `now`: the clock at which it is asked. */
export type GeneratedLog = { readonly base: number; readonly timeZone: string; readonly now: number; readonly files: readonly (readonly Arrival[])[] };

/** Events arrive in another order than they happened; copies come right behind the event, or at the end of another file. */
function arrange(events: readonly RawEvent[], copies: readonly Copy[], cut: number): readonly (readonly Arrival[])[] {
  const copiesOf = (index: number, isLate: boolean): Arrival[] => copies.filter(copy => copy.of % events.length === index && copy.isLate === isLate).map(copy => copyOf(events[index]!, copy.kind));
  const arrivals = events.map((event, index) => [alone(event), ...copiesOf(index, false)]);
  const late = events.flatMap((_event, index) => copiesOf(index, true));
  return [arrivals.slice(0, cut).flat(), [...arrivals.slice(cut).flat(), ...late]];
}

export const generatedLog: fc.Arbitrary<GeneratedLog> = fc.record({
  season: fc.constantFrom(...seasons), kind: fc.oneof({ weight: 12, arbitrary: fc.constant('mixed') }, { weight: 1, arbitrary: fc.constant('machines') }),
  drawn: fc.array(event, { minLength: 0, maxLength: 130, size: 'max' }), copies: fc.array(copy, { maxLength: 40, size: 'max' }), cut: fc.nat(130), nowDay: fc.integer({ min: 20, max: spanDays + 60 }), nowMs: fc.nat(dayMs),
}).map(({ season: { base, timeZone }, kind, drawn, copies, cut, nowDay, nowMs }) => {
  const events = drawn.map((one, index) => rawOf(kind === 'machines' ? { ...one, type: machineType } : one, index, base));
  return { base, timeZone, now: base + nowDay * dayMs + nowMs, files: arrange(events, events.length === 0 ? [] : copies, cut) };
});
