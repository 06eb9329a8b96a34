import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { autoGrain, bucketEnd, grainOf, possibleGrains, rangeText, spanBefore, spanOf, timesOf, withinSpan } from '../../../renderer/screens/activity/activity-time';
import { changeOf } from '../../../renderer/screens/activity/change';
import { chartOf, chartSpecs, specOf } from '../../../renderer/screens/activity/chart-specs';
import { clipped, paramsBehind } from '../../../renderer/screens/activity/click-through';
import type { Counted } from '../../../renderer/screens/activity/click-through';
import { isChosen, rankedRows, rankingParams, rankingSpecs, toggled } from '../../../renderer/screens/activity/ranking-specs';
import { eventTypeCodes, eventTypeOf } from '../../../shared/domain/event-types';
import { parseInstant } from '../../../shared/domain/time';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const berlin = 'Europe/Berlin';
const now = Date.UTC(2026, 10, 21, 5);
const archive = { firstAt: '2026-08-23T00:00:00.000Z', lastAt: '2026-11-21T04:00:00.000Z' };
const scope = { now, timeZone: berlin };

describe('the range of the screen', () => {
  it('is the archive’s own without one, and the named one else', () => {
    expect(spanOf({ kind: 'all' }, archive, scope)).toEqual({ from: Date.parse(archive.firstAt), to: Date.parse(archive.lastAt) + 1 });
    expect(spanOf({ kind: 'relative', range: '7d' }, archive, scope)).toEqual({ from: now - 7 * dayMs, to: now });
    expect(spanOf({ kind: 'absolute', from: '2026-10-25', to: '2026-10-26' }, archive, scope)).toMatchObject({ to: parseInstant('2026-10-25', berlin)! + 25 * hourMs });
    expect(spanOf({ kind: 'all' }, { firstAt: null, lastAt: null }, scope)).toBeNull();
  });

  it('has one of equal length before it where the archive has anything of that', () => {
    const span = { from: now - 7 * dayMs, to: now };
    expect(spanBefore({ kind: 'relative', range: '7d' }, span, archive)).toEqual({ from: now - 14 * dayMs, to: now - 7 * dayMs });
    expect(spanBefore({ kind: 'all' }, span, archive)).toBeNull();
    expect(spanBefore({ kind: 'relative', range: '7d' }, span, { ...archive, firstAt: new Date(now - 7 * dayMs).toISOString() })).toBeNull();
  });

  it('chooses the grain, and does not offer more buckets than can be drawn', () => {
    const long = (days: number) => ({ from: now - days * dayMs, to: now });
    expect([1, 30, 365, 3000].map(days => autoGrain(long(days)))).toEqual(['hour', 'day', 'week', 'month']);
    expect(possibleGrains(long(365))).toEqual(['day', 'week', 'month']);
    expect(grainOf('hour', long(365))).toBe('week');
    expect(grainOf('month', long(30))).toBe('month');
    expect(grainOf('nonsense', long(30))).toBe('day');
  });

  it('stands in the address as local dates where it begins with a day, and as instants elsewhere', () => {
    expect(rangeText(parseInstant('2026-03-29', berlin)!, berlin)).toBe('2026-03-29');
    expect(rangeText(now, berlin)).toBe('2026-11-21T05:00:00.000Z');
    fc.assert(fc.property(fc.integer({ min: Date.UTC(2015, 0), max: Date.UTC(2030, 0) }), fc.constantFrom(berlin, 'UTC', 'Asia/Kathmandu', 'America/Sao_Paulo', 'Africa/Cairo'), (at, zone) => {
      expect(parseInstant(rangeText(at, zone), zone)).toBe(at);
      const day = bucketEnd(at, 'day', zone);
      expect(parseInstant(rangeText(day, zone), zone)).toBe(day);
    }), { seed: 20261121, numRuns: 150 });
  });

  it('ends buckets with the local day, also where it has 23 or 25 hours', () => {
    const lengths = ['2026-03-29', '2026-10-25', '2026-07-01'].map(date => { const at = parseInstant(date, berlin)!; return (bucketEnd(at, 'day', berlin) - at) / hourMs; });
    expect(lengths).toEqual([23, 25, 24]);
    const march = parseInstant('2026-03-01', berlin)!;
    expect(bucketEnd(march, 'month', berlin)).toBe(parseInstant('2026-04-01', berlin));
  });
});

