/** The values of one field with their counts, as a picker lists them. */
import { keepPreviousData } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import { facets } from '../../shared/views/facets';
import type { FacetField } from '../../shared/views/facets';
import type { PageOf } from './use-view-page';
import { useViewPage } from './use-view-page';

export type FacetRequest = {
  readonly tenant: string;
  readonly field: FacetField;
  /** Parameters of the screen; the field's own filter is left out, so that more of its values can be chosen. */
  readonly params: Readonly<Record<string, readonly string[]>>;
  /** How many values, most frequent first. Default 500. */
  readonly limit?: number;
  /** Default: read. `wait` until the picker opens. */
  readonly when?: 'read' | 'wait';
};

export function useFacet({ tenant, field, params, limit = 500, when = 'read' }: FacetRequest): UseQueryResult<PageOf<typeof facets>> {
  const others = Object.fromEntries(Object.entries(params).filter(([name]) => name !== field));
  return useViewPage(facets, { tenant, params: { ...others, field: [field], limit: [String(limit)] }, size: 1000 }, { enabled: when === 'read', placeholderData: keepPreviousData });
}
