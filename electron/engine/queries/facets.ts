/** Facets: exact counts of the values of a field, scanned by dictionary id and named here. */
import type { FacetField } from '../../../shared/views/facets';
import { facetFields, facets } from '../../../shared/views/facets';
import type { Dictionaries } from '../store/dictionaries';
import type { IdColumnName } from '../columns/columns';
import { countIds } from '../columns/groups';
import type { NamedGroups } from '../metrics/named-groups';
import { applicationGroups, connectionGroups, organizationGroups } from '../metrics/named-groups';
import type { Cells, Scope, WholeQuery } from './define-query';

type Value = { readonly value: string; readonly label: string };
type IdTest = (id: number) => boolean;
/** The column a field groups by, and what a dictionary id stands for; null is not listed. `ownValue` tells ids whose value no other one stands for. */
type Facet = { readonly column: IdColumnName; readonly valueOf: (dictionaries: Dictionaries, id: number) => Value | null; readonly ownValue: (dictionaries: Dictionaries) => IdTest };

const always = (): IdTest => () => true;
const never = (): IdTest => () => false;
const same = (value: string | null | undefined): Value | null => (value === null || value === undefined ? null : { value, label: value });
const named = (entry: { readonly id: string | null; readonly name: string | null } | null): Value | null => {
  const value = entry?.id ?? entry?.name ?? null;
  return entry === null || value === null ? null : { value, label: entry.name ?? value };
};
const withId = (entry: { readonly id: string | null; readonly name: string | null } | null): Value | null => (entry?.id == null ? null : named(entry));
/** Few addresses are spelled in another way than the canonical one; there may be as many as users. */
function spelledOnce({ address }: Dictionaries): IdTest {
  const respelled = new Set(address.entries.flatMap(entry => (entry === null || entry.value === entry.canonical ? [] : entry.canonical)));
  return id => !respelled.has(address.entry(id)?.canonical ?? '');
}

const fields: Readonly<Record<FacetField, Facet>> = {
  type: { column: 'type', ownValue: always, valueOf: (all, id) => { const type = all.type.entry(id); return type && { value: type.code, label: type.name }; } },
  category: { column: 'type', ownValue: never, valueOf: (all, id) => same(all.type.entry(id)?.category) },
  outcome: { column: 'type', ownValue: never, valueOf: (all, id) => same(all.type.entry(id)?.outcome) },
  connection: { column: 'connection', ownValue: never, valueOf: (all, id) => named(all.connection.entry(id)) },
  strategy: { column: 'strategy', ownValue: always, valueOf: (all, id) => same(all.strategy.entry(id)) },
  organization: { column: 'organization', ownValue: never, valueOf: (all, id) => withId(all.organization.entry(id)) },
  application: { column: 'application', ownValue: never, valueOf: (all, id) => withId(all.application.entry(id)) },
  user: { column: 'user', ownValue: always, valueOf: (all, id) => same(all.user.entry(id)) },
  ip: { column: 'address', ownValue: spelledOnce, valueOf: (all, id) => same(all.address.entry(id)?.canonical) },
  country: { column: 'country', ownValue: always, valueOf: (all, id) => same(all.country.entry(id)) },
  browser: { column: 'userAgent', ownValue: never, valueOf: (all, id) => same(all.userAgent.entry(id)?.browser) },
  device: { column: 'userAgent', ownValue: never, valueOf: (all, id) => same(all.userAgent.entry(id)?.device) },
  hostname: { column: 'hostname', ownValue: always, valueOf: (all, id) => same(all.hostname.entry(id)) },
};

/** `id`: the last dictionary id that stands for the value. */
type Tally = Value & { readonly id: number; readonly count: number };

const byCount = (a: Tally, b: Tally): number => b.count - a.count || (a.value < b.value ? -1 : 1);

/** Keeps the first `limit` in order of those it is offered, and puts no more than twice as many in order at once: there may be as many values as users. */
class Largest {
  readonly #limit: number;
  #best: Tally[] = [];
  #last: Tally | null = null;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** What counts less than this need not be offered. */
  get least(): number {
    return this.#last?.count ?? 1;
  }

