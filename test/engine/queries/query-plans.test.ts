import { describe, expect, it } from 'vitest';
import { selectRows } from '../../../electron/engine/columns/select-rows';
import type { Query, Scope } from '../../../electron/engine/queries/define-query';
import { queries } from '../../../electron/engine/queries/index';
import { parseParams } from '../../../electron/engine/queries/parse-params';
import { LogEvents } from '../../../electron/engine/store/log-events';
import type { Sql, SqlValue } from '../../../electron/engine/store/sql';
import { createNormalizer } from '../../../electron/engine/sync/normalize-log-event';
import { logEvent } from '../../builders/log-event';
import { openSql } from '../../builders/test-engine';

/** Remembers what it is asked. */
class WatchedLogEvents extends LogEvents {
  readonly asked: Sql[] = [];
  override each(query: Sql, visit: (row: readonly SqlValue[]) => void): void {
    this.asked.push(query);
    super.each(query, visit);
  }
}

async function storedRows(): Promise<WatchedLogEvents> {
  const rows = new WatchedLogEvents(await openSql(), () => null);
  const normalize = createNormalizer();
  for (let index = 0; index < 300; index += 1) {
    const event = normalize(new TextEncoder().encode(JSON.stringify(logEvent(index, { organization_id: `org_${String(index % 3)}` }))), null);
    if (event.kind === 'log-event') rows.insert(index + 1, event.value, { frame: 0, slot: index });
  }
  return rows;
}

const filters: Readonly<Record<string, Record<string, string[]>>> = {
  'no filter': {}, 'a range': { from: ['2026-06-01T01:00:00Z'], to: ['2026-06-01T02:00:00Z'] },
  'a connection': { connection: ['con_1'] }, 'a user': { user: ['auth0|3'] }, 'an organization': { organization: ['org_1'] },
  'an application': { application: ['app_1'] }, 'a type': { type: ['s'] }, 'an outcome': { outcome: ['success'] }, 'an address': { ip: ['203.0.113.7'] },
  'free text': { q: ['user3', '12345'] }, 'a list of users': { user: ['auth0|3', 'auth0|4'] }, 'what is left out': { exclude: ['type:fp'] }, 'two filters': { connection: ['con_1'], outcome: ['success'] },
};

async function run(query: Query, scope: Scope): Promise<void> {
  if (query.kind === 'whole') {
    await query.rows(scope);
    return;
  }
  await query.total(scope);
  const page = await query.page(scope, null, 5);
  await query.page(scope, page.keys.at(-1) ?? null, 5);
}

describe.each(queries.map(query => [query.view.id, query] as const))('the query of %s', (_id, query) => {
  it.each(Object.entries(filters))('reads rows by their keys alone, with %s', async (_name, params) => {
    const rows = await storedRows();
    const coverage = { whole: { from: Date.UTC(2026, 5, 1), to: Date.UTC(2026, 5, 2) }, gaps: [], lastEventAt: Date.UTC(2026, 5, 1, 5) };
    const scope: Scope = { rows, params: parseParams(query.view, params), asOf: rows.lastSeq, now: Date.UTC(2026, 5, 2), coverage, pause: () => Promise.resolve(), selected: () => selectRows(scope) };
    await run(query, scope);
    const asked = rows.asked.filter(({ text }) => text.includes('log_event'));
    // Rows are found by scanning columns; only log ids are looked for in SQL.
    if ('q' in params) expect(asked.length).toBeGreaterThan(0);
    for (const { text, values } of asked) {
      const plan = rows.all({ text: `EXPLAIN QUERY PLAN ${text}`, values }).map(row => String(row[3])).join('\n');
      // A part of a log id may be looked for in the index of them; nothing may walk the rows.
      expect(plan, text).not.toMatch(/SCAN log_event(?! USING COVERING INDEX)/);
    }
    rows.close();
  });
});
