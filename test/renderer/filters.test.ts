import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addFilter, clearFilters, filterFields, filtersOf, rangeChanges, rangeOf, removeFilter, viewParams } from '../../renderer/filters';
import type { Filter } from '../../renderer/filters';
import { changeParams } from '../../renderer/address';
import { auditTimeline } from '../../shared/views/audit-timeline';

const scope = { now: Date.UTC(2026, 10, 21, 12), timeZone: 'Europe/Berlin' };
const filter: fc.Arbitrary<Filter> = fc.record({ field: fc.constantFrom(...filterFields), value: fc.string({ minLength: 1, maxLength: 12 }), sense: fc.constantFrom('for', 'not') });

describe('filters', () => {
  it('that are added are active once, and gone when removed', () => {
    fc.assert(fc.property(fc.array(filter, { maxLength: 6 }), filter, (others, added) => {
      const before = others.reduce(addFilter, {});
      const after = addFilter(addFilter(before, added), added);
      expect(filtersOf(after).filter(active => active.field === added.field && active.value === added.value)).toEqual([added]);
      expect(filtersOf(removeFilter(after, added))).not.toContainEqual(added);
    }), { seed: 20261121, numRuns: 300 });
  });

  it('for and out of the same value take each other\'s place', () => {
    const out = addFilter({ outcome: ['success', 'failure'] }, { field: 'outcome', value: 'success', sense: 'not' });
    expect(out).toEqual({ outcome: ['failure'], exclude: ['outcome:success'] });
    expect(addFilter(out, { field: 'outcome', value: 'success', sense: 'for' })).toEqual({ outcome: ['failure', 'success'] });
  });

  it('may hold a colon in their value', () => {
    expect(filtersOf({ exclude: ['ip:2001:db8::1', 'nonsense', 'unknown:x', 'user:'] })).toEqual([{ field: 'ip', value: '2001:db8::1', sense: 'not' }]);
  });

  it('of free text replace the one before', () => {
    expect(addFilter({ q: ['one'] }, { field: 'q', value: 'two', sense: 'for' })).toEqual({ q: ['two'] });
  });

  it('are all cleared, with the range, while the time zone and the open event stay', () => {
    expect(clearFilters({ connection: ['x'], exclude: ['ip:192.0.2.1'], q: ['y'], range: ['7d'], timeZone: ['UTC'], event: ['l1'] })).toEqual({ timeZone: ['UTC'], event: ['l1'] });
  });

  it('are asked of a view in parameters that every view takes', () => {
    const params = Object.fromEntries([...filterFields, 'exclude', 'q'].map(name => [name, ['x']]));
    const known = auditTimeline.params.map(param => param.name);
    for (const name of Object.keys(viewParams({ ...params, range: ['7d'], event: ['l1'] }, scope))) expect(known).toContain(name);
  });
});

describe('the range', () => {
  it.each([
    [{}, { kind: 'all' }],
    [{ range: ['7d'] }, { kind: 'relative', range: '7d' }],
    [{ range: ['custom'], from: ['2026-07-01'], to: ['2026-10-01'] }, { kind: 'absolute', from: '2026-07-01', to: '2026-10-01' }],
    [{ from: ['2026-07-01'] }, { kind: 'absolute', from: '2026-07-01', to: null }],
    [{ range: ['for ever'] }, { kind: 'all' }],
  ] as const)('of %j is %j, and is written so that it reads the same', (params, range) => {
    expect(rangeOf(params)).toEqual(range);
    expect(rangeOf(changeParams(params, rangeChanges(range)))).toEqual(range);
  });

  it('that is relative becomes an instant before now, without an end', () => {
    expect(viewParams({ range: ['24h'] }, scope)).toEqual({ from: ['2026-11-20T12:00:00.000Z'], timeZone: ['Europe/Berlin'] });
  });

  it('that is absolute is passed on as it was written, for the address\'s time zone', () => {
    expect(viewParams({ from: ['2026-07-01'], to: ['2026-10-01'], timeZone: ['Asia/Tokyo'] }, scope)).toEqual({ from: ['2026-07-01'], to: ['2026-10-01'], timeZone: ['Asia/Tokyo'] });
  });
});
