import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeParams, formatAddress, parseAddress, plainScreens, tenantOf, toScreen, toSettings, toTimeline } from '../../renderer/address';
import type { Address, Params } from '../../renderer/address';

const text = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' });
const params: fc.Arbitrary<Params> = fc.dictionary(text.filter(name => name !== '__proto__'), fc.array(text, { minLength: 1, maxLength: 3 }), { maxKeys: 5 });
const address: fc.Arbitrary<Address> = fc.oneof(
  fc.record({ screen: fc.constantFrom(...plainScreens), params }),
  fc.record({ screen: fc.constant('settings' as const), section: text, params }),
  fc.record({ screen: fc.constant('timeline' as const), tenant: text, params }),
);

describe('the address', () => {
  it('leads back to the screen, tenant and parameters it was made from', () => {
    fc.assert(fc.property(address, made => { expect(parseAddress(formatAddress(made))).toEqual(made); }), { seed: 20261121, numRuns: 500 });
  });

  it('takes any text without failing', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), hash => { expect(typeof formatAddress(parseAddress(hash))).toBe('string'); }), { seed: 20261121, numRuns: 500 });
  });

  it.each([
    ['', toScreen('home')],
    ['#', toScreen('home')],
    ['#/', toScreen('home')],
    ['#/welcome', toScreen('welcome')],
    ['#/nowhere', toScreen('home')],
    ['#/welcome/further', toScreen('home')],
    ['#/settings', toSettings('appearance')],
    ['#/settings/keys', toSettings('keys')],
    ['#/t/acme.eu.auth0.com', toTimeline('acme.eu.auth0.com')],
    ['#/t/acme.eu.auth0.com/timeline', toTimeline('acme.eu.auth0.com')],
    ['#/t//timeline', toScreen('home')],
    ['#/t/%E0%A4%A/timeline', toTimeline('%E0%A4%A')],
    ['#/t/sample/timeline?connection=a&connection=b&q=x%20y&event=&=z', toTimeline('sample', { connection: ['a', 'b'], q: ['x y'] })],
  ])('reads %j', (hash, expected) => { expect(parseAddress(hash)).toEqual(expected); });

  it('writes repeated parameters one after the other and leaves out empty ones', () => {
    expect(formatAddress(toTimeline('sample', { type: ['fp', 'fu'], q: [''] }))).toBe('#/t/sample/timeline?type=fp&type=fu');
  });

  it('names a tenant only where the screen is about one', () => {
    expect(tenantOf(toTimeline('sample'))).toBe('sample');
    expect(tenantOf(toSettings())).toBeNull();
  });

  it('keeps the parameters that a change does not name', () => {
    const before = { connection: ['x'], event: ['l1'], timeZone: ['UTC'] };
    expect(changeParams(before, { event: null, connection: ['y', ''], q: 'text' })).toEqual({ connection: ['y'], timeZone: ['UTC'], q: ['text'] });
  });
});
