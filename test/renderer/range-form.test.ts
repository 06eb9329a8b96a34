import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTimeFormat } from '../../renderer/components/time';
import { emptyForm, formOf, formProblem, rangeOfForm, rangeWords } from '../../renderer/shell/range-form';

const day = fc.date({ min: new Date('2000-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }).map(date => date.toISOString().slice(0, 10));
const time = fc.constantFrom('', '00:00', '09:30', '23:59');

describe('the form of a range', () => {
  it('reads back what was typed', () => {
    fc.assert(fc.property(day, time, day, time, (fromDate, fromTime, toDate, toTime) => {
      const form = { fromDate, fromTime, toDate, toTime };
      expect(formOf(rangeOfForm(form), 'UTC')).toEqual(form);
    }), { seed: 20261121, numRuns: 300 });
  });

  it('means the last day whole', () => {
    expect(rangeOfForm({ ...emptyForm, fromDate: '2026-07-01', toDate: '2026-09-30' })).toEqual({ kind: 'absolute', from: '2026-07-01', to: '2026-10-01' });
  });

  it('shows an instant on the clocks of the time zone', () => {
    expect(formOf({ kind: 'absolute', from: '2026-07-01T00:00:00.000Z', to: null }, 'Europe/Berlin')).toEqual({ fromDate: '2026-07-01', fromTime: '02:00', toDate: '', toTime: '' });
  });

  it('says what is wrong: nothing given, or an end before the start', () => {
    expect(formProblem(emptyForm, 'UTC')).toMatch(/Give/);
    expect(formProblem({ ...emptyForm, fromDate: '2026-07-02', toDate: '2026-07-01' }, 'UTC')).toMatch(/after the start/);
    expect(formProblem({ ...emptyForm, fromDate: '2026-07-01', toDate: '2026-07-01' }, 'UTC')).toBeNull();
  });
});

describe('a range in words', () => {
  const format = createTimeFormat('UTC');
  it('names its last day, not the day after', () => {
    const words = rangeWords({ kind: 'absolute', from: '2026-07-01', to: '2026-10-01' }, format);
    expect(words).toMatch(/30/);
    expect(words).not.toMatch(/Oct/);
  });

  it('is short for all time and for relative ranges', () => {
    expect(rangeWords({ kind: 'all' }, format)).toBe('All time');
    expect(rangeWords({ kind: 'relative', range: '7d' }, format)).toBe('Last 7 days');
  });

  it('survives an address that holds no date', () => {
    expect(rangeWords({ kind: 'absolute', from: 'x', to: null }, format)).toBe('Unknown range');
    expect(formOf({ kind: 'absolute', from: 'x', to: 'y' }, 'UTC')).toEqual(emptyForm);
  });
});
