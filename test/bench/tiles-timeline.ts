/** Tiles of the timeline: its histogram, its facets and its pages. */
import { facetFields } from '../../shared/views/facets';
import type { FacetField } from '../../shared/views/facets';
import { outcomes } from '../../shared/domain/event-types';
import type { Tile } from './tile';
import { connectionKey, everything, perBucket } from './tile';

const byOutcome = outcomes.map(outcome => `count(*) FILTER (outcome = '${outcome}') AS ${outcome}`).join(', ');

const histogram: Tile = {
  id: 'timeline-histogram', what: 'histogram by day', view: 'timeline-histogram', params: () => ({ grain: ['day'] }),
  sql: () => perBucket('day', `${byOutcome}, count(*) AS total`),
  agree: { keys: ['bucketStart'], counts: [...outcomes, 'total'] },
};

const filteredHistogram: Tile = {
  ...histogram, id: 'timeline-histogram.filtered', what: 'histogram by day, SAML failures', params: () => ({ grain: ['day'], strategy: ['samlp'], outcome: ['failure'] }),
  sql: () => perBucket('day', 'count(*) AS failure, count(*) AS total').replace('FROM e', 'FROM e WHERE strategy = \'samlp\' AND outcome = \'failure\''),
  agree: { keys: ['bucketStart'], counts: ['failure', 'total'] },
};

const groupedBy: Readonly<Partial<Record<FacetField, string>>> = { connection: connectionKey, organization: 'organization_id', application: 'application_id', user: 'user_id' };

const facetSql = (field: FacetField): string => {
  const key = groupedBy[field] ?? field;
  return `(SELECT '${field}' AS field, ${key} AS value, count(*) AS count FROM e WHERE ${key} IS NOT NULL GROUP BY 2 ORDER BY 3 DESC LIMIT 10)`;
};

/** Of values with the same count, either may be the tenth: the counts are compared, not the values. */
const counts = { keys: ['field'], counts: ['count'] };

const facets: readonly Tile[] = facetFields.map(field => ({
  id: `facets.${field}`, what: `facets of ${field}`, view: 'facets', params: () => ({ field: [field] }), sql: () => facetSql(field), agree: counts,
}));

const allFacets: Tile = {
  id: 'facets.all', what: 'facets of all fields at once', view: 'facets', params: () => ({ field: facetFields }),
  sql: () => facetFields.map(facetSql).join(' UNION ALL '), agree: counts,
};

const page = (key: string, what: string, params: Tile['params'], where: string): Tile => ({
  id: `page-beside.${key}`, what: `first page, ${what}`, view: 'audit-timeline', params, kind: 'page',
  sql: () => `SELECT *, occurred_at AS "occurredAt", user_id AS "userId" FROM e ${where} ORDER BY occurred_at DESC LIMIT 100`,
  agree: { keys: ['occurredAt'], counts: [] },
});

export const timelineTiles: readonly Tile[] = [
  histogram, filteredHistogram, ...facets, allFacets,
  page('no-filter', 'no filter', everything, ''),
  page('strategy', 'SAML', () => ({ strategy: ['samlp'] }), 'WHERE strategy = \'samlp\''),
  page('outcome', 'failures', () => ({ outcome: ['failure'] }), 'WHERE outcome = \'failure\''),
];
