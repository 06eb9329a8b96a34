/** The parameters of a view are checked before any query sees them, and refused in words that help. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseParams } from '../../../electron/engine/queries/parse-params';
import { Failure } from '../../../shared/errors';
import { auditTimeline } from '../../../shared/views/audit-timeline';
import { commonParams } from '../../../shared/views/common-params';
import type { View } from '../../../shared/views/define-view';
import { defineView } from '../../../shared/views/define-view';
import { facets } from '../../../shared/views/facets';

type Raw = Readonly<Record<string, readonly string[]>>;

const histogram: View = defineView({
  id: 'histogram', title: 'Histogram', definition: 'Events per bucket.', kind: 'series',
  params: [...commonParams, { name: 'grain', type: 'choice', default: 'auto', values: ['auto', 'hour', 'day', 'week', 'month'], help: 'Width.' }],
  columns: [], row: z.object({}),
});
const growth: View = defineView({
  id: 'growth', title: 'Growth', definition: 'New, kept and lost.', kind: 'series',
  params: [
    ...commonParams,
    { name: 'grain', type: 'choice', default: 'week', values: ['day', 'week', 'month'], help: 'Width.' },
    { name: 'mode', type: 'choice', default: 'bounded', values: ['bounded', 'unbounded'], help: 'How returning counts.' },
    { name: 'periods', type: 'count', default: '12', values: null, help: 'How many.' },
    { name: 'label', type: 'text', default: null, values: null, help: 'A text of its own.' },
  ],
  columns: [], row: z.object({}),
});

const refusal = (view: View, raw: Raw): Failure => {
  try {
    parseParams(view, raw);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('It was accepted');
};

describe('parseParams', () => {
  it('filters nothing when nothing is given', () => {
    expect(parseParams(auditTimeline, {})).toEqual({
      filter: {
        from: null, to: null, timeZone: 'UTC', grain: null, application: [], connection: [], organization: [], user: [], type: [], outcome: [], ip: [], q: [],
        category: [], strategy: [], country: [], hostname: [], browser: [], device: [], exclude: [],
      },
      extra: {},
    });
    expect(parseParams(auditTimeline, { user: [], from: [], grain: [] })).toEqual(parseParams(auditTimeline, {}));
  });

  it('turns a filter round with exclude, and checks its value as the filter does', () => {
    expect(parseParams(auditTimeline, { exclude: ['type:s', 'user:auth0|1:2', 'ip:2001:DB8:0::1', 'country:de'] }).filter.exclude).toEqual([
      { field: 'type', value: 's' }, { field: 'user', value: 'auth0|1:2' }, { field: 'ip', value: '2001:db8::1' }, { field: 'country', value: 'DE' },
    ]);
    for (const text of ['type', 'q:x', 'outcome:red', 'type:', ':x', '__proto__:x', 'from:2026-01-01']) {
      expect(refusal(auditTimeline, { exclude: [text] }).code).toBe('view.param-invalid');
    }
  });

  it('reads local dates in the time zone that is given with them, wherever it stands', () => {
    const { filter } = parseParams(auditTimeline, { from: ['2026-03-29'], to: ['2026-03-30'], timeZone: ['Europe/Berlin'] });
    expect(filter).toMatchObject({ from: Date.UTC(2026, 2, 28, 23), to: Date.UTC(2026, 2, 29, 22), timeZone: 'Europe/Berlin' });
    expect(parseParams(auditTimeline, { from: ['2026-03-29T10:00:00+02:00'] }).filter.from).toBe(Date.UTC(2026, 2, 29, 8));
  });

  it('keeps several values of a filter, each once', () => {
    const { filter } = parseParams(auditTimeline, { user: ['auth0|a', 'auth0|b', 'auth0|a'], outcome: ['failure', 'blocked'], type: ['fp'] });
    expect(filter).toMatchObject({ user: ['auth0|a', 'auth0|b'], outcome: ['failure', 'blocked'], type: ['fp'] });
  });

  it('gives addresses one spelling and folds the case of searched text', () => {
    const { filter } = parseParams(auditTimeline, { ip: ['2001:DB8:0::1', '2001:db8::1', '::ffff:203.0.113.7'], q: ['STRASSE', 'straße'] });
    expect(filter).toMatchObject({ ip: ['2001:db8::1', '203.0.113.7'], q: ['strasse'] });
  });

  it('fills in the defaults of the view, its own grain among them', () => {
    expect(parseParams(facets, {}).extra).toEqual({ field: ['type'], limit: ['10'] });
    expect(parseParams(facets, { field: ['ip', 'browser'], limit: ['100000'] }).extra).toEqual({ field: ['ip', 'browser'], limit: ['100000'] });
    expect(parseParams(growth, {})).toMatchObject({ filter: { grain: 'week' }, extra: { mode: ['bounded'], periods: ['12'], label: [] } });
    expect(parseParams(growth, { label: ['a', 'b'], mode: ['unbounded'] }).extra).toMatchObject({ mode: ['unbounded'], label: ['a', 'b'] });
    expect(parseParams(histogram, {}).filter.grain).toBeNull();
    expect(parseParams(histogram, { grain: ['day'] }).filter.grain).toBe('day');
  });

  it('takes one value twice for one', () => {
    expect(parseParams(auditTimeline, { from: ['2026-03-01', '2026-03-01T00:00:00Z'], grain: ['day', 'day'] }).filter).toMatchObject({ from: Date.UTC(2026, 2), grain: 'day' });
  });

  it('takes an empty range, which a day without midnight can be', () => {
    expect(parseParams(auditTimeline, { from: ['2011-12-30'], to: ['2011-12-31'], timeZone: ['Pacific/Apia'] }).filter).toMatchObject({ from: 1325239200000, to: 1325239200000 });
  });

  it.each(['users', 'From', '', '__proto__', 'constructor', 'toString', 'limit', 'x'.repeat(5000)])('does not know %j and says what it knows (%#)', name => {
    const failure = refusal(auditTimeline, JSON.parse(`{${JSON.stringify(name)}:["x"]}`) as Raw);
    expect(failure.code).toBe('view.param-unknown');
    expect(failure.hint).toBe(`It takes ${commonParams.map(param => param.name).join(', ')}.`);
    expect(failure.message.length).toBeLessThan(200);
  });

  it.each<readonly [View, Raw, string, string]>([
    [auditTimeline, { from: ['yesterday'] }, 'from cannot be yesterday', 'Give an instant such as 2026-03-01T09:30:00Z, or a date such as 2026-03-01, which begins in UTC.'],
    [auditTimeline, { to: ['2026-02-30'] }, 'to cannot be 2026-02-30', '2026-03-01T09:30:00Z'],
    [auditTimeline, { from: [''] }, 'from cannot be empty', '2026-03-01T09:30:00Z'],
    [auditTimeline, { timeZone: ['Europe/Atlantis'] }, 'timeZone cannot be Europe/Atlantis', 'Europe/Berlin'],
    [auditTimeline, { timeZone: ['+02:00'], from: ['2026-03-01'] }, 'timeZone cannot be +02:00', 'Europe/Berlin'],
    [auditTimeline, { grain: ['year'] }, 'grain cannot be year', 'Give one of hour, day, week, month.'],
    [growth, { grain: ['hour'] }, 'grain cannot be hour', 'Give one of day, week, month.'],
    [auditTimeline, { outcome: ['success', 'Failure'] }, 'outcome cannot be Failure', 'Give one of success, failure, blocked, warning, info.'],
    [facets, { field: ['constructor'] }, 'field cannot be constructor', 'Give one of type, category'],
    [facets, { limit: ['0'] }, 'limit cannot be 0', 'Give a whole number from 1 to 100000.'],
    [facets, { limit: ['100001'] }, 'limit cannot be 100001', 'Give a whole number from 1 to 100000.'],
    [facets, { limit: ['-1'] }, 'limit cannot be -1', 'whole number'],
    [facets, { limit: ['1.5'] }, 'limit cannot be 1.5', 'whole number'],
    [facets, { limit: ['1e3'] }, 'limit cannot be 1e3', 'whole number'],
    [facets, { limit: ['010'] }, 'limit cannot be 010', 'whole number'],
    [facets, { limit: ['10', '20'] }, 'limit cannot be 10, 20', 'Give limit once.'],
    [auditTimeline, { from: ['2026-03-01', '2026-03-02'] }, 'from cannot be 2026-03-01, 2026-03-02', 'Give from once.'],
    [auditTimeline, { timeZone: ['UTC', 'Europe/Berlin'] }, 'timeZone cannot be UTC, Europe/Berlin', 'Give timeZone once.'],
    [auditTimeline, { grain: ['day', 'week'] }, 'grain cannot be day, week', 'Give grain once.'],
    [growth, { mode: ['bounded', 'unbounded'] }, 'mode cannot be bounded, unbounded', 'Give mode once.'],
    [auditTimeline, { user: [''] }, 'user cannot be empty', 'Leave user out, or give it a value.'],
    [auditTimeline, { user: ['a', ' \t'] }, 'user cannot be empty', 'Leave user out, or give it a value.'],
    [auditTimeline, { ip: [' '] }, 'ip cannot be empty', 'Leave ip out'],
    [auditTimeline, { q: ['\u0307'] }, 'q cannot be \u0307', 'Leave q out'],
    [auditTimeline, { from: ['2026-03-02'], to: ['2026-03-01'] }, 'from cannot be 2026-03-02T00:00:00.000Z', 'Give a start that is not after the end, 2026-03-01T00:00:00.000Z.'],
  ])('refuses a value of %# in words that help', (view, raw, title, hint) => {
    const failure = refusal(view, raw);
    expect(failure.code).toBe('view.param-invalid');
    expect(failure.exitCode).toBe(2);
    expect(failure.message).toBe(title);
    expect(failure.hint).toContain(hint);
  });

  it('repeats no more than the start of a long value', () => {
    expect(refusal(auditTimeline, { from: ['x'.repeat(4096)] }).message).toBe(`from cannot be ${'x'.repeat(100)}…`);
  });

  it('either refuses or gives a filter, whatever it is given', () => {
    const name = fc.oneof(fc.constantFrom(...facets.params.map(spec => spec.name), '__proto__'), fc.string({ maxLength: 8 }));
    const value = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.constantFrom('2026-03-01', '2026-03-01T00:00:00Z', 'UTC', 'Asia/Beirut', 'day', 'failure', '5', 'ip', '::1'));
    fc.assert(fc.property(fc.array(fc.tuple(name, fc.array(value, { maxLength: 3 })), { maxLength: 4 }), entries => {
      const raw = Object.fromEntries(entries);
      try {
        const { filter, extra } = parseParams(facets, raw);
        expect(Object.keys(raw).every(given => facets.params.some(spec => spec.name === given))).toBe(true);
        expect(Object.keys(extra)).toEqual(['field', 'limit']);
        expect(filter.from === null || filter.to === null || filter.from <= filter.to).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(Failure);
      }
    }), { seed: 20261121, numRuns: 2000 });
  });
});
