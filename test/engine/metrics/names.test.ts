import { afterEach, describe, expect, it } from 'vitest';
import { createClock } from '../../../electron/node/clock';
import type { RawEvent } from '../../builders/log-event';
import { logEvent, logIdFor, toJsonLines } from '../../builders/log-event';
import type { TestEngine } from '../../builders/test-engine';
import { testEngine } from '../../builders/test-engine';

const open: TestEngine[] = [];
afterEach(async () => { for (const engine of open.splice(0)) await engine.end(); });

type Named = readonly [date: string, name: string];

/** A login and a token for a machine each time, on things that are called so at that time. */
function eventsOf([date, name]: Named, index: number): RawEvent[] {
  const at = Date.parse(date);
  const names = { date: new Date(at).toISOString(), hostname: `${String(index)}.example.com`, client_name: name, connection: name, organization_id: 'org_1', organization_name: name };
  return [
    logEvent(index, { ...names, log_id: logIdFor(at, 2 * index), user_id: 'auth0|1', user_name: name }),
    logEvent(index, { ...names, log_id: logIdFor(at, 2 * index + 1), type: 'seccft', user_id: '', user_name: '', audience: 'urn:api' }),
  ];
}

async function engineOf(...named: readonly Named[]): Promise<TestEngine> {
  const engine = testEngine({ ports: { clock: createClock(Date.UTC(2026, 5, 30)) } });
  open.push(engine);
  await engine.call('archive.import', { tenant: 'acme', files: [engine.file('a.jsonl', toJsonLines(named.flatMap(eventsOf)))] });
  return engine;
}

/** Where a view says what a thing is called. */
type Place = readonly [view: string, column: string, params: Record<string, string[]>];
const places: readonly Place[] = [
  ['top-applications', 'label', {}], ['top-connections', 'label', {}], ['top-authentication-methods', 'connection', {}], ['m2m-tokens', 'applicationName', {}],
  ['facets', 'label', { field: ['application'] }], ['facets', 'label', { field: ['connection'] }], ['facets', 'label', { field: ['organization'] }], ['facets', 'label', { field: ['user'] }],
  ['cohort-members', 'name', { unit: ['connection'] }], ['cohort-members', 'name', { unit: ['organization'] }], ['cohort-members', 'name', { unit: ['user'] }],
  ['connections', 'connection', {}], ['organizations', 'organizationName', {}], ['organizations', 'connections', {}],
];

async function nameIn(engine: TestEngine, [view, column, params]: Place): Promise<unknown> {
  const { rows } = await engine.call('view.read', { tenant: 'acme', view, params });
  return rows.map(row => row[column]).flat()[0];
}

const older: Named = ['2026-03-01T10:00:00Z', 'Acme'];
const newer: Named = ['2026-05-01T10:00:00Z', 'Acme Inc.'];
const backAgain: Named = ['2026-06-01T10:00:00Z', 'Acme'];
const nameless: Named = ['2026-06-01T10:00:00Z', ''];

describe('a thing that was renamed', () => {
  it.each(places)('goes by its latest name in %s (%s, %j), also when older events arrive later', async (...place) => {
    const names = [await nameIn(await engineOf(older, newer), place), await nameIn(await engineOf(newer, older), place)];
    expect(names).toEqual(['Acme Inc.', 'Acme Inc.']);
  });

  it.each(places)('takes an earlier name on again in %s (%s, %j)', async (...place) => {
    expect(await nameIn(await engineOf(older, newer, backAgain), place)).toBe('Acme');
  });

  it.each(places)('goes by the same name in %s (%s, %j) whatever the filters', async (view, column, params) => {
    expect(await nameIn(await engineOf(older, newer), [view, column, { ...params, hostname: ['0.example.com'] }])).toBe('Acme Inc.');
  });

  it.each(places)('keeps its name in %s (%s, %j) when an event does not tell it', async (...place) => {
    expect(await nameIn(await engineOf(older, nameless), place)).toBe('Acme');
  });
});