describe('a range without one of its ends', () => {
  const wrong = { firstAt: '1999-01-01T00:00:00.000Z', lastAt: '2199-01-01T00:00:00.000Z' };
  const asked = (range: Parameters<typeof timesOf>[0], of = wrong) => withinSpan({ connection: ['c'], timeZone: [berlin], from: ['x'], to: ['y'] }, timesOf(range, of, scope).asked ?? { from: null, to: null });
  const since = { kind: 'absolute', from: '2026-10-01', to: null } as const;
  const until = { kind: 'absolute', from: null, to: '2026-11-01' } as const;

  it('asks the views for what it gives and no more', () => {
    expect(asked(since)).toEqual({ connection: ['c'], timeZone: [berlin], from: ['2026-09-30T22:00:00.000Z'] });
    expect(asked(until)).toEqual({ connection: ['c'], timeZone: [berlin], to: ['2026-10-31T23:00:00.000Z'] });
    expect(asked({ kind: 'all' })).toEqual({ connection: ['c'], timeZone: [berlin] });
    expect(timesOf({ kind: 'all' }, wrong, scope).asked).toBeNull();
    expect(asked({ kind: 'absolute', from: 'nonsense', to: null })).toEqual({ connection: ['c'], timeZone: [berlin] });
    expect(asked({ kind: 'relative', range: '7d' })).toMatchObject({ from: ['2026-11-14T05:00:00.000Z'], to: ['2026-11-21T05:00:00.000Z'] });
  });

  it('is drawn and named as far as the archive’s dates can be right', () => {
    const tomorrow = now + dayMs + 1;
    expect(timesOf(since, wrong, scope).span).toEqual({ from: parseInstant('2026-10-01', berlin), to: tomorrow });
    expect(grainOf(null, timesOf(since, wrong, scope).span!)).toBe('day');
    expect(timesOf(until, wrong, scope).span).toEqual({ from: Date.UTC(2013, 0), to: parseInstant('2026-11-01', berlin) });
    expect(timesOf({ kind: 'all' }, wrong, scope).span).toEqual({ from: Date.UTC(2013, 0), to: tomorrow });
    expect(timesOf({ kind: 'all' }, archive, scope).span).toEqual({ from: Date.parse(archive.firstAt), to: Date.parse(archive.lastAt) + 1 });
  });

  it('reaches wrong dates where it names them itself, or where the archive has no others', () => {
    const named = timesOf({ kind: 'absolute', from: '1998-01-01', to: '2200-01-01' }, wrong, { now, timeZone: 'UTC' });
    expect(named).toMatchObject({ span: { from: Date.UTC(1998, 0), to: Date.UTC(2200, 0) }, asked: { from: Date.UTC(1998, 0), to: Date.UTC(2200, 0) } });
    const old = { firstAt: '1999-01-01T00:00:00.000Z', lastAt: '1999-03-01T00:00:00.000Z' };
    expect(timesOf({ kind: 'all' }, old, scope).span).toEqual({ from: Date.UTC(1999, 0), to: Date.UTC(1999, 2) + 1 });
  });

  it('is compared with as much time before as there is to the end of its last day, and with nothing where it has no start', () => {
    const from = parseInstant('2026-11-01', berlin)!;
    expect(timesOf({ ...since, from: '2026-11-01' }, archive, scope).before).toEqual({ from: from - 21 * dayMs, to: from });
    expect(timesOf(until, wrong, scope).before).toBeNull();
    expect(timesOf({ kind: 'all' }, wrong, scope).before).toBeNull();
    expect(timesOf({ kind: 'relative', range: '7d' }, archive, scope).before).toEqual({ from: now - 14 * dayMs, to: now - 7 * dayMs });
  });

  it('cuts a bucket only at the end it has', () => {
    const bucket = { startAt: Date.UTC(2026, 10, 1), endAt: Date.UTC(2026, 10, 2) };
    expect(clipped(bucket, { from: bucket.startAt + hourMs, to: null })).toEqual({ from: bucket.startAt + hourMs, to: bucket.endAt });
    expect(clipped(bucket, { from: null, to: bucket.endAt - hourMs })).toEqual({ from: bucket.startAt, to: bucket.endAt - hourMs });
  });
});

describe('what lies behind a number', () => {
  const behind = (counted: Counted, params = {}, definition: 'tenantscope' | 'auth0' = 'tenantscope') => paramsBehind(params, { counted, definition, span: null, timeZone: berlin });

  it('for logins and failed logins is every event type of the definition and no other', () => {
    const wanted = (outcome: string, extra: string) => eventTypeCodes.filter(code => code === extra || (eventTypeOf(code).category === 'login' && eventTypeOf(code).outcome === outcome)).sort();
    expect([...behind('logins')!['type']!].sort()).toEqual(wanted('success', 'sepft'));
    expect([...behind('failed-logins')!['type']!].sort()).toEqual(wanted('failure', 'fepft'));
    expect(behind('failed-logins')!['type']).not.toContain('limit_wc');
    expect(behind('failed-logins', {}, 'auth0')).toEqual({ type: ['f'] });
    expect(behind('signups')).toEqual({ type: ['ss'] });
  });

  it('for active users is their successful events, with Auth0’s definition without silent authentication', () => {
    expect(behind('active-users')).toEqual({ outcome: ['success'], category: ['login', 'token_exchange', 'silent_auth'] });
    expect(behind('active-users', {}, 'auth0')!['category']).toEqual(['login', 'token_exchange']);
  });

  it('keeps the filters of the screen and leaves its own switches behind', () => {
    expect(behind('signups', { connection: ['x'], range: ['7d'], grain: ['week'], compare: ['off'], definition: ['auth0'], event: ['l1'] })).toEqual({ connection: ['x'], range: ['7d'], type: ['ss'] });
  });

  it('is what filter and definition have in common, and nothing where that is nothing', () => {
    expect(behind('logins', { type: ['s', 'fp'] })).toEqual({ type: ['s'] });
    expect(behind('logins', { type: ['fp'] })).toBeNull();
  });

  it('of a bucket is cut where the question is, and leads to its days', () => {
    const bucket = { startAt: parseInstant('2026-11-01', berlin)!, endAt: parseInstant('2026-11-02', berlin)! };
    const span = clipped(bucket, { from: bucket.startAt + hourMs, to: now });
    expect(span).toEqual({ from: bucket.startAt + hourMs, to: bucket.endAt });
    expect(paramsBehind({ range: ['30d'] }, { counted: 'signups', definition: 'tenantscope', span: clipped(bucket, null), timeZone: berlin }))
      .toEqual({ type: ['ss'], range: ['custom'], from: ['2026-11-01'], to: ['2026-11-02'] });
  });
});

