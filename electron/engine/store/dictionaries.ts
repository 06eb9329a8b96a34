/** The dictionaries of a tenant: which texts of a log event are encoded, and what is derived from each once. */
import type { Database } from 'sql.js';
import { canonicalAddress } from '../../../shared/domain/address';
import type { EventType } from '../../../shared/domain/event-types';
import { eventTypeOf, outcomes } from '../../../shared/domain/event-types';
import { foldCase } from '../../../shared/domain/fold-case';
import type { LogEvent } from '../../../shared/domain/log-event';
import type { IdColumnName } from '../columns/columns';
import { idColumnNames } from '../columns/columns';
import { Dictionary } from './dictionary';
import { describeUserAgent } from './user-agent';

export type Named = { readonly id: string | null; readonly name: string | null };
/** `country`: of the address itself, as the bundled database has it; what an event says of its own place goes before it. */
export type Address = { readonly value: string; readonly canonical: string; readonly country: string | null };
/** `isMobile`: what events say of it themselves, which goes before what its text says. */
export type UserAgent = { readonly value: string | null; readonly browser: string | null; readonly device: string | null; readonly isMobile: boolean | null };

type NamedColumn = 'connection' | 'organization' | 'application';

/** The id that a pair had when its first half last came by: mostly it comes with the same second half, and then no key has to be made of both. */
class LastPairs<Second> {
  readonly #last = new Map<string | null, { readonly second: Second; readonly id: number }>();

  idOf(first: string | null, second: Second, find: () => number): number {
    const last = this.#last.get(first);
    if (last !== undefined && last.second === second) return last.id;
    const id = find();
    this.#last.set(first, { second, id });
    return id;
  }
}

/** The dictionary ids of one log event, in the order of `idColumnNames`. */
export type EncodedEvent = readonly number[];

/** ISO 3166 code of an address, upper case; null where it is not known. */
export type CountryOf = (address: string) => string | null;

const marks = (count: number): string => Array.from({ length: count }, () => '?').join(', ');

/** A key that no other pair has, whatever strangers write into the texts. */
const pairKey = (a: string | null, b: string | null): string => `${a === null ? '-' : String(a.length)}:${a ?? ''}${b === null ? '-' : '+'}${b ?? ''}`;

const namedKey = (entry: Named): string => pairKey(entry.id, entry.name);
const userAgentKey = (entry: Pick<UserAgent, 'value' | 'isMobile'>): string => pairKey(entry.value, String(entry.isMobile));

/** All entries by dictionary, in the order of their ids from 1, as a snapshot keeps them. */
export type SavedDictionaries = { readonly [Name in IdColumnName]: readonly unknown[] };

