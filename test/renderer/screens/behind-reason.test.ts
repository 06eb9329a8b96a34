import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Params } from '../../../renderer/address';
import { needsStrategies, paramsBehindReason, reasonSeries, strategyParams } from '../../../renderer/screens/activity/behind-reason';
import type { ReasonSeries } from '../../../renderer/screens/activity/behind-reason';
import type { Definition } from '../../../renderer/screens/activity/click-through';
import { demandsOf } from '../../../renderer/screens/activity/click-through';

type Failed = { readonly type: string; readonly strategy: string | null };

/** The reasons as the metric defines them, written out. */
function reasonOf({ type, strategy }: Failed): ReasonSeries {
  if (['limit_wc', 'limit_mu', 'limit_sul', 'limit_phone', 'pwd_leak'].includes(type)) return 'blocked';
  if (type === 'fp' || type === 'fepft') return 'wrongPassword';
  if (type === 'fu') return 'unknownUser';
  if (type === 'fco' || type === 'fcoa') return 'origin';
  return (type === 'f' || type === 'fc') && strategy !== null && !['auth0', 'email', 'sms'].includes(strategy) ? 'identityProvider' : 'other';
}

const isCounted = (definition: Definition) => ({ type }: Failed): boolean => (definition === 'auth0' ? type === 'f' : true);

/** What the timeline would show of the events. */
function passes({ type, strategy }: Failed, params: Params): boolean {
  const left = (params['exclude'] ?? []).map(text => text.split(':'));
  return (params['type']?.includes(type) ?? true) && (params['strategy']?.includes(strategy ?? '') ?? true)
    && !left.some(([field, value]) => (field === 'strategy' ? strategy === value : field === 'type' && type === value));
}

const found = (events: readonly Failed[], params: Params | null): readonly Failed[] => (params === null ? [] : events.filter(event => passes(event, params)));
const strategiesOf = (events: readonly Failed[]): readonly string[] => [...new Set(events.flatMap(({ strategy }) => (strategy === null ? [] : [strategy])))];

const failed = fc.record<Failed>({
  type: fc.constantFrom('f', 'f', 'fc', 'fp', 'fepft', 'fu', 'fco', 'fcoa', 'fens', 'limit_wc', 'pwd_leak'),
  strategy: fc.constantFrom(null, 'auth0', 'email', 'sms', 'samlp', 'waad', 'apple'),
});
const definitions = fc.constantFrom<Definition>('tenantscope', 'auth0');

describe('what lies behind a reason of failed logins', () => {
  it('is as many events as were counted, whatever types and strategies there are', () => {
    fc.assert(fc.property(fc.array(failed, { maxLength: 30 }), definitions, fc.constantFrom<Params>({}, { strategy: ['samlp', 'auth0'] }, { exclude: ['strategy:waad'] }, { type: ['f', 'fp'] }), (events, definition, filters) => {
      const shown = events.filter(event => passes(event, filters) && isCounted(definition)(event));
      for (const reason of reasonSeries) {
        const counted = shown.filter(event => reasonOf(event) === reason);
        if (counted.length === 0) continue;
        const strategies = needsStrategies(reason) ? strategiesOf(found(events, strategyParams(filters))) : [];
        const behind = paramsBehindReason(filters, { reason, definition, strategies });
        const best = behind.find(params => found(events, params).length === counted.length);
        // Only `other` may be two kinds of events that no filter unites: native social logins, and failures of Auth0's own connections.
        const isMixed = reason === 'other' && new Set(counted.map(({ type }) => type === 'fens')).size === 2;
        if (best === undefined) expect([reason, isMixed]).toEqual(['other', true]);
        else expect(found(events, best)).toEqual(counted);
        if (reason !== 'other') expect(behind).toHaveLength(1);
      }
    }), { seed: 20261121, numRuns: 400 });
  });

  it('keeps the filters of the screen, and is nothing where they leave nothing of it', () => {
    const question = { definition: 'tenantscope', strategies: ['samlp', 'auth0'] } as const;
    expect(paramsBehindReason({ application: ['app_1'], from: ['2026-10-05'] }, { ...question, reason: 'unknownUser' })).toEqual([{ application: ['app_1'], from: ['2026-10-05'], type: ['fu'] }]);
    expect(paramsBehindReason({ type: ['fp'] }, { ...question, reason: 'unknownUser' })).toEqual([]);
    expect(paramsBehindReason({}, { ...question, reason: 'identityProvider' })).toEqual([{ type: ['f', 'fc'], strategy: ['samlp'] }]);
    expect(paramsBehindReason({ strategy: ['auth0'] }, { ...question, reason: 'identityProvider' })).toEqual([]);
    expect(paramsBehindReason({ exclude: ['ip:203.0.113.7'] }, { ...question, reason: 'other' })[0]).toEqual({ exclude: ['ip:203.0.113.7', 'strategy:samlp'], type: ['f', 'fc', 'fens'] });
  });

  it('together is every failed login, each once', () => {
    const all = reasonSeries.flatMap(reason => paramsBehindReason({}, { reason, definition: 'tenantscope', strategies: [] }).at(0)?.['type'] ?? []);
    const wanted = demandsOf('failed-logins', 'tenantscope').type ?? [];
    expect(all.filter(code => wanted.includes(code)).sort()).toEqual([...wanted].sort());
  });
});
