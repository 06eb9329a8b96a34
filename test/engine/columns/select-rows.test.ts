import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countRows } from '../../../electron/engine/columns/count-rows';
import { selectRows } from '../../../electron/engine/columns/select-rows';
import type { Scope } from '../../../electron/engine/queries/define-query';
import { parseParams } from '../../../electron/engine/queries/parse-params';
import { LogEvents } from '../../../electron/engine/store/log-events';
import { createNormalizer } from '../../../electron/engine/sync/normalize-log-event';
import { facets } from '../../../shared/views/facets';
import { matchingSeqs } from '../../builders/filter-conditions';
import { logEvent } from '../../builders/log-event';
import { openSql } from '../../builders/test-engine';

const pick = <Value>(values: readonly Value[], index: number): Value | undefined => values[index % values.length];
const agents = ['Chrome 114.0.0 / Windows 10.0.0', 'Firefox 115.0.0 / Mac OS X 10.15.7', 'axios/1.7.2', null];

type Arrival = 'out of order' | 'mostly in order';

/** Rows that come in an order other than that of their dates; mostly in order, alike values stand near each other. */
async function storedRows(seed: number, count: number, arrival: Arrival): Promise<LogEvents> {
  const rows = new LogEvents(await openSql(), address => (address.endsWith('1') ? 'FR' : null));
  const normalize = createNormalizer();
  for (let index = 0; index < count; index += 1) {
    const mixed = arrival === 'out of order' || index % 1_000 === 999 ? (index * 7919 + seed * 104_729) % 10_007 : Math.floor(index / 3_000) * 1_024 + index % 7;
    const event = normalize(new TextEncoder().encode(JSON.stringify(logEvent(index, {
      date: new Date(Date.UTC(2026, 2, 28) + mixed * 9_000).toISOString(), type: pick(['s', 'fp', 'limit_wc', 'odd_type'], mixed),
      user_id: pick(['auth0|1', 'auth0|2', ''], mixed >> 2), user_name: pick(['Ada@Example.com', 'GÜNTHER@example.org'], mixed >> 3),
      connection: pick(['acme', 'globex', null], mixed >> 1), connection_id: pick(['con_1', 'con_2', ''], mixed >> 4), organization_id: pick(['org_1', null], mixed >> 5),
      client_id: pick(['app_1', 'app_2'], mixed >> 6), ip: pick(['203.0.113.1', '2001:db8::1f55', '198.51.100.7'], mixed >> 7), user_agent: pick(agents, mixed >> 2),
      description: pick(['Wrong password', 'ok'], mixed >> 1), strategy: pick(['samlp', 'auth0'], mixed), hostname: pick(['a.example.com', 'b.example.com'], mixed >> 3),
    }))), null);
    if (event.kind === 'log-event') rows.insert(index + 1, event.value, { frame: 0, slot: index });
  }
  return rows;
}

const instant = fc.integer({ min: 0, max: 90_000_000 }).map(ms => new Date(Date.UTC(2026, 2, 28) + ms).toISOString());
const given = fc.record({
  from: fc.tuple(instant), to: fc.tuple(instant), type: fc.subarray(['s', 'fp', 'nothing']), outcome: fc.subarray(['success', 'failure', 'blocked', 'info']),
  user: fc.subarray(['auth0|1', 'nobody']), connection: fc.subarray(['acme', 'con_2']), organization: fc.subarray(['org_1']), application: fc.subarray(['app_1', 'app_2']),
  ip: fc.subarray(['203.0.113.1', '2001:DB8:0::1f55']), category: fc.subarray(['login', 'unknown']), strategy: fc.subarray(['samlp']), country: fc.subarray(['FR', 'de']),
  browser: fc.subarray(['Chrome']), device: fc.subarray(['server', 'desktop']), hostname: fc.subarray(['b.example.com']),
  exclude: fc.subarray(['type:s', 'connection:acme', 'user:auth0|1', 'outcome:failure', 'country:FR', 'device:server', 'organization:org_1']),
  q: fc.subarray(['ada@', 'ünther', 'WRONG', '1f55', '00000001', '%']),
}, { requiredKeys: [] });

function scopeOf(rows: LogEvents, params: Readonly<Record<string, readonly string[]>>, asOf: number): Scope {
  const scope: Scope = { rows, params: parseParams(facets, params), asOf, now: 0, coverage: { whole: null, gaps: [], lastEventAt: null }, pause: () => Promise.resolve(), selected: () => selectRows(scope) };
  return scope;
}

describe('rows selected by scanning columns', () => {
  it.each([['out of order', 600, 200], ['mostly in order', 13_000, 80]] as const)('are those that SQL finds, whatever the filters, of rows that came %s', async (arrival, count, numRuns) => {
    const rows = await storedRows(1, count, arrival);
    await fc.assert(fc.asyncProperty(given, fc.integer({ min: 0, max: count }), async (params, asOf) => {
      const [from] = params.from ?? [];
      const [to] = params.to ?? [];
      const swapped = from !== undefined && to !== undefined && from > to ? { ...params, from: [to], to: [from] } : params;
      const asked = Object.fromEntries(Object.entries(swapped).filter(([, values]) => values.length > 0));
      const scope = scopeOf(rows, asked, asOf);
      const found = [...await selectRows(scope)].map(row => rows.columns.seq[row]);
      expect(found).toEqual(matchingSeqs(scope));
      expect(await countRows(scope)).toBe(found.length);
    }), { numRuns: process.env['TENANTSCOPE_TEST_FULL'] === undefined ? numRuns : 15 * numRuns, seed: 11 });
    rows.close();
  });

  it('are found where they were added after a first question', async () => {
    const rows = await storedRows(1, 5_000, 'mostly in order');
    const ask = async (): Promise<number> => (await selectRows(scopeOf(rows, { user: ['auth0|late'] }, rows.lastSeq))).length;
    expect(await ask()).toBe(0);
    const normalize = createNormalizer();
    for (let index = 5_000; index < 9_000; index += 1) {
      const event = normalize(new TextEncoder().encode(JSON.stringify(logEvent(index, { user_id: index % 2_000 === 0 ? 'auth0|late' : 'auth0|1' }))), null);
      if (event.kind === 'log-event') rows.insert(index + 1, event.value, { frame: 0, slot: index });
    }
    expect(await ask()).toBe(2);
    rows.close();
  });

  it('stay right when a dictionary outgrows 16 bits', async () => {
    const rows = new LogEvents(await openSql(), () => null);
    const normalize = createNormalizer();
    rows.transaction(() => {
      for (let index = 0; index < 66_000; index += 1) {
        const event = normalize(new TextEncoder().encode(JSON.stringify(logEvent(index, { client_id: `app_${String(index)}`, user_agent: null }))), null);
        if (event.kind === 'log-event') rows.insert(index + 1, event.value, { frame: 0, slot: index });
      }
    });
    for (const number of [0, 65_534, 65_535, 65_999]) {
      const found = await selectRows(scopeOf(rows, { application: [`app_${String(number)}`] }, 66_000));
      expect([...found]).toEqual([number]);
    }
    rows.close();
  });
});