export class Dictionaries {
  readonly type: Dictionary<EventType>;
  readonly user: Dictionary<string>;
  readonly userName: Dictionary<string>;
  readonly connection: Dictionary<Named>;
  readonly strategy: Dictionary<string>;
  readonly organization: Dictionary<Named>;
  readonly application: Dictionary<Named>;
  readonly address: Dictionary<Address>;
  readonly userAgent: Dictionary<UserAgent>;
  readonly hostname: Dictionary<string>;
  readonly description: Dictionary<string>;
  readonly country: Dictionary<string>;
  readonly audience: Dictionary<string>;
  readonly error: Dictionary<string>;
  readonly #countryOf: CountryOf;
  readonly #lastPairs = {
    connection: new LastPairs<string | null>(), organization: new LastPairs<string | null>(), application: new LastPairs<string | null>(), userAgent: new LastPairs<boolean | null>(),
  };

  constructor(db: Database, countryOf: CountryOf) {
    this.#countryOf = countryOf;
    const insert = (table: string, cells: number) => db.prepare(`INSERT INTO ${table} VALUES (${marks(cells + 1)})`);
    const plain = (table: string): Dictionary<string> => new Dictionary<string>(insert(table, 1), value => [value]);
    const searched = (table: string): Dictionary<string> => new Dictionary<string>(insert(table, 2), value => [value, foldCase(value)]);
    const named = (table: string): Dictionary<Named> => new Dictionary<Named>(insert(table, 2), entry => [entry.id, entry.name]);
    this.type = new Dictionary<EventType>(insert('d_type', 4), entry => [entry.code, entry.name, entry.category, entry.outcome]);
    this.user = searched('d_user');
    this.userName = searched('d_user_name');
    this.connection = named('d_connection');
    this.strategy = plain('d_strategy');
    this.organization = named('d_organization');
    this.application = named('d_application');
    this.address = new Dictionary<Address>(insert('d_address', 3), entry => [entry.value, entry.canonical, foldCase(entry.value)]);
    this.userAgent = new Dictionary<UserAgent>(insert('d_user_agent', 3), entry => [entry.value, entry.browser, entry.device]);
    this.hostname = plain('d_hostname');
    this.description = searched('d_description');
    this.country = plain('d_country');
    this.audience = plain('d_audience');
    this.error = plain('d_error');
  }

  /** Writes what is new into the dictionaries. */
  encode(event: LogEvent): EncodedEvent {
    const text = (dictionary: Dictionary<string>, value: string | null): number => (value === null ? 0 : dictionary.idOf(value, () => value));
    const address = event.ip === null ? 0 : this.#addressId(event.ip);
    return [
      this.type.idOf(event.type, () => eventTypeOf(event.type)),
      text(this.user, event.userId),
      text(this.userName, event.userName),
      this.#namedId('connection', event.connectionId, event.connection),
      text(this.strategy, event.strategy),
      this.#namedId('organization', event.organizationId, event.organizationName),
      this.#namedId('application', event.applicationId, event.applicationName),
      address,
      this.#userAgentId(event.userAgent, event.isMobile),
      text(this.hostname, event.hostname),
      text(this.description, event.description),
      text(this.country, event.country ?? this.address.entry(address)?.country ?? null),
      text(this.audience, event.audience),
      text(this.error, event.error),
    ];
  }

  save(): SavedDictionaries {
    const entries = (name: IdColumnName): readonly unknown[] => this.of(name).entries.slice(1);
    return Object.fromEntries(idColumnNames.map(name => [name, entries(name)])) as SavedDictionaries;
  }

  /** Takes what `save` gave; the tables hold the same entries already. */
  load(saved: SavedDictionaries): void {
    const keyed = <Entry>(dictionary: Dictionary<Entry>, name: IdColumnName, keyOf: (entry: Entry) => string): void => { dictionary.load(saved[name] as readonly Entry[], keyOf); };
    keyed(this.type, 'type', entry => entry.code);
    keyed(this.connection, 'connection', namedKey);
    keyed(this.organization, 'organization', namedKey);
    keyed(this.application, 'application', namedKey);
    keyed(this.address, 'address', entry => entry.value);
    keyed(this.userAgent, 'userAgent', userAgentKey);
    const plain = ['user', 'userName', 'strategy', 'hostname', 'description', 'country', 'audience', 'error'] as const;
    for (const name of plain) keyed(this[name], name, value => value);
  }

  /** The dictionary behind a column. */
  of(column: IdColumnName): Dictionary<unknown> {
    return this[column] as Dictionary<unknown>;
  }

  /** The place of a type's outcome among `outcomes`. */
  outcomeOf(type: number): number {
    return outcomes.indexOf(this.type.entry(type)?.outcome ?? 'info');
  }

  #addressId(ip: string): number {
    return this.address.idOf(ip, () => {
      const canonical = canonicalAddress(ip);
      return { value: ip, canonical, country: this.#countryOf(canonical) };
    });
  }

  #namedId(column: NamedColumn, id: string | null, name: string | null): number {
    if (id === null && name === null) return 0;
    return this.#lastPairs[column].idOf(id, name, () => this[column].idOf(namedKey({ id, name }), () => ({ id, name })));
  }

  #userAgentId(value: string | null, isMobile: boolean | null): number {
    if (value === null && isMobile === null) return 0;
    return this.#lastPairs.userAgent.idOf(value, isMobile, () => this.userAgent.idOf(userAgentKey({ value, isMobile }), () => ({ value, isMobile, ...describeUserAgent(value, isMobile) })));
  }
}
