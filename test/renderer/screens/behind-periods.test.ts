import { describe, expect, it } from 'vitest';
import { activityBehind, askedOf, periodsOf } from '../../../renderer/screens/growth/growth-model';
import type { GrowthRow } from '../../../renderer/screens/growth/growth-model';
import { removalWords } from '../../../renderer/screens/timeline/forget-user-dialog';
import { whyNotForget } from '../../../renderer/screens/timeline/event-menu';
import { paramsBehindAmount } from '../../../renderer/screens/usage/behind-amount';
import { eventTypeCodes, eventTypeOf } from '../../../shared/domain/event-types';
import { parseInstant } from '../../../shared/domain/time';

const berlin = 'Europe/Berlin';
const at = (date: string): number => parseInstant(date, berlin)!;
const week = { from: at('2026-10-05'), to: at('2026-10-12') };
const row = (start: string): GrowthRow => ({ periodStart: new Date(at(start)).toISOString(), active: 1, new: 1, retained: 0, resurrected: 0, churned: 0, activeDays: 1, stickiness: 1, leftCensored: false, state: 'complete' });

describe('what lies behind a period of growth', () => {
  it('reaches no further than the range that was asked', () => {
    expect(askedOf(week, {}, berlin)).toEqual(week);
    expect(askedOf(week, { from: ['2026-10-07'], to: ['2026-10-29'] }, berlin)).toEqual({ from: at('2026-10-07'), to: week.to });
    expect(askedOf(week, { to: ['2026-10-08T10:00:00.000Z'] }, berlin)).toEqual({ from: week.from, to: Date.UTC(2026, 9, 8, 10) });
    expect(activityBehind(week, { from: ['2026-10-07'], to: ['2026-10-29'], application: ['app_1'] }, berlin)).toMatchObject({ from: ['2026-10-07'], to: ['2026-10-12'], application: ['app_1'], outcome: ['success'] });
  });

  it('ends where the next one begins, the last with its calendar', () => {
    expect(periodsOf([row('2026-10-19'), row('2026-10-26')], 'week', berlin)).toEqual([{ from: at('2026-10-19'), to: at('2026-10-26') }, { from: at('2026-10-26'), to: at('2026-11-02') }]);
  });
});

describe('what lies behind an amount of a month', () => {
  const month = { month: new Date(at('2026-10-01')).toISOString(), state: 'complete', activeUsers: 5, m2mTokens: 7, rateLimitEvents: 2 } as const;
  const scope = { timeZone: berlin, logTypes: [] as readonly string[] };

  it('is the whole month, whatever the range of the screen, with the other filters', () => {
    expect(paramsBehindAmount({ from: ['2026-10-20'], range: ['custom'], connection: ['c'] }, 'm2mTokens', month, scope)).toMatchObject({ from: ['2026-10-01'], to: ['2026-11-01'], connection: ['c'], type: ['seccft'] });
  });

  it('is logins and signups of active users, and every type that a limit writes', () => {
    const typesOf = (name: 'activeUsers' | 'rateLimitEvents'): readonly string[] => paramsBehindAmount({}, name, month, scope)?.['type'] ?? [];
    const logins = eventTypeCodes.filter(code => eventTypeOf(code).category === 'login' && eventTypeOf(code).outcome === 'success');
    expect([...typesOf('activeUsers')].sort()).toEqual([...logins, 'sepft', 'ss'].sort());
    expect(typesOf('rateLimitEvents')).toEqual(expect.arrayContaining(['api_limit', 'api_limit_warning', 'limit_wc', 'limit_mu']));
    expect(typesOf('rateLimitEvents')).not.toContain('pwd_leak');
  });

  it('is every limit in the log, those too that no catalogue knows', () => {
    const logTypes = ['s', 'limit_tomorrow', 'api_limit', 'api_limited', 'unlimited', 'limit_wc'];
    const behind = (params = {}) => paramsBehindAmount(params, 'rateLimitEvents', month, { timeZone: berlin, logTypes })?.['type'];
    expect(behind()).toEqual([...eventTypeCodes.filter(code => code === 'api_limit' || code === 'api_limit_warning' || code.startsWith('limit_')), 'limit_tomorrow']);
    expect(behind({ type: ['limit_tomorrow', 's'] })).toEqual(['limit_tomorrow']);
  });

  it('is not said before the types of the log are known, where it takes them', () => {
    const unread = { timeZone: berlin, logTypes: null };
    expect(paramsBehindAmount({}, 'rateLimitEvents', month, unread)).toBeNull();
    expect(paramsBehindAmount({}, 'm2mTokens', month, unread)).toMatchObject({ type: ['seccft'] });
  });

  it('is nothing where nothing was counted, or the filters leave nothing', () => {
    expect(paramsBehindAmount({}, 'm2mTokens', { ...month, m2mTokens: 0 }, scope)).toBeNull();
    expect(paramsBehindAmount({}, 'm2mTokens', { ...month, state: 'uncovered' }, scope)).toBeNull();
    expect(paramsBehindAmount({ type: ['s'] }, 'm2mTokens', month, scope)).toBeNull();
  });
});

describe('forgetting a user', () => {
  it('says why it cannot be done', () => {
    expect(whyNotForget('acme.example.com', 'auth0|1')).toBeNull();
    expect(whyNotForget('sample', 'auth0|1')).toMatch(/built in/);
    expect(whyNotForget('acme.example.com', null)).toMatch(/names no user/);
  });

  it('tells what was erased, and leaves out what there was none of', () => {
    expect(removalWords({ events: 1, versions: 0, setAside: 0 })).toBe('1 event erased.');
    expect(removalWords({ events: 12, versions: 1, setAside: 2 })).toBe('12 events, 1 other version of them, 2 lines that had been set aside erased.');
  });
});