describe('a change', () => {
  it.each([
    [12, 10, 'up', '+20%'], [10, 12, 'down', '-16.7%'], [10, 10, 'same', 'no change'], [3, 0, 'up', 'new'], [50, 10, 'up', '+400%'], [0, 10, 'down', '-100%'],
  ] as const)('to %i from %i is %s: %s', (value, previous, direction, words) => { expect(changeOf(value, previous)).toEqual({ direction, words }); });

  it('without a period before is none', () => { expect(changeOf(5, null)).toBeNull(); });
});

describe('rows of a view as a chart', () => {
  const row = (day: number, values: object, state: 'complete' | 'uncovered' | 'running' = 'complete') => ({ bucketStart: new Date(parseInstant(`2026-11-0${String(day)}`, berlin)!).toISOString(), state, ...values });

  it('keep zero as zero and gaps as gaps, with the period before beside them', () => {
    const rows = [row(1, { logins: 0 }), row(2, { logins: 0 }, 'uncovered'), row(3, { logins: 7 }, 'running')];
    const chart = chartOf(specOf('logins')!, { rows, previous: [row(1, { logins: 4 }), row(2, { logins: 5 })] }, 'day', berlin);
    expect(chart.whole.values).toEqual([0, null, 7]);
    expect(chart.previous).toEqual([4, 5, null]);
    expect(chart.buckets.at(-1)).toMatchObject({ state: 'running', endAt: parseInstant('2026-11-04', berlin) });
  });

  it('of failed logins stand on each other by reason, and show blocked attempts only where there are any', () => {
    const reasons = { total: 6, wrongPassword: 3, unknownUser: 1, identityProvider: 1, origin: 0, other: 1 };
    const labels = (blocked: number): string[] => chartOf(specOf('failed-logins')!, { rows: [row(1, { ...reasons, blocked })], previous: null }, 'day', berlin).series.map(series => series.label);
    expect(labels(2)).toContain('Blocked');
    expect(labels(0)).not.toContain('Blocked');
  });

  it('has at most six series in any chart', () => {
    for (const spec of chartSpecs) expect(spec.series.length).toBeLessThanOrEqual(6);
  });
});

describe('a ranking', () => {
  const methods = rankingSpecs.find(spec => spec.view.id === 'top-authentication-methods')!;
  const browsers = rankingSpecs.find(spec => spec.view.id === 'top-browsers')!;

  it('asks without its own filter, so that more rows can be chosen', () => {
    expect(rankingParams(browsers, { browser: ['Chrome'], connection: ['x'] })).toEqual({ connection: ['x'], limit: ['8'] });
  });

  it('filters by the row that is chosen, adds a second one, and takes it away again', () => {
    const once = toggled(browsers, { browser: 'Chrome' }, { range: ['7d'] });
    expect(once).toEqual({ range: ['7d'], browser: ['Chrome'] });
    const twice = toggled(browsers, { browser: 'Edge' }, once);
    expect(twice).toEqual({ range: ['7d'], browser: ['Chrome', 'Edge'] });
    expect(toggled(browsers, { browser: 'Chrome' }, twice)).toEqual({ range: ['7d'], browser: ['Edge'] });
  });

  it('of authentication methods tells two connections of one strategy apart', () => {
    const rows = [{ strategy: 'samlp', connection: 'acme', events: 5, users: 2 }, { strategy: 'samlp', connection: 'globex', events: 4, users: 1 }];
    const address = toggled(methods, methods.target(rows[0]!), {});
    expect(address).toEqual({ strategy: ['samlp'], connection: ['acme'] });
    expect(rankedRows(methods, rows, address).map(row => row.isChosen)).toEqual([true, false]);
  });

  it('offers nothing to filter by where a row has no value', () => {
    expect(isChosen({}, {})).toBe(false);
    expect(toggled(browsers, {}, { range: ['7d'] })).toEqual({ range: ['7d'] });
  });
});
