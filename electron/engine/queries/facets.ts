/** Facets: exact counts of the values of a field, scanned by dictionary id and named here. */
import type { FacetField } from '../../../shared/views/facets';
import { facetFields, facets } from '../../../shared/views/facets';
import type { Dictionaries } from '../store/dictionaries';
import type { IdColumnName } from '../columns/columns';
import { groupMask, latestByGroup } from '../columns/by-group';
import { countIds } from '../columns/groups';
import { textGrouping } from '../metrics/rank';
import type { Rows } from '../columns/select-rows';
import { keepMasked, maskOf, rowsUpTo } from '../columns/select-rows';
import type { Cells, Scope, WholeQuery } from './define-query';

type Value = { readonly value: string; readonly label: string };
/** The column a field groups by, and what a dictionary id stands for; null is not listed. */
type Facet = { readonly column: IdColumnName; readonly valueOf: (dictionaries: Dictionaries, id: number) => Value | null };

const same = (value: string | null | undefined): Value | null => (value === null || value === undefined ? null : { value, label: value });
const named = (entry: { readonly id: string | null; readonly name: string | null } | null): Value | null => {
  const value = entry?.id ?? entry?.name ?? null;
  return entry === null || value === null ? null : { value, label: entry.name ?? value };
};
const withId = (entry: { readonly id: string | null; readonly name: string | null } | null): Value | null => (entry?.id == null ? null : named(entry));

const fields: Readonly<Record<FacetField, Facet>> = {
  type: { column: 'type', valueOf: (all, id) => { const type = all.type.entry(id); return type && { value: type.code, label: type.name }; } },
  category: { column: 'type', valueOf: (all, id) => same(all.type.entry(id)?.category) },
  outcome: { column: 'type', valueOf: (all, id) => same(all.type.entry(id)?.outcome) },
  connection: { column: 'connection', valueOf: (all, id) => named(all.connection.entry(id)) },
  strategy: { column: 'strategy', valueOf: (all, id) => same(all.strategy.entry(id)) },
  organization: { column: 'organization', valueOf: (all, id) => withId(all.organization.entry(id)) },
  application: { column: 'application', valueOf: (all, id) => withId(all.application.entry(id)) },
  user: { column: 'user', valueOf: (all, id) => same(all.user.entry(id)) },
  ip: { column: 'address', valueOf: (all, id) => same(all.address.entry(id)?.canonical) },
  country: { column: 'country', valueOf: (all, id) => same(all.country.entry(id)) },
  browser: { column: 'userAgent', valueOf: (all, id) => same(all.userAgent.entry(id)?.browser) },
  device: { column: 'userAgent', valueOf: (all, id) => same(all.userAgent.entry(id)?.device) },
  hostname: { column: 'hostname', valueOf: (all, id) => same(all.hostname.entry(id)) },
};

type Tally = { readonly value: string; readonly label: string; readonly count: number };

/** Counts by value; ids that stand for the same value (an application that was renamed, say) add up, the latest label stays. */
function tally(scope: Scope, rows: Rows, field: FacetField): readonly Tally[] {
  const { column, valueOf } = fields[field];
  const { dictionaries, columns } = scope.rows;
  const counts = new Map<string, Tally>();
  countIds(rows, columns.ids(column), dictionaries.of(column).size).forEach((count, id) => {
    const found = count === 0 ? null : valueOf(dictionaries, id);
    if (found !== null) counts.set(found.value, { ...found, count: (counts.get(found.value)?.count ?? 0) + count });
  });
  return [...counts.values()];
}

/** The first `limit` in order; only those that are large enough are put in order, as there may be as many values as users. */
function largest(all: readonly Tally[], limit: number): readonly Tally[] {
  const counts = Float64Array.from(all, row => row.count).sort();
  const least = counts[Math.max(0, counts.length - limit)] ?? 0;
  return all.filter(row => row.count >= least).sort(byCount).slice(0, limit);
}

const byCount = (a: Tally, b: Tally): number => b.count - a.count || (a.value < b.value ? -1 : 1);

/** The name that users of an id last had, as of the question. */
function labelUsers(scope: Scope, top: readonly Tally[]): readonly Tally[] {
  const { columns, dictionaries } = scope.rows;
  const wanted = new Set(top.map(row => row.value));
  const { grouping, texts } = textGrouping(columns.ids('user'), dictionaries.user, user => (wanted.has(user) ? user : null));
  const asOf = rowsUpTo(scope);
  const named = keepMasked(keepMasked(asOf, grouping.ids, groupMask(grouping)), columns.ids('userName'), maskOf(dictionaries.userName, () => true));
  const latest = latestByGroup(named, grouping, columns.occurredAt);
  const names = new Map(texts.map((user, group) => [user, dictionaries.userName.entry(columns.ids('userName')[latest[group] ?? -1] ?? 0)]));
  return top.map(row => ({ ...row, label: names.get(row.value) ?? row.label }));
}

function rowsOf(scope: Scope, rows: Rows, field: FacetField): readonly Cells[] {
  const limit = Number(scope.params.extra['limit']?.[0] ?? 10);
  const top = largest(tally(scope, rows, field), limit);
  return (field === 'user' ? labelUsers(scope, top) : top).map(row => [field, row.value, row.label, row.count]);
}

export const facetsQuery: WholeQuery = {
  kind: 'whole',
  view: facets,
  rows: async scope => {
    const rows = await scope.selected();
    return (scope.params.extra['field'] ?? ['type']).flatMap(field => facetFields.filter(known => known === field).flatMap(known => rowsOf(scope, rows, known)));
  },
};
