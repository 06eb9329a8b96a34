/** Facets: exact counts of the values of a field, scanned by dictionary id and named here. */
import type { FacetField } from '../../../shared/views/facets';
import { facetFields, facets } from '../../../shared/views/facets';
import type { Dictionaries } from '../store/dictionaries';
import type { IdColumnName } from '../columns/columns';
import { countIds } from '../columns/groups';
import type { Rows } from '../columns/select-rows';
import { selectRows } from '../columns/select-rows';
import { sql } from '../store/sql';
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

const byCount = (a: Tally, b: Tally): number => b.count - a.count || (a.value < b.value ? -1 : 1);

/** The name that users of an id last had. */
function labelUsers(scope: Scope, rows: readonly Tally[]): readonly Tally[] {
  return rows.map(row => {
    const [latest] = scope.rows.all(sql`
      SELECT user_name FROM log_event
       WHERE user = (SELECT id FROM d_user WHERE value = ${row.value}) AND user <> 0 AND user_name <> 0 AND +seq <= ${scope.asOf}
       ORDER BY occurred_at DESC, seq DESC LIMIT 1`);
    return { ...row, label: scope.rows.dictionaries.userName.entry(Number(latest?.[0] ?? 0)) ?? row.label };
  });
}

function rowsOf(scope: Scope, rows: Rows, field: FacetField): readonly Cells[] {
  const limit = Number(scope.params.extra['limit']?.[0] ?? 10);
  const top = [...tally(scope, rows, field)].sort(byCount).slice(0, limit);
  return (field === 'user' ? labelUsers(scope, top) : top).map(row => [field, row.value, row.label, row.count]);
}

export const facetsQuery: WholeQuery = {
  kind: 'whole',
  view: facets,
  rows: async scope => {
    const rows = await selectRows(scope);
    return (scope.params.extra['field'] ?? ['type']).flatMap(field => facetFields.filter(known => known === field).flatMap(known => rowsOf(scope, rows, known)));
  },
};
