import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import type { RawEvent } from '../../builders/log-event';
import { logEvent } from '../../builders/log-event';
import type { Archive, Question } from '../../builders/comings-and-goings';
import { archiveAt, askedOf, atOf, fullTimeout, generatedEvents, generatedQuestion, isActive, isFull, isLoggedIn, isRefused, lets, paramsOf, spanOf, stateOf, text } from '../../builders/comings-and-goings';

const open: Archive[] = [];
afterEach(async () => { for (const archive of open.splice(0)) await archive.engine.end(); });
async function archiveOf(events: readonly RawEvent[], now = Date.UTC(2026, 5, 30)): Promise<Archive> {
  const archive = await archiveAt(events, now);
  open.push(archive);
  return archive;
}

const dayMs = 86_400_000;
const latest = (events: readonly RawEvent[]): number | null => (events.length === 0 ? null : Math.max(...events.map(atOf)));
const byOrganization = (rows: readonly Readonly<Record<string, unknown>>[]): unknown[] => [...rows].sort((a, b) => (String(a['organizationId']) < String(b['organizationId']) ? -1 : 1));

const connectionKey = (raw: RawEvent): string => JSON.stringify([text(raw['connection_id']), text(raw['connection_id']) === null ? text(raw['connection']) : null]);

/** What each connection is called: the name that came up last, else its id. */
function connectionNames(events: readonly RawEvent[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const pairs = new Set<string>();
  for (const raw of events) {
    const [id, name] = [text(raw['connection_id']), text(raw['connection'])];
    const pair = JSON.stringify([id, name]);
    if (!pairs.has(pair) && (id ?? name) !== null) names.set(connectionKey(raw), name ?? names.get(connectionKey(raw)) ?? id ?? '');
    pairs.add(pair);
  }
  return names;
}

function expectedOrganizations(events: readonly RawEvent[], question: Question): Record<string, unknown>[] {
  const asked = askedOf(events, question, 'day');
  if (asked === null) return [];
  const known = events.filter(raw => lets(raw, question) && atOf(raw) < asked.to && text(raw['organization_id']) !== null);
  const before = { from: 2 * asked.from - asked.to, to: asked.from };
  const isBeforeCovered = before.from < before.to && stateOf(spanOf(events, question.now), before, question.now, before.from, before.to) !== 'uncovered';
  const names = connectionNames(events);
  return [...new Set(known.map(raw => raw['organization_id']))].map(id => {
    const own = known.filter(raw => raw['organization_id'] === id);
    const now = own.filter(raw => atOf(raw) >= asked.from);
    const visits = (all: readonly RawEvent[]): RawEvent[] => all.filter(raw => isActive(raw) && raw['user_id'] !== '');
    const people = (all: readonly RawEvent[]): number => new Set(visits(all).map(raw => raw['user_id'])).size;
    const lastAt = latest(visits(own));
    return {
      organizationId: id, organizationName: own.filter(raw => atOf(raw) === latest(own)).at(-1)!['organization_name'], activeMembers: people(now),
      previousActiveMembers: isBeforeCovered ? people(own.filter(raw => atOf(raw) >= before.from && atOf(raw) < before.to)) : null,
      logins: now.filter(isLoggedIn).length, failedLogins: now.filter(isRefused).length, lastActivityAt: lastAt === null ? null : new Date(lastAt).toISOString(),
      connections: [...new Set(now.flatMap(raw => names.get(connectionKey(raw)) ?? []))].sort(),
      quiet: lastAt === null || lastAt < asked.to - 30 * dayMs,
    };
  });
}

describe('organizations', () => {
  it('agree with a plain count of the events of each, in generated archives', async () => {
    await fc.assert(fc.asyncProperty(generatedEvents, fc.array(generatedQuestion, { minLength: 2, maxLength: 4 }), async (events, questions) => {
      const archive = await archiveAt(events, questions[0]!.now);
      for (const given of questions) {
        const question = { ...given, now: questions[0]!.now };
        const rows = await archive.read('organizations', paramsOf(question));
        expect(byOrganization(rows)).toEqual(byOrganization(expectedOrganizations(events, question)));
        expect(rows.map(row => row['activeMembers'])).toEqual(rows.map(row => Number(row['activeMembers'])).sort((a, b) => b - a));
      }
      await archive.engine.end();
    }), { numRuns: isFull ? 200 : 25, seed: 20_261_124 });
  }, fullTimeout);

  const inOrganization = (id: string, date: string, index: number, fields: Record<string, unknown> = {}): RawEvent =>
    logEvent(index, { organization_id: id, organization_name: `Name of ${id}`, date: `${date}T12:00:00.000Z`, ...fields });

  it('list those without an event in the time range, and tell which are quiet at its end', async () => {
    const archive = await archiveOf([inOrganization('org_gone', '2026-03-01', 0), inOrganization('org_here', '2026-04-20', 1), inOrganization('org_failing', '2026-04-21', 2, { type: 'f' }), inOrganization('org_machine', '2026-04-22', 3, { type: 'seccft', user_id: '' })]);
    const rows = await archive.read('organizations', { from: ['2026-04-01'], to: ['2026-05-01'] });
    expect(rows.map(row => [row['organizationId'], row['activeMembers'], row['previousActiveMembers'], row['failedLogins'], row['lastActivityAt'], row['quiet']])).toEqual([
      ['org_here', 1, 0, 0, '2026-04-20T12:00:00.000Z', false], ['org_gone', 0, 0, 0, '2026-03-01T12:00:00.000Z', true], ['org_failing', 0, 0, 1, null, true], ['org_machine', 0, 0, 0, null, true],
    ]);
    expect((await archive.read('organizations', { from: ['2026-02-20'], to: ['2026-03-15'] })).map(row => [row['organizationId'], row['quiet'], row['previousActiveMembers']])).toEqual([['org_gone', false, null]]);
  });

  it('name the connections their members used, as a list, and in a spreadsheet as one guarded text', async () => {
    const archive = await archiveOf([
      inOrganization('org_1', '2026-04-20', 0, { connection_id: 'con_1', connection: 'zeta' }), inOrganization('org_1', '2026-04-20', 1, { connection_id: 'con_2', connection: '=alpha' }),
      inOrganization('org_1', '2026-04-20', 2, { connection_id: 'con_3', connection: 'zeta' }), inOrganization('org_2', '2026-04-20', 3, { connection_id: '', connection: '' }),
    ]);
    const rows = await archive.read('organizations', {});
    expect(rows.map(row => row['connections'])).toEqual([['=alpha', 'zeta'], []]);
    const exported = async (format: 'csv' | 'csv-exact' | 'jsonl'): Promise<string> => {
      const out = archive.engine.file(`organizations.${format}`, '');
      await archive.engine.call('view.export', { tenant: 'generated', view: 'organizations', params: {}, format, out });
      return readFileSync(out, 'utf8').split('\n')[format === 'jsonl' ? 0 : 1]!;
    };
    expect(await exported('csv')).toContain(`"'=alpha; zeta"`);
    expect(await exported('csv-exact')).toContain('"=alpha; zeta"');
    expect(JSON.parse(await exported('jsonl'))).toEqual(rows[0]);
  });

  it('are not known where only their name is', async () => {
    const archive = await archiveOf([inOrganization('', '2026-04-20', 0)]);
    expect(await archive.read('organizations', {})).toEqual([]);
  });
});
