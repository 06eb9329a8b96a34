/** Facets: the values of one field with their exact counts, for filter pickers and rankings. */
import { z } from 'zod';
import { commonParams } from './common-params';
import { defineView } from './define-view';

export const facetFields = [
  'type', 'category', 'outcome', 'connection', 'strategy', 'organization', 'application', 'user', 'ip', 'country', 'browser', 'device', 'hostname',
] as const;
export type FacetField = (typeof facetFields)[number];

export const facets = defineView({
  id: 'facets',
  title: 'Facets',
  definition: 'For one field, each value that occurs in the filtered log events and in how many of them, exactly; most frequent first. Events without a value are not listed.',
  kind: 'ranking',
  params: [
    ...commonParams,
    { name: 'field', type: 'choice', default: 'type', values: [...facetFields], help: 'The field whose values are counted; repeat it for several.' },
    { name: 'limit', type: 'count', default: '10', values: null, help: 'How many values of a field, most frequent first.' },
  ],
  columns: [
    { id: 'field', header: 'Field', kind: 'text' },
    { id: 'value', header: 'Value', kind: 'text' },
    { id: 'label', header: 'Label', kind: 'text' },
    { id: 'count', header: 'Events', kind: 'number' },
  ],
  row: z.object({ field: z.string(), value: z.string(), label: z.string(), count: z.number().int() }),
});
