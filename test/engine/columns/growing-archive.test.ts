import { beforeAll, describe, expect, it } from 'vitest';
import { rowsPerBlock } from '../../../electron/engine/columns/block-filter';
import { blocksPerSlice, selectRows } from '../../../electron/engine/columns/select-rows';
import type { Rows } from '../../../electron/engine/columns/select-rows';
import type { Cells, ListQuery, OrderKey, Query, Scope } from '../../../electron/engine/queries/define-query';
import { queries } from '../../../electron/engine/queries/index';
import { scopeOf } from '../../../electron/engine/read-view';
import { LogEvents } from '../../../electron/engine/store/log-events';
import type { ReadableArchive } from '../../../electron/engine/store/readable-archive';
import { createNormalizer } from '../../../electron/engine/sync/normalize-log-event';
import { createClock } from '../../../electron/node/clock';
import type { LogEvent } from '../../../shared/domain/log-event';
import { facetFields } from '../../../shared/views/facets';
import type { RawEvent } from '../../builders/log-event';
import { logEvent, logIdFor } from '../../builders/log-event';
import { seededRandom } from '../../builders/seeded-random';
import { openSql } from '../../builders/test-engine';

const dayMs = 86_400_000;
const now = Date.UTC(2026, 5, 16, 12);
const start = now - 75 * dayMs;
/** A scan lets messages through once before it has seen all of these. */
const oldRows = blocksPerSlice * rowsPerBlock;
const newestRows = 400;
const types = ['s', 's', 'ss', 'fp', 'f', 'seccft', 'limit_wc', 'sertft', 'slo'] as const;

const normalize = createNormalizer();
function eventOf(raw: RawEvent): LogEvent {
  const read = normalize(new TextEncoder().encode(JSON.stringify(raw)), null);
  if (read.kind === 'rejected') throw new Error(read.reason);
  return read.value;
}

const browsers = ['Chrome', 'Firefox', 'Edge', 'Safari'] as const;

/** `name` makes every text of the event one of its own. */
const named = (name: string, number: number, fields: Record<string, unknown>): LogEvent => eventOf(logEvent(0, {
  log_id: logIdFor(start, number), user_id: `auth0|${name}`, user_name: `${name}@${name}.example.com`, connection: `name ${name}`, connection_id: `con_${name}`, strategy: `strategy-${name}`,
  organization_id: `org_${name}`, organization_name: `Organization ${name}`, client_id: `app_${name}`, client_name: `Portal ${name}`, hostname: `${name}.example.com`, ip: `2001:db8::${(number % 65_536).toString(16)}`,
  user_agent: `${browsers[number % browsers.length]!} ${String(number)}.0.0 / ${number % 2 === 0 ? 'Windows 10.0.0' : `System ${name}`}`, description: `description ${name}`, audience: `https://${name}.example.com/`, location_info: { country_code: ['DE', 'FR', 'US'][number % 3] },
  details: { error: { message: `error ${name}` } }, ...fields,
}));

/** What is known already, and has got another name. */
const renamed = { user_id: 'auth0|known3', connection_id: 'con_known3', organization_id: 'org_known3', client_id: 'app_known3' };

type Growing = { readonly archive: ReadableArchive; readonly grow: () => void };

/** Row numbers and ids of the most narrow kind run out as soon as the archive grows. */
async function growingArchive(): Promise<Growing> {
  const rows = new LogEvents(await openSql(), () => null);
  const random = seededRandom(20_261_121);
  const known = Array.from({ length: 250 }, (_none, number) => rows.dictionaries.encode(named(`known${String(number)}`, number, { type: random.pick(types) })));
  for (let row = 0; row < oldRows; row += 1) rows.columns.push(row + 1, start + Math.floor((row / oldRows) * 70 * dayMs) + random.below(dayMs), random.pick(known));
  let stored = oldRows;
  const add = (event: LogEvent): void => { stored += 1; rows.insert(stored, event, { frame: 1, slot: stored }); };
  rows.transaction(() => {
    for (let number = 0; number < newestRows; number += 1) {
      const at = start + 72 * dayMs + random.below(3 * dayMs);
      add(named(`known${String(random.below(250))}`, oldRows + number, { type: random.pick(types), date: new Date(at).toISOString() }));
    }
  });
  const grow = (): void => {
    rows.transaction(() => {
      for (const type of [...types, `type_${String(stored)}`]) {
        // Before all others, among them, and behind them.
        for (const at of [start - dayMs - (stored - oldRows) * 3_600_000, start + random.below(75 * dayMs), now - 1]) {
          add(named(`new${String(stored)}`, stored, { type, date: new Date(at).toISOString(), ...(random.chance(0.5) ? renamed : {}) }));
        }
      }
    });
  };
  const archive: ReadableArchive = {
    tenant: 'growing', rows, identity: 'growing', checkpoint: null, setAsideCount: 0, gaps: [], coveredUntil: null,
    refresh: () => Promise.resolve(), eventBytes: () => null, eachEvent: () => Promise.resolve(), close: () => { rows.close(); },
  };
  return { archive, grow };
}

