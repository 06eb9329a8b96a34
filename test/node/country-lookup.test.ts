import { createRequire } from 'node:module';
import { writeFileSync } from 'node:fs';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCountryLookup } from '../../electron/node/country-lookup';

const bundled = createRequire(import.meta.url).resolve('@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb');

describe('the country of an address', () => {
  const countryOf = createCountryLookup(bundled);
  it.each(['192.0.2.300', 'nonsense', '', '10.0.0.1', '127.0.0.1', '::1', 'fe80::1', '0.0.0.0'])('is not known for %j', address => { expect(countryOf(address)).toBeNull(); });

  it('is known for public addresses of both families, and the same in either spelling of IPv4', () => {
    expect(countryOf('193.0.0.1')).toMatch(/^[A-Z]{2}$/);
    expect(countryOf('::ffff:193.0.0.1')).toBe(countryOf('193.0.0.1'));
    expect(countryOf('2001:67c:2e8::1')).toMatch(/^[A-Z]{2}$/);
  });

  it('is not known for any address where the database is missing or damaged', () => {
    const damaged = join(mkdtempSync(join(tmpdir(), 'tenantscope-countries-')), 'countries.mmdb');
    writeFileSync(damaged, 'not a database');
    expect(createCountryLookup(damaged)('193.0.0.1')).toBeNull();
    expect(createCountryLookup(`${damaged}.none`)('193.0.0.1')).toBeNull();
  });
});
