import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { keys } from '../../../renderer/query-keys';
import { patienceWords, planRetentionOptions, withPlanRetention } from '../../../renderer/screens/settings/plan-retention';
import { PlanSection } from '../../../renderer/screens/settings/plan-section';
import { operations, settings } from '../../../shared/contract';
import { planRetentionOf } from '../../../shared/settings';

const acme = 'acme.eu.auth0.com';

describe('how long Auth0 keeps a log', () => {
  it('is a day unless somebody said more, and one set elsewhere is offered too', () => {
    expect(planRetentionOf(settings.parse({}), acme)).toBe(1);
    expect(planRetentionOf(settings.parse({ planRetention: { [acme]: 30 } }), acme)).toBe(30);
    expect(planRetentionOf(settings.parse({}), 'constructor')).toBe(1);
    expect(planRetentionOptions(1).map(({ value }) => value)).toEqual(['1', '2', '5', '10', '30']);
    expect(planRetentionOptions(90).at(-1)).toEqual({ value: '90', label: '90 days' });
  });

  it('changes alone, and the shortest leaves no entry behind', () => {
    const before = settings.parse({ planRetention: { [acme]: 5, other: 10 } });
    expect(withPlanRetention(before, acme, 30)).toEqual({ other: 10, [acme]: 30 });
    expect(withPlanRetention(before, acme, 1)).toEqual({ other: 10 });
  });

  it('is taken by the host in whole days of at least one', () => {
    const accepts = (days: unknown): boolean => operations['settings.write'].input.safeParse({ planRetention: { [acme]: days } }).success;
    expect([1, 365, 0, 0.5, 366, '5'].map(accepts)).toEqual([true, true, false, false, false, false]);
  });

  it.each([[1, '6 hours'], [2, '12 hours'], [5, '30 hours'], [10, '2.5 days'], [30, '7.5 days']])('of %i days lets syncs fail for %s', (days, words) => {
    expect(patienceWords(settings.parse({ planRetention: { [acme]: days } }), acme)).toBe(words);
  });

  it('is asked for each connected tenant, and says what holds without an answer', () => {
    const client = new QueryClient();
    client.setQueryData(keys.tenants, { tenants: [{ tenant: acme, connected: true }, { tenant: 'old-logs', connected: false }] });
    const html = renderToStaticMarkup(createElement(QueryClientProvider, { client }, createElement(PlanSection, { settings: settings.parse({}) })));
    expect(html).toContain(`Auth0 keeps the log of ${acme}`);
    expect(html).toContain('Told after 6 hours of failing syncs');
    expect(html).toContain('without a choice, the shortest counts');
    expect(html).not.toContain('old-logs');
  });
});