type Params = Readonly<Record<string, readonly string[]>>;
type Ask = { readonly query: Query; readonly params: Params; readonly asOf: number; readonly pause: () => void };

function scopeWith(archive: ReadableArchive, { query, params, asOf, pause }: Ask): Scope {
  let rows: Promise<Rows> | null = null;
  const scope: Scope = {
    ...scopeOf(createClock(now), archive, { query, params, asOf }, undefined),
    pause: () => { pause(); return Promise.resolve(); },
    selected: () => (rows ??= selectRows(scope)),
  };
  return scope;
}

type Pages = { readonly total: number; readonly pages: readonly (readonly Cells[])[] };

/** Each page is a question of its own, as a caller asks it. */
async function pagesOf(archive: ReadableArchive, query: ListQuery, ask: Omit<Ask, 'query'>): Promise<Pages> {
  const total = await query.total(scopeWith(archive, { ...ask, query }));
  const pages: (readonly Cells[])[] = [];
  for (let after: OrderKey | null = null; pages.length < 3;) {
    const page = await query.page(scopeWith(archive, { ...ask, query }), after, 50);
    pages.push(page.rows);
    ask.pause();
    after = page.keys.at(-1) ?? null;
    if (after === null) break;
  }
  return { total, pages };
}

/** What is left out passes all that is not known yet, and so does an end without a start. */
const leftOut: Params = { exclude: ['connection:con_known7'], to: ['2026-06-15T12:00:00Z'], timeZone: ['Europe/Berlin'] };
const wanted: Params = { type: ['s', 'ss', 'seccft', 'limit_wc', 'fp'], q: ['DESCRIPTION'] };
const newest: Params = { from: ['2026-06-13T12:00:00Z'] };
const extraOf = (view: string): Params => (view === 'facets' ? { field: facetFields, limit: ['300'] } : {});

describe('an archive that grows while a view is read', () => {
  let growing: Growing;
  beforeAll(async () => { growing = await growingArchive(); });

  /** The answer at rest, that while each pause brought new events, after those that came before the question, if any; and how many pauses there were. */
  async function both<Answer>(growth: 'as it is read' | 'and before', answer: (ask: Omit<Ask, 'query' | 'params'>) => Promise<Answer>): Promise<{ readonly atRest: Answer; readonly whileGrowing: Answer; readonly pauses: number }> {
    const { archive, grow } = growing;
    const { columns } = archive.rows;
    const asOf = archive.rows.lastSeq;
    const atRest = await answer({ asOf, pause: () => undefined });
    // Columns just loaded have no room left: the first event behind them moves all of them.
    columns.load(columns.save());
    if (growth === 'and before') grow();
    let pauses = 0;
    const whileGrowing = await answer({ asOf, pause: () => { pauses += 1; grow(); } });
    return { atRest, whileGrowing, pauses };
  }

  const whole = queries.filter(query => query.kind === 'whole');
  it.each(whole.map(query => [query.view.id, query] as const))('%s says what it says at rest', async (id, query) => {
    for (const [filter, growth] of [[leftOut, 'as it is read'], [{}, 'and before']] as const) {
      const params = { ...filter, ...extraOf(id) };
      const { atRest, whileGrowing, pauses } = await both(growth, ask => query.rows(scopeWith(growing.archive, { ...ask, query, params })));
      expect(atRest.length).toBeGreaterThan(0);
      expect(whileGrowing).toEqual(atRest);
      expect(pauses).toBeGreaterThanOrEqual(2);
    }
  });

  const lists = queries.filter(query => query.kind === 'list');
  it.each(lists.map(query => [query.view.id, query] as const))('%s has the same total and the same pages as at rest', async (_id, query) => {
    for (const params of [{}, leftOut, { ...leftOut, ...wanted }, { ...newest, connection: ['con_known3', 'con_known4'] }, { ...newest, user: ['auth0|known5'] }]) {
      const { atRest, whileGrowing, pauses } = await both('as it is read', ask => pagesOf(growing.archive, query, { ...ask, params }));
      expect(atRest.total).toBeGreaterThan(0);
      expect(whileGrowing).toEqual(atRest);
      expect(pauses).toBeGreaterThanOrEqual(2);
    }
  });
});
