import { afterEach, describe, expect, it } from 'vitest';
import { usageQuery } from '../../../electron/engine/queries/usage';
import { scopeOf } from '../../../electron/engine/read-view';
import { LogEvents } from '../../../electron/engine/store/log-events';
import type { ReadableArchive } from '../../../electron/engine/store/readable-archive';
import { createNormalizer } from '../../../electron/engine/sync/normalize-log-event';
import { createClock } from '../../../electron/node/clock';
import type { RawEvent } from '../../builders/log-event';
import { logEvent, logIdFor, toJsonLines } from '../../builders/log-event';
import type { Random } from '../../builders/seeded-random';
import { seededRandom } from '../../builders/seeded-random';
import type { TestEngine } from '../../builders/test-engine';
import { openSql, testEngine } from '../../builders/test-engine';
import type { Calendar, Stretch } from './reference/local-calendar';
import { createCalendar } from './reference/local-calendar';

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

describe('the forecast of the running month', () => {
  const daily = (count: number, from: number, fields: (day: number, number: number) => object): RawEvent[] => Array.from({ length: Math.ceil((now - from) / dayMs) }, (_none, day) =>
    Array.from({ length: count }, (_event, number) => ({ log_id: logIdFor(from + day * dayMs + number), date: new Date(from + day * dayMs + number * 60_000).toISOString(), type: 's', ...fields(day, number) }))).flat();

  it('stands beside the counts of the running month only, with the limits that were given', async () => {
    const view = await archiveOf([...daily(10, Date.UTC(2026, 2, 1), (day, number) => ({ user_id: `auth0|${String((day * 3 + number) % 90)}` })), ...daily(20, Date.UTC(2026, 2, 1, 1), () => ({ type: 'seccft', audience: 'https://api.example.com/', log_id: undefined })).map((event, index) => ({ ...event, log_id: logIdFor(Date.UTC(2026, 0, 1) + index, 7) }))]);
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

type Happened = { readonly at: number; readonly type: string; readonly user: string | null; readonly audience: string };
type Season = { readonly seed: number; readonly first: number; readonly days: number; readonly users: number; readonly daily: number };
/** As the archive stands, in the order of the journal. `gap` is not covered. */
type Known = { readonly events: readonly Happened[]; readonly gap: Stretch | null; readonly now: number };
type Triple = readonly [value: number | null, low: number | null, high: number | null];
type Forecasts = { readonly users: Triple; readonly tokens: Triple; readonly limits: Triple };

const weekMs = 7 * dayMs;
const none: Triple = [null, null, null];
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const isBilledActivity = ({ type }: Happened): boolean => type === 's' || type === 'ss' || type === 'sepft';
const isBilledToken = ({ type, audience }: Happened): boolean => type === 'seccft' && !audience.endsWith('/api/v2/');
const isLimit = ({ type }: Happened): boolean => type.startsWith('limit_') || type.startsWith('api_limit');

/** Events mostly in order of time, busier on some weekdays than on others; whole days of a thin season have nobody. */
function happenedIn({ seed, first, days, users, daily }: Season): readonly Happened[] {
  const random = seededRandom(seed);
  const found: Happened[] = [{ at: first, type: 's', user: 'auth0|0', audience: '' }];
  for (let day = 0; day < days; day += 1) {
    const count = random.below(2 * daily * (day % 7 < 5 ? 1 : 0.4)) + (daily > 5 ? 1 : 0);
    for (let number = 0; number < count; number += 1) {
      const type = random.pick(['s', 's', 's', 'ss', 'sepft', 'f', 'sertft', 'seccft', 'seccft', 'limit_wc', 'api_limit', 'api_limit_warning']);
      const user = type === 'seccft' || random.chance(0.03) ? null : `auth0|${String(Math.min(random.below(users), random.below(users)))}`;
      found.push({ at: first + day * dayMs + 1 + random.below(dayMs), type, user, audience: random.pick(['https://api.example.com/', 'https://acme.eu.auth0.com/api/v2/', '']) });
    }
  }
  return found;
}

/** The 80 % interval and its middle, all rounded, `low` not below what there is. */
const around = (soFar: number, expected: number, error: number): Triple =>
  [Math.round(soFar + expected), Math.max(soFar, Math.round(soFar + expected - 1.4 * error)), Math.round(soFar + expected + 1.4 * error)];

/** The definition, written out with sets of users and lists of days. */
function expectedOf({ events, gap, now: asked }: Known, calendar: Calendar): Forecasts {
  const dates = events.map(event => event.at).filter(at => at <= asked + dayMs);
  const [coveredFrom, coveredTo] = [Math.min(...dates), Math.max(...dates) + 1];
  const at = Math.min(asked, coveredTo);
  const month = calendar.around(asked, 'month');
  const isCovered = (from: number, to: number): boolean => coveredFrom <= from && to <= coveredTo && (gap === null || gap.finish <= from || gap.start >= to);
  const between = (from: number, to: number): readonly Happened[] => events.filter(event => event.at >= from && event.at < to && event.at < at);
  const usersBetween = (from: number, to: number): number => new Set(between(from, to).filter(isBilledActivity).flatMap(({ user }) => user ?? [])).size;

  const forecastOfUsers = (): Triple => {
    const earlier: { readonly soFar: number; readonly whole: number }[] = [];
    for (let moved = weekMs; earlier.length < 8; moved += weekMs) {
      if (month.finish - moved > at) continue;
      if (!isCovered(month.start - moved, month.finish - moved)) break;
      earlier.push({ soFar: usersBetween(month.start - moved, at - moved), whole: usersBetween(month.start - moved, month.finish - moved) });
    }
    const soFar = usersBetween(month.start, at);
    if (earlier.length < 3 || soFar === 0 || earlier.some(stretch => stretch.soFar === 0)) return none;
    const growth = earlier.map(stretch => stretch.whole / stretch.soFar - 1);
    const mean = sum(growth) / growth.length;
    const scatter = Math.sqrt(sum(growth.map(value => (value - mean) ** 2)) / (growth.length - 1));
    return around(soFar, soFar * mean, Math.max(1.15 * soFar * scatter, Math.sqrt(soFar * mean) / 3));
  };
  const forecastOfEvents = (isCounted: (event: Happened) => boolean): Triple => {
    const countOf = ({ start, finish }: Stretch): number => between(start, finish).filter(isCounted).length;
    const today = calendar.around(at - 1, 'day');
    const remaining = calendar.touching({ start: today.start, finish: month.finish }, 'day').length;
    const before: Stretch[] = [];
    while (before.length < 28) before.unshift(calendar.around((before[0] ?? today).start - 1, 'day'));
    if (!isCovered(before[0]!.start, at)) return none;
    const daily = before.map(countOf);
    const means = [0, 1, 2, 3, 4, 5, 6].map(weekday => sum([0, 7, 14, 21].map(week => daily[week + weekday]!)) / 4);
    const dispersion = Math.max(1, sum(daily.map((count, day) => (means[day % 7] === 0 ? 0 : (count - means[day % 7]!) ** 2 / means[day % 7]!))) / 21);
    const ahead = Array.from({ length: remaining }, (_none, day) => day % 7);
    const expected = Math.max(0, means[0]! - countOf(today)) + sum(ahead.slice(1).map(weekday => means[weekday]!));
    const ofMeans = sum(means.map((mean, weekday) => ahead.filter(one => one === weekday).length ** 2 * dispersion * mean / 4));
    return around(countOf({ start: month.start, finish: at }), expected, Math.sqrt(sum(ahead.map(weekday => dispersion * means[weekday]!)) + ofMeans));
  };
  return { users: forecastOfUsers(), tokens: forecastOfEvents(isBilledToken), limits: forecastOfEvents(isLimit) };
}

async function storedRows(events: readonly Happened[]): Promise<LogEvents> {
  const rows = new LogEvents(await openSql(), () => null);
  const normalize = createNormalizer();
  rows.transaction(() => {
    events.forEach(({ at, type, user, audience }, index) => {
      const read = normalize(new TextEncoder().encode(JSON.stringify(logEvent(index, { date: new Date(at).toISOString(), type, user_id: user ?? '', audience }))), null);
      if (read.kind === 'rejected') throw new Error(read.reason);
      rows.insert(index + 1, read.value, { frame: 1, slot: index });
    });
  });
  return rows;
}

/** The nine cells of the running month, as the view gives them; `asOf` is how much of the journal there is. */
async function foundIn(rows: LogEvents, { gap, now: asked, asOf, params }: Pick<Known, 'gap' | 'now'> & { readonly asOf: number; readonly params: Record<string, string[]> }): Promise<Forecasts | null> {
  const archive: ReadableArchive = {
    tenant: 'forecast', rows, identity: 'forecast', checkpoint: null, setAsideCount: 0, coveredUntil: null,
    gaps: gap === null ? [] : [{ from: new Date(gap.start).toISOString(), to: new Date(gap.finish).toISOString(), cause: 'retention' }],
    refresh: () => Promise.resolve(), eventBytes: () => null, eachEvent: () => Promise.resolve(), close: () => { rows.close(); },
  };
  const { columns } = usageQuery.view;
  const rowsFound = await usageQuery.rows(scopeOf(createClock(asked), archive, { query: usageQuery, params, asOf }, undefined));
  const running = rowsFound.find(row => row[columns.findIndex(column => column.id === 'state')] === 'running');
  if (running === undefined) return null;
  const cell = (id: string): number | null => running[columns.findIndex(column => column.id === id)] as number | null;
  const triple = (name: string): Triple => [cell(`${name}Forecast`), cell(`${name}ForecastLow`), cell(`${name}ForecastHigh`)];
  return { users: triple('activeUsers'), tokens: triple('m2mTokens'), limits: triple('rateLimitEvents') };
}

const seasons: readonly Season[] = [
  { seed: 1, first: Date.UTC(2026, 0, 9, 7, 30), days: 145, users: 300, daily: 25 },
  { seed: 2, first: Date.UTC(2026, 6, 20, 19), days: 140, users: 80, daily: 12 },
  { seed: 3, first: Date.UTC(2026, 0, 20), days: 130, users: 8, daily: 2 },
];
/** Half an hour, or an hour, to and fro, all within both halves of the year. */
const changingZones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'] as const;
const clockChanges = [Date.UTC(2026, 2, 8, 7), Date.UTC(2026, 2, 29, 1), Date.UTC(2026, 3, 4, 15), Date.UTC(2026, 9, 3, 15, 30), Date.UTC(2026, 9, 25, 1), Date.UTC(2026, 10, 1, 6)];

describe.each(seasons)('the nine cells of a forecast, by the events of seed $seed', season => {
  const events = happenedIn(season);
  const last = season.first + season.days * dayMs;

  /** Moments of the last four months: the first and the last of them, some between, and those about a change of the clocks. */
  function momentsOf(calendar: Calendar, random: Random): readonly number[] {
    return calendar.touching({ start: last - 115 * dayMs, finish: last - 5 * dayMs }, 'month').flatMap(({ start, finish }) => [
      start + 1, start + 59_000, start + random.below(3 * dayMs), start + random.below(finish - start), start + 27 * dayMs + random.below(dayMs), finish - 60_000, finish - 1,
      ...clockChanges.filter(change => change > start && change < finish).flatMap(change => [change - 1, change + 1_800_000]),
    ]);
  }
  /** What is not covered: nothing; all up to where a stretch begins, or a moment more; a day of the last weeks. */
  const gapAt = (month: Stretch, now: number, random: Random): Stretch | null => random.pick([null, null, null,
    { start: season.first, finish: month.start - (7 + random.below(3)) * weekMs }, { start: season.first, finish: month.start - 7 * weekMs + 1 }, { start: now - 20 * dayMs, finish: now - 19 * dayMs }]);
  /** How much of the journal there is: all, also what is still to come; what has happened; or no more than up to some days ago. */
  const reachOf = (now: number, random: Random): number => {
    const until = random.pick([last, now, now - random.below(3 * dayMs)]);
    const end = events.findIndex(event => event.at > until);
    return end === -1 ? events.length : end;
  };

  it.each(changingZones)('are those of its definition in %s', async timeZone => {
    const rows = await storedRows(events);
    const calendar = createCalendar(timeZone);
    const random = seededRandom(season.seed + 100);
    const seen = { users: 0, tokens: 0, none: 0 };
    for (const now of momentsOf(calendar, random)) {
      const month = calendar.around(now, 'month');
      const [gap, asOf, asksForMonth] = [gapAt(month, now, random), reachOf(now, random), random.chance(0.5)];
      const known = events.slice(0, asOf);
      // A month that has not begun yet, by the archive, is not running.
      if (!known.some(event => event.at >= month.start && event.at <= now + dayMs)) continue;
      const params = { timeZone: [timeZone], ...(asksForMonth ? { from: [new Date(month.start).toISOString()], to: [new Date(month.finish).toISOString()] } : {}) };
      const found = await foundIn(rows, { gap, now, asOf, params });
      const expected = expectedOf({ events: known, gap, now }, calendar);
      expect({ now: new Date(now).toISOString(), params, gap, asOf, found }).toEqual({ now: new Date(now).toISOString(), params, gap, asOf, found: expected });
      seen.users += expected.users === none ? 0 : 1;
      seen.tokens += expected.tokens === none ? 0 : 1;
      seen.none += expected.users === none || expected.tokens === none ? 1 : 0;
    }
    rows.close();
    // Where there is never a forecast, or always one, nothing is shown.
    expect(Math.min(seen.users, seen.tokens, seen.none)).toBeGreaterThanOrEqual(3);
  });

  it('are empty where the question leaves out some of the month, or ends before now is over', async () => {
    const rows = await storedRows(events);
    const month = createCalendar('UTC').around(last - 40 * dayMs, 'month');
    const now = month.start + 12 * dayMs;
    const ask = (from: number, to: number): Promise<Forecasts | null> =>
      foundIn(rows, { gap: null, now, asOf: events.length, params: { from: [new Date(from).toISOString()], to: [new Date(to).toISOString()] } });
    const empty: Forecasts = { users: none, tokens: none, limits: none };
    expect(await ask(month.start + 1, month.finish)).toEqual(empty);
    expect(await ask(month.start, now)).toEqual(empty);
    expect(await ask(month.start, now + 1)).toEqual(expectedOf({ events, gap: null, now }, createCalendar('UTC')));
    rows.close();
  });
});
