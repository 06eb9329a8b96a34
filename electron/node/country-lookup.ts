/** Tells the country of an address from the database that is bundled with the program. */
import { readFileSync } from 'node:fs';
import { Reader } from 'maxmind';

type Entry = { readonly country_code?: unknown };

/**
 * The look-up from canonical address to ISO 3166 code, upper case. The database (8 MB, CC0, from the registries' and routing data) is read at the
 * first question. Private and unknown addresses, and all of them where the database cannot be read, have none: what is stored does not depend on it.
 */
export function createCountryLookup(path: string): (address: string) => string | null {
  let reader: Reader<never> | null | undefined;
  const opened = (): Reader<never> | null => {
    try {
      return new Reader<never>(readFileSync(path));
    } catch {
      return null;
    }
  };
  return address => {
    if (reader === undefined) reader = opened();
    const code = (reader?.get(address.replace(/^::ffff:/, '')) as Entry | null | undefined)?.country_code;
    return typeof code === 'string' && /^[A-Z]{2}$/.test(code) ? code : null;
  };
}
