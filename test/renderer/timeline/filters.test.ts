import { describe, expect, it } from 'vitest';
import { waysOut } from '../../../renderer/screens/timeline/empty-timeline';
import { cellTarget, filterFor, filterOut, pathTarget } from '../../../renderer/screens/timeline/value-filters';
import { addFilter, filtersOf } from '../../../renderer/filters';
import { timelineRow } from './builders';

describe('filtering by a cell', () => {
  it.each([
    ['outcome', 'outcome', 'success'], ['eventName', 'type', 's'], ['userName', 'user', 'auth0|user1'], ['connection', 'connection', 'con_acme'],
    ['organizationName', 'organization', 'org_acme'], ['applicationName', 'application', 'client1'], ['ip', 'ip', '203.0.113.7'], ['strategy', 'strategy', 'samlp'],
    ['hostname', 'hostname', 'login.example.com'], ['category', 'category', 'login'], ['description', 'q', 'Welcome'],
  ])('the column %s filters %s for %s', (column, field, value) => {
    expect(cellTarget(column, timelineRow())).toEqual({ field, value });
  });

  it('searches the name of a user who has no id, and a connection by name where it has no id', () => {
    expect(cellTarget('userName', timelineRow({ userId: null }))).toEqual({ field: 'q', value: 'user@example.com' });
    expect(cellTarget('connection', timelineRow({ connectionId: null }))).toEqual({ field: 'connection', value: 'acme-saml' });
  });

  it('offers nothing for the time, for empty cells and for texts longer than a parameter', () => {
    expect(cellTarget('occurredAt', timelineRow())).toBeNull();
    expect(cellTarget('ip', timelineRow({ ip: null }))).toBeNull();
    expect(cellTarget('description', timelineRow({ description: 'x'.repeat(5000) }))).toBeNull();
  });

  it('turns a value into a chip, and into its opposite', () => {
    const target = cellTarget('connection', timelineRow())!;
    const kept = addFilter({}, filterFor(target));
    expect(kept).toEqual({ connection: ['con_acme'] });
    expect(addFilter(kept, filterOut(target)!)).toEqual({ exclude: ['connection:con_acme'] });
  });

  it('does not leave out free text', () => {
    expect(filterOut({ field: 'q', value: 'x' })).toBeNull();
  });
});

describe('filtering by a value inside the event', () => {
  it.each([
    [['user_id'], 'auth0|1', { field: 'user', value: 'auth0|1' }], [['client_id'], 'c', { field: 'application', value: 'c' }],
    [['location_info', 'country_code'], 'de', { field: 'country', value: 'DE' }], [['user_name'], 'ada', { field: 'q', value: 'ada' }],
    [['details', 'ip'], '203.0.113.1', null], [['location_info.country_code'], 'DE', null], [[0], 'x', null], [[], 'x', null], [['ip'], '', null],
  ])('%j with %s', (path, text, expected) => {
    expect(pathTarget(path, text)).toEqual(expected);
  });
});

describe('ways out of an empty list', () => {
  const paramsOfAll = { connection: ['acme'], exclude: ['outcome:success'], range: ['24h'], timeZone: ['UTC'] };

  it('offers to remove each filter, the range, and everything', () => {
    const ways = waysOut(paramsOfAll, filtersOf(paramsOfAll));
    expect(ways.map(way => way.params)).toEqual([
      { exclude: ['outcome:success'], range: ['24h'], timeZone: ['UTC'] }, { connection: ['acme'], range: ['24h'], timeZone: ['UTC'] },
      { connection: ['acme'], exclude: ['outcome:success'], timeZone: ['UTC'] }, { timeZone: ['UTC'] },
    ]);
  });

  it('offers nothing where nothing is filtered: then nothing is stored', () => {
    expect(waysOut({ timeZone: ['UTC'] }, [])).toEqual([]);
  });
});
