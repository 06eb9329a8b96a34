/** One address has one spelling, whoever wrote it; text that is no address is left alone. */
import { isIP, SocketAddress } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalAddress } from '../../shared/domain/address';

const seed = 20261121;
const groups = fc.array(fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constant(0xffff) }, { weight: 3, arbitrary: fc.integer({ min: 0, max: 0xffff }) }), { minLength: 8, maxLength: 8 });
const byUrl = (address: string): string => new URL(`http://[${address}]/`).hostname.slice(1, -1);
/** A reference that shares no code: an IPv4 address in IPv6 clothes is seen in the URL parser's spelling. */
const reference = (address: string): string => {
  const mapped = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/.exec(byUrl(address));
  if (mapped === null) return byUrl(address);
  const bits = Number.parseInt(mapped[1]!, 16) * 65_536 + Number.parseInt(mapped[2]!, 16);
  return [24, 16, 8, 0].map(shift => (bits >>> shift) & 255).join('.');
};
/** One of the many spellings of eight groups. */
const spelling = fc.tuple(groups, fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 8 }), fc.boolean(), fc.boolean(), fc.boolean()).map(([values, from, length, isUpper, isPadded, isDotted]) => {
  const texts = values.map(value => value.toString(16).padStart(isPadded ? 4 : 1, '0'));
  const low = [values[6]! >> 8, values[6]! & 255, values[7]! >> 8, values[7]! & 255].join('.');
  const written = isDotted ? [...texts.slice(0, 6), low] : texts;
  const to = Math.min(from + length, isDotted ? 6 : 8);
  const canSkip = to > from && values.slice(from, to).every(value => value === 0);
  const whole = canSkip ? `${written.slice(0, from).join(':')}::${written.slice(to).join(':')}` : written.join(':');
  return isUpper ? whole.toUpperCase() : whole;
});

describe('canonicalAddress', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    [' 203.0.113.7\n', '203.0.113.7'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['2001:0db8:0000:0000:0001:0000:0000:0001', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:db8::1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['::', '::'],
    ['0:0:0:0:0:0:0:1', '::1'],
    ['2001:db8:0:0:0:0:0:0', '2001:db8::'],
    ['fe80::1%eth0', 'fe80::1'],
    ['FE80::1%25en0', 'fe80::1'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::FFFF:CB00:7107', '203.0.113.7'],
    ['0:0:0:0:0:ffff:203.0.113.7%1', '203.0.113.7'],
    ['::203.0.113.7', '::cb00:7107'],
    ['64:ff9b::203.0.113.7', '64:ff9b::cb00:7107'],
  ])('spells %j as %j', (given, expected) => {
    expect(canonicalAddress(given)).toBe(expected);
  });

  it.each([
    '', ':', ':::', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6:7::8', '::1::', '12345::', 'g::1', '2001:db8::1:', ':2001:db8::1', '203.0.113.7:443',
    '[2001:db8::1]', '::ffff:203.0.113', '::ffff:203.0.113.256', '::ffff:203.0.113.07', '203.0.113.7::', '2001:db8::203.0.113.7:1', '2001:db8::1/64',
    '203.000.113.007', 'not an address', '%', '::%x:y'.slice(3), '=cmd|calc', `${'1:'.repeat(500_000)}`, `x${'%'.repeat(100_000)}:`,
  ])('leaves what is no address as it is (%#)', given => {
    expect(canonicalAddress(given)).toBe(given.trim());
  });

  it('agrees with the URL parser on every spelling of an IPv6 address', () => {
    fc.assert(fc.property(spelling, text => {
      expect(isIP(text)).toBe(6);
      expect(canonicalAddress(text)).toBe(reference(text));
    }), { seed, numRuns: 3000 });
  });

  it('names the same address as before, and is content with its own spelling', () => {
    fc.assert(fc.property(spelling, text => {
      const canonical = canonicalAddress(text);
      const asSeen = (address: string): string => new SocketAddress({ address, family: isIP(address) === 4 ? 'ipv4' : 'ipv6' }).address;
      expect(isIP(canonical)).not.toBe(0);
      if (isIP(canonical) === 6) expect(byUrl(asSeen(canonical))).toBe(byUrl(asSeen(text)));
      expect(canonicalAddress(canonical)).toBe(canonical);
    }), { seed, numRuns: 2000 });
  });

  it('changes no text that the platform does not take for an IPv6 address', () => {
    const nearly = fc.string({ unit: fc.constantFrom(...'0123456789abcdefFg:::...%x '), maxLength: 40 });
    fc.assert(fc.property(fc.oneof(nearly, fc.string({ unit: 'binary' })), text => {
      const trimmed = text.trim();
      const address = trimmed.split('%', 1)[0] ?? '';
      if (isIP(address) === 6) expect(canonicalAddress(text)).toBe(reference(address));
      else expect(canonicalAddress(text)).toBe(trimmed);
    }), { seed, numRuns: 5000 });
  });
});
