/** What filters are called: the names behind ids of applications, organizations, connections and users. */
import { useMemo } from 'react';
import { eventTypeOf } from '../../shared/domain/event-types';
import { isOutcome, outcomeLabels } from '../components';
import type { Filter, FilterField } from '../filters';
import { useFacet } from './use-facet';

const namedFields = ['application', 'organization', 'connection', 'user'] as const;
type NamedField = (typeof namedFields)[number];
const isNamed = (field: FilterField | 'q'): field is NamedField => (namedFields as readonly string[]).includes(field);

function useNames(tenant: string, field: NamedField, filters: readonly Filter[]): ReadonlyMap<string, string> {
  const ids = useMemo(() => filters.filter(filter => filter.field === field && filter.sense === 'for').map(filter => filter.value), [filters, field]);
  const wanted = filters.some(filter => filter.field === field);
  // A few users out of very many: ask for those alone.
  const params = useMemo(() => (field === 'user' && ids.length > 0 ? { q: ids.slice(0, 1) } : {}), [field, ids]);
  const rows = useFacet({ tenant, field, params, when: wanted ? 'read' : 'wait' }).data?.rows;
  return useMemo(() => new Map((rows ?? []).map(row => [row.value, row.label])), [rows]);
}

/** Says a filter's value in words; its own text until the names are read. */
export function useFilterLabels(tenant: string, filters: readonly Filter[]): (filter: Filter) => string {
  const names: Readonly<Record<NamedField, ReadonlyMap<string, string>>> = {
    application: useNames(tenant, 'application', filters), organization: useNames(tenant, 'organization', filters),
    connection: useNames(tenant, 'connection', filters), user: useNames(tenant, 'user', filters),
  };
  return ({ field, value }) => {
    if (field === 'type') return eventTypeOf(value).name;
    if (field === 'outcome') return isOutcome(value) ? outcomeLabels[value] : value;
    return isNamed(field) ? names[field].get(value) ?? value : value;
  };
}