  offer(tally: Tally): void {
    if (this.#last !== null && byCount(this.#last, tally) < 0) return;
    this.#best.push(tally);
    if (this.#best.length < 2 * this.#limit) return;
    this.#best = [...this.all()];
    this.#last = this.#best.at(-1) ?? null;
  }

  all(): readonly Tally[] {
    return this.#best.sort(byCount).slice(0, this.#limit);
  }
}

/** The values with the highest counts; ids that stand for the same value (an application that was renamed, say) add up, the latest label stays. */
function largest({ rows: { dictionaries } }: Scope, field: FacetField, counts: Uint32Array, limit: number): readonly Tally[] {
  const { valueOf, ownValue } = fields[field];
  const hasOwnValue = ownValue(dictionaries);
  const top = new Largest(limit);
  const sums = new Map<string, Tally>();
  for (let id = 1; id < counts.length; id += 1) {
    const count = counts[id] ?? 0;
    const isOwn = hasOwnValue(id);
    const found = count < (isOwn ? top.least : 1) ? null : valueOf(dictionaries, id);
    if (found === null) continue;
    if (isOwn) top.offer({ ...found, id, count });
    else sums.set(found.value, { ...found, id, count: (sums.get(found.value)?.count ?? 0) + count });
  }
  for (const tally of sums.values()) top.offer(tally);
  return top.all();
}

const groupings: Readonly<Partial<Record<FacetField, (scope: Scope) => NamedGroups>>> = {
  connection: connectionGroups, organization: organizationGroups, application: applicationGroups,
};

/** An event may leave out the name of what it names by id: others tell it. */
function labelled(scope: Scope, field: FacetField, top: readonly Tally[]): readonly Tally[] {
  if (field === 'user') return labelUsers(scope, top);
  const groups = groupings[field]?.(scope);
  return groups === undefined ? top : top.map(row => ({ ...row, label: groups.all[groups.groupOf[row.id] ?? -1]?.name ?? row.label }));
}

/** The name that users last had, as of the question. */
function labelUsers({ rows: { columns, dictionaries }, asOf }: Scope, top: readonly Tally[]): readonly Tally[] {
  // Counted from 1, so that 0 is whoever is not among them.
  const placeOf = new Uint32Array(dictionaries.user.size);
  top.forEach(({ id }, place) => { placeOf[id] = place + 1; });
  const [users, names] = [columns.ids('user'), columns.ids('userName')];
  const { occurredAt, seq, length } = columns;
  const namedAt = new Float64Array(top.length + 1).fill(Number.NEGATIVE_INFINITY);
  const latest = new Uint32Array(top.length + 1);
  for (let row = 0; row < length; row += 1) {
    const place = placeOf[users[row] ?? 0] ?? 0;
    if (place === 0) continue;
    const at = occurredAt[row] ?? 0;
    const name = names[row] ?? 0;
    if (name === 0 || at < (namedAt[place] ?? 0) || (seq[row] ?? 0) > asOf) continue;
    namedAt[place] = at;
    latest[place] = name;
  }
  return top.map((row, place) => ({ ...row, label: dictionaries.userName.entry(latest[place + 1] ?? 0) ?? row.label }));
}

export const facetsQuery: WholeQuery = {
  kind: 'whole',
  view: facets,
  rows: async scope => {
    const rows = await scope.selected();
    const { columns, dictionaries } = scope.rows;
    const limit = Number(scope.params.extra['limit']?.[0] ?? 10);
    const asked = (scope.params.extra['field'] ?? ['type']).flatMap(field => facetFields.filter(known => known === field));
    const found: Cells[] = [];
    // Several fields may stand in one column.
    const counted = new Map<IdColumnName, Uint32Array>();
    for (const field of asked) {
      const { column } = fields[field];
      const counts = counted.get(column) ?? countIds(rows, columns.ids(column), dictionaries.of(column).size);
      counted.set(column, counts);
      const top = largest(scope, field, counts, limit);
      found.push(...labelled(scope, field, top).map(row => [field, row.value, row.label, row.count]));
      await scope.pause();
    }
    return found;
  },
};
