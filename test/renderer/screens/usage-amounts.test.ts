import { describe, expect, it } from 'vitest';
import { limitsAsParams, readLimit, warningOf, warningWords } from '../../../renderer/screens/usage/usage-amounts';

const amount = { count: 0, forecast: null, low: null, high: null, limit: 100 };

describe('a warning of the plan\'s limit', () => {
  it.each([
    [{ ...amount, limit: null, count: 500 }, null],
    [{ ...amount, count: 59 }, null],
    [{ ...amount, count: 60 }, 'Over 60% of the limit'],
    [{ ...amount, count: 85 }, 'Over 80% of the limit'],
    [{ ...amount, count: 100 }, 'Over the limit'],
    [{ ...amount, count: 40, forecast: 70, low: 60, high: 80 }, 'Will pass 60% of the limit this month'],
    [{ ...amount, count: 70, forecast: 101, low: 95, high: 107 }, 'Will pass the limit this month'],
    [{ ...amount, count: 70, forecast: 90, low: 80, high: 104 }, 'May pass the limit this month'],
  ] as const)('of %j is %s', (given, words) => {
    const warning = warningOf(given);
    expect(warning === null ? null : warningWords(warning)).toBe(words);
  });
});

describe('a limit as somebody types it', () => {
  it.each([['', null], ['  ', null], ['7000', 7000], ['7,000', 7000], ['7.000', 7000], ['7 000', 7000], ['0', undefined], ['-5', undefined], ['many', undefined], ['1e6', undefined]] as const)('%j is read as %s', (text, limit) => {
    expect(readLimit(text)).toBe(limit);
  });
  it('is given to the view only where there is one', () => {
    expect(limitsAsParams({ activeUsers: 7000 })).toEqual({ limitActiveUsers: ['7000'] });
    expect(limitsAsParams({})).toEqual({});
  });
});
