import { describe, expect, it } from 'vitest';
import { toScreen, toSettings, toTimeline } from '../../renderer/address';
import { nextKeys } from '../../renderer/hooks/use-shortcuts';
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
