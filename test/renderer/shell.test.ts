import { describe, expect, it } from 'vitest';
import { toScreen, toSettings, toTimeline } from '../../renderer/address';
import { nextKeys } from '../../renderer/hooks/use-shortcuts';
import { openingTenant, tenantToRemember } from '../../renderer/shell/use-current-tenant';
import { etaWords } from '../../renderer/shell/sync-details';
import { detour } from '../../renderer/shell/use-entrance';
import type { Knowledge } from '../../renderer/shell/use-entrance';

const knowledge = (known: Partial<Knowledge>): Knowledge => ({ vault: 'open', storedTenants: 1, current: 'acme', ...known });

describe('the way in', () => {
  it('is the welcome screen while nothing is stored, and the timeline after', () => {
    expect(detour(toScreen('home'), knowledge({ vault: 'none', storedTenants: 0 }))).toEqual(toScreen('welcome'));
    expect(detour(toScreen('home'), knowledge({}))).toEqual(toTimeline('acme'));
  });

  it('leads by the unlock screen while the keys are locked, and on to where one was going', () => {
    const wanted = toTimeline('acme', { connection: ['x'] });
    const unlock = detour(wanted, knowledge({ vault: 'locked' }));
    expect(unlock).toMatchObject({ screen: 'unlock' });
    expect(unlock === null ? null : detour(unlock, knowledge({ vault: 'locked' }))).toBeNull();
    expect(unlock === null ? null : detour(unlock, knowledge({}))).toEqual(wanted);
  });

  it.each([toTimeline('sample'), toSettings(), toScreen('about'), toScreen('welcome')])('is open without any key to %j', address => {
    expect(detour(address, knowledge({ vault: 'locked' }))).toBeNull();
  });

  it('leads home from an unlock screen with nothing to unlock', () => {
    expect(detour(toScreen('unlock'), knowledge({}))).toEqual(toScreen('home'));
  });
});

describe('the tenant that the application opens', () => {
  it.each([
    ['that looked at last', 'beta', ['acme', 'beta'], 'beta'], ['the first one, where nothing was looked at', null, ['acme', 'beta'], 'acme'], ['the first one, where the last is gone', 'gone', ['acme', 'beta'], 'acme'],
    ['the sample, when it was looked at last', 'sample', ['acme'], 'sample'], ['the sample, where there is no other', 'gone', [], 'sample'],
  ])('is %s', (_which, last, stored, expected) => { expect(openingTenant(last, stored)).toBe(expected); });

  it.each([
    ['another one that is looked at', 'beta', null, ['acme', 'beta'], 'beta'], ['the sample among others', 'sample', null, ['acme'], 'sample'], ['a return to the first', 'acme', 'beta', ['acme', 'beta'], 'acme'],
    ['nothing that would be opened anyway', 'acme', null, ['acme', 'beta'], null], ['nothing where only the sample is', 'sample', null, [], null], ['nothing said twice', 'beta', 'beta', ['acme', 'beta'], null],
    ['nothing of a name in the address that no tenant has', 'nobody', null, ['acme'], null], ['nothing on a screen of no tenant', null, 'beta', ['acme', 'beta'], null],
  ])('remembers %s', (_what, looked, last, stored, expected) => { expect(tenantToRemember(looked, last, stored)).toBe(expected); });
});

describe('keys of the page', () => {
  const known = ['/', 'g t', 'g s', '?', 'Esc'];
  it.each([
    ['', '/', { hit: '/', typed: '' }], ['', 'g', { hit: null, typed: 'g' }], ['g', 't', { hit: 'g t', typed: '' }],
    ['g', '/', { hit: '/', typed: '' }], ['g', 'g', { hit: null, typed: 'g' }], ['', 'x', { hit: null, typed: '' }], ['', 'Escape', { hit: 'Esc', typed: '' }],
  ])('after %j, %j', (typed, key, expected) => { expect(nextKeys(typed, key, known)).toEqual(expected); });
});

describe('the time a sync will take', () => {
  it.each([[400, 'about 1 s'], [42_000, 'about 42 s'], [130_000, 'about 2 min'], [7_300_000, 'about 2 h']])('%i ms is %s', (ms, words) => { expect(etaWords(ms)).toBe(words); });
});
