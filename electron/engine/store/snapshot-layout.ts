/** Names what a snapshot's content was made by: one made by anything else is not used, as only the journal is read for ever. */
import { eventTypeCodes, eventTypeOf } from '../../../shared/domain/event-types';
import { idColumnNames } from '../columns/columns';
import type { CryptoPort } from '../ports';
import { fromHex, utf8 } from './bytes';
import { tables } from './schema';

/** Grows whenever the same journal gives other rows or columns than before: another normalizer, another country database, another reading of user agents. */
export const contentVersion = 2;

/** The packages that take part in the content, as package.json pins them; their versions grow with `contentVersion`. */
export const contentPackages: Readonly<Record<string, string>> = { 'sql.js': '1.16.0', 'bowser': '2.15.0', '@ip-location-db/geo-whois-asn-country-mmdb': '2.3.2026061719' };

/** SHA-256 over the version, the packages, the tables, the columns and the catalogue of event types. */
export function snapshotLayout(crypto: CryptoPort): Uint8Array {
  const hash = crypto.sha256();
  hash.update(utf8(JSON.stringify([contentVersion, contentPackages, tables, idColumnNames, eventTypeCodes.map(eventTypeOf)])));
  return fromHex(hash.hex());
}
