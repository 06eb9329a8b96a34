/** Facets: exact counts of the values of a field, grouped by dictionary id in SQL and named here. */
import { outcomes } from '../../../shared/domain/event-types';
import type { FacetField } from '../../../shared/views/facets';
import { facetFields, facets } from '../../../shared/views/facets';
import type { Dictionaries } from '../store/dictionaries';
import { name, sql } from '../store/sql';
import { asOfConditions, countConditions, whereAll } from './conditions';
import type { Cells, Scope, WholeQuery } from './define-query';

type Value = { readonly value: string; readonly label: string };
/** The column of `log_event` a field groups by, and what a dictionary id stands for; null is not listed. */
type Facet = { readonly column: string; readonly valueOf: (dictionaries: Dictionaries, id: number) => Value | null };

const same = (value: string | null | undefined): Value | null => (value === null || value === undefined ? null : { value, label: value });
const named = (entry: { readonly id: string | null; readonly name: string | null } | null): Value | null => {
  const value = entry?.id ?? entry?.name ?? null;
  return entry === null || value === null ? null : { value, label: entry.name ?? value };
};
const withId = (entry: { readonly id: string | null; readonly name: string | null } | null): Value | null => (entry?.id == null ? null : named(entry));

const fields: Readonly<Record<FacetField, Facet>> = {
  type: { column: 'type', valueOf: (all, id) => { const type = all.type.entry(id); return type && { value: type.code, label: type.name }; } },
  category: { column: 'type', valueOf: (all, id) => same(all.type.entry(id)?.category) },
  outcome: { column: 'outcome', valueOf: (_all, id) => same(outcomes[id]) },
  connection: { column: 'connection', valueOf: (all, id) => named(all.connection.entry(id)) },
  strategy: { column: 'strategy', valueOf: (all, id) => same(all.strategy.entry(id)) },
  organization: { column: 'organization', valueOf: (all, id) => withId(all.organization.entry(id)) },
  application: { column: 'application', valueOf: (all, id) => withId(all.application.entry(id)) },
  user: { column: 'user', valueOf: (all, id) => same(all.user.entry(id)) },
  ip: { column: 'address', valueOf: (all, id) => same(all.address.entry(id)?.canonical) },
  country: { column: 'country', valueOf: (all, id) => same(all.country.entry(id)) },
  browser: { column: 'user_agent', valueOf: (all, id) => same(all.userAgent.entry(id)?.browser) },
  device: { column: 'user_agent', valueOf: (all, id) => same(all.userAgent.entry(id)?.device) },
  hostname: { column: 'hostname', valueOf: (all, id) => same(all.hostname.entry(id)) },
};

type Tally = { readonly value: string; readonly label: string; readonly count: number };

/** Counts by value; ids that stand for the same value (an application that was renamed, say) add up, the latest label stays. */
function tally(scope: Scope, field: FacetField): readonly Tally[] {
  const facet = fields[field];
  const counts = new Map<string, Tally>();
  const column = name(facet.column);
  scope.rows.each(sql`SELECT ${column}, COUNT(*) FROM log_event ${whereAll([...countConditions(scope), ...asOfConditions(scope)])} GROUP BY ${column}`, ([id, count]) => {
    const found = facet.valueOf(scope.rows.dictionaries, Number(id));
    if (found === null) return;
    counts.set(found.value, { ...found, count: (counts.get(found.value)?.count ?? 0) + Number(count) });
  });
  return [...counts.values()];
}

const byCount = (a: Tally, b: Tally): number => b.count - a.count || (a.value < b.value ? -1 : 1);

/** The name that users of an id last had. */
function labelUsers(scope: Scope, rows: readonly Tally[]): readonly Tally[] {
  return rows.map(row => {
    const [latest] = scope.rows.all(sql`
      SELECT user_name FROM log_event
       WHERE user = (SELECT id FROM d_user WHERE value = ${row.value}) AND user_name <> 0 AND +seq <= ${scope.asOf}
       ORDER BY occurred_at DESC, seq DESC LIMIT 1`);
    return { ...row, label: scope.rows.dictionaries.userName.entry(Number(latest?.[0] ?? 0)) ?? row.label };
  });
}

function rowsOf(scope: Scope, field: FacetField): readonly Cells[] {
  const limit = Number(scope.params.extra['limit']?.[0] ?? 10);
  const top = [...tally(scope, field)].sort(byCount).slice(0, limit);
  return (field === 'user' ? labelUsers(scope, top) : top).map(row => [field, row.value, row.label, row.count]);
}

export const facetsQuery: WholeQuery = {
  kind: 'whole',
  view: facets,
  rows: scope => (scope.params.extra['field'] ?? ['type']).flatMap(field => facetFields.filter(known => known === field).flatMap(known => rowsOf(scope, known))),
};
