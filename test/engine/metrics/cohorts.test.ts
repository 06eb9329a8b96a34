import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import type { RawEvent } from '../../builders/log-event';
import { logEvent } from '../../builders/log-event';
import type { Archive, Question } from '../../builders/comings-and-goings';
import { archiveAt, askedOf, atOf, fullTimeout, generatedEvents, generatedQuestion, isActive, isFull, lets, paramsOf, periodNumber, periodStart, spanOf, stateOf, text } from '../../builders/comings-and-goings';

const open: Archive[] = [];
afterEach(async () => { for (const archive of open.splice(0)) await archive.engine.end(); });
async function archiveOf(events: readonly RawEvent[], now = Date.UTC(2026, 5, 30)): Promise<Archive> {
  const archive = await archiveAt(events, now);
  open.push(archive);
  return archive;
}

type Grain = 'day' | 'week' | 'month';
type Grid = { readonly unit: string; readonly periods: number; readonly mode: string; readonly birth: string };
const dayMs = 86_400_000;
const iso = (at: number): string => new Date(at).toISOString();

const grids: fc.Arbitrary<Grid> = fc.record({
  unit: fc.constantFrom('user', 'connection', 'organization'), periods: fc.constantFrom(1, 3, 12, 40), mode: fc.constantFrom('bounded', 'unbounded'), birth: fc.constantFrom('first-seen', 'signup'),
});

const unitOf = (raw: RawEvent, unit: string): string | null => {
  if (unit === 'user') return text(raw['user_id']);
  if (unit === 'organization') return text(raw['organization_id']);
  const name = text(raw['connection']);
  return text(raw['connection_id']) ?? (name === null ? null : `name ${name}`);
};

type Unit = { readonly key: string; readonly bornAt: number; readonly visits: readonly number[] };

/** Whoever was born in the time range, and when it was active. */
function expectedUnits(events: readonly RawEvent[], question: Question, { unit, birth }: Grid, asked: { readonly from: number; readonly to: number }): readonly Unit[] {
  const found = events.filter(raw => lets(raw, question));
  return [...new Set(found.map(raw => unitOf(raw, unit)))].flatMap(key => {
    if (key === null) return [];
    const own = found.filter(raw => unitOf(raw, unit) === key);
    const births = own.filter(raw => (birth === 'signup' ? raw.type === 'ss' : isActive(raw))).map(atOf);
    const bornAt = Math.min(...births);
    return bornAt >= asked.from && bornAt < asked.to ? [{ key, bornAt, visits: own.filter(isActive).map(atOf) }] : [];
  });
}

const activeIn = ({ visits }: Unit, mode: string, target: number, period: (at: number) => number): boolean =>
  visits.some(at => (mode === 'bounded' ? period(at) === target : period(at) >= target));

function expectedGrid(events: readonly RawEvent[], question: Question, grid: Grid): Record<string, unknown>[] {
  const grain = question.grain as Grain;
  const { now, timeZone } = question;
  const asked = askedOf(events, question, grain);
  if (asked === null || asked.from === asked.to) return [];
  const period = (at: number): number => periodNumber(at, grain, timeZone);
  const units = expectedUnits(events, question, grid, asked);
  const span = spanOf(events, now);
  const rows = [];
  for (let cohort = period(asked.from); cohort <= period(asked.to - 1); cohort += 1) {
    const members = units.filter(unit => period(unit.bornAt) === cohort);
    const [start, end] = [periodStart(cohort, grain, timeZone), periodStart(cohort + 1, grain, timeZone)];
    const isCensored = grid.birth === 'first-seen' && (span === null || start < span.from + (grain === 'month' ? 28 : 7) * dayMs);
    const born = stateOf(span, asked, now, start, end);
    for (let number = 0; number < grid.periods; number += 1) {
      const [from, to] = [periodStart(cohort + number, grain, timeZone), periodStart(cohort + number + 1, grain, timeZone)];
      const lived = stateOf(span, { from: -Infinity, to: Infinity }, now, from, to);
      const state = from > now ? 'future' : born === 'uncovered' || lived === 'uncovered' ? 'uncovered' : isCensored ? 'left-censored' : born === 'complete' && lived === 'complete' ? 'complete' : 'partial';
      const active = state === 'future' ? null : members.filter(unit => activeIn(unit, grid.mode, cohort + number, period)).length;
      rows.push({
        cohortStart: iso(start), size: members.length, period: number, periodStart: iso(from), active,
        share: active === null || members.length === 0 ? null : active / members.length, state, completesAt: to > now ? iso(to) : null,
      });
    }
  }
  return rows;
}

const gridParams = (question: Question, { unit, periods, mode, birth }: Grid): Record<string, string[]> =>
  ({ ...paramsOf(question), grain: [question.grain], unit: [unit], periods: [String(periods)], mode: [mode], birth: [birth] });

describe('a generated archive', () => {
  it('has the grid that following each unit by hand gives, and unbounded rows never rise', async () => {
    await fc.assert(fc.asyncProperty(generatedEvents, fc.array(fc.tuple(generatedQuestion, grids), { minLength: 2, maxLength: 3 }), async (events, asking) => {
      const now = asking[0]![0].now;
      const archive = await archiveAt(events, now);
      for (const [given, grid] of asking) {
        const question = { ...given, now };
        const rows = await archive.read('cohorts', gridParams(question, grid));
        expect(rows).toEqual(expectedGrid(events, question, grid).slice(0, 5_000));
        if (grid.mode === 'bounded') continue;
        rows.forEach((row, index) => {
          if (row['period'] !== 0 && row['active'] !== null) expect(Number(row['active'])).toBeLessThanOrEqual(Number(rows[index - 1]!['active']));
        });
      }
      await archive.engine.end();
    }), { numRuns: isFull ? 200 : 25, seed: 20_261_122 });
  }, fullTimeout);

  it('lists behind each cell exactly the units it counts', async () => {
    await fc.assert(fc.asyncProperty(generatedEvents, generatedQuestion, grids, fc.nat(), async (events, question, grid, pick) => {
      const archive = await archiveAt(events, question.now);
      const cells = await archive.read('cohorts', gridParams(question, grid));
      const cell = cells[pick % Math.max(1, cells.length)];
      if (cell !== undefined) {
        const of = async (members: string) => archive.read('cohort-members', { ...gridParams(question, grid), cohort: [String(cell['cohortStart'])], period: [String(cell['period'])], members: [members] });
        const [active, lost] = [await of('active'), await of('lost')];
        expect(active.length).toBe(cell['active'] ?? 0);
        expect(lost.length).toBe(cell['active'] === null ? 0 : Number(cell['size']) - Number(cell['active']));
        const period = (at: number): number => periodNumber(at, question.grain, question.timeZone);
        const asked = askedOf(events, question, question.grain as Grain)!;
        const expected = expectedUnits(events, question, grid, asked)
          .filter(unit => period(unit.bornAt) === period(Date.parse(String(cell['cohortStart']))) && cell['state'] !== 'future' && activeIn(unit, grid.mode, period(Date.parse(String(cell['periodStart']))), period));
        const told = (id: unknown, firstSeenAt: unknown, lastActiveAt: unknown): string => [id, firstSeenAt, lastActiveAt].join(' ');
        expect(active.map(row => told(row['id'], row['firstSeenAt'], row['lastActiveAt'])).sort())
          .toEqual(expected.map(unit => told(unit.key.replace(/^name /, ''), iso(unit.bornAt), iso(Math.max(...unit.visits)))).sort());
      }
      await archive.engine.end();
    }), { numRuns: isFull ? 200 : 25, seed: 20_261_123 });
  }, fullTimeout);
});

describe('a cohort grid', () => {
  const visit = (user: string, date: string, index: number, fields: Record<string, unknown> = {}): RawEvent => logEvent(index, { user_id: user, user_name: `${user}@example.com`, date: `${date}T12:00:00.000Z`, ...fields });
  const visits = (...dates: (readonly [user: string, date: string])[]): RawEvent[] => dates.map(([user, date], index) => visit(user, date, index));
  const steady = visits(['a', '2026-03-02'], ['b', '2026-03-17'], ['c', '2026-03-18'], ['b', '2026-03-24'], ['b', '2026-04-01'], ['c', '2026-04-02'], ['a', '2026-04-03']);

  const grid = async (archive: Archive, params: Record<string, string[]>): Promise<unknown[][]> => {
    const rows = await archive.read('cohorts', { periods: ['4'], ...params });
    return [...new Set(rows.map(row => row['cohortStart']))].map(start => rows.filter(row => row['cohortStart'] === start).map(row => row['active']));
  };

  it('lets a bounded row rise again and an unbounded one not', async () => {
    const archive = await archiveOf(steady, Date.UTC(2026, 3, 7));
    expect(await grid(archive, {})).toEqual([[1, 0, 0, 0], [0, 0, 0, 0], [2, 1, 2, 0], [0, 0, 0, null], [0, 0, null, null]]);
    expect(await grid(archive, { mode: ['unbounded'] })).toEqual([[1, 1, 1, 1], [0, 0, 0, 0], [2, 2, 2, 0], [0, 0, 0, null], [0, 0, null, null]]);
  });

  it('says of each cell whether it can still change, and when that ends', async () => {
    const archive = await archiveOf(steady, Date.UTC(2026, 3, 2, 18));
    const rows = await archive.read('cohorts', { periods: ['4'], from: ['2026-03-16'], to: ['2026-03-30'] });
    expect(rows.map(row => row['state'])).toEqual(['complete', 'complete', 'partial', 'future', 'complete', 'partial', 'future', 'future']);
    expect(rows.slice(0, 4).map(row => row['completesAt'])).toEqual([null, null, '2026-04-06T00:00:00.000Z', '2026-04-13T00:00:00.000Z']);
  });

  it('marks cohorts that may be older than the archive, but not those of a signup', async () => {
    const archive = await archiveOf([...steady, visit('b', '2026-03-17', 50, { type: 'ss' })], Date.UTC(2026, 3, 7));
    const states = async (birth: string): Promise<unknown[]> => (await archive.read('cohorts', { periods: ['1'], birth: [birth] })).map(row => row['state']);
    expect(await states('first-seen')).toEqual(['left-censored', 'left-censored', 'complete', 'complete', 'partial']);
    expect(await states('signup')).toEqual(['partial', 'complete', 'complete', 'complete', 'partial']);
  });

  it('follows connections and organizations by what anybody does on them, machines too', async () => {
    const archive = await archiveOf([
      visit('a', '2026-03-03', 0, { connection_id: 'con_x', organization_id: 'org_x' }), visit('', '2026-03-10', 1, { type: 'seccft', connection_id: '', connection: '', organization_id: 'org_x' }),
      visit('a', '2026-03-11', 2, { type: 'f', connection_id: 'con_x', organization_id: 'org_y' }), visit('b', '2026-03-18', 3, { connection_id: 'con_x', connection: 'renamed' }),
    ]);
    expect(await grid(archive, { unit: ['organization'], periods: ['3'] })).toEqual([[1, 1, 0], [0, 0, 0], [0, 0, 0]]);
    expect(await grid(archive, { unit: ['connection'], periods: ['3'] })).toEqual([[1, 0, 1], [0, 0, 0], [0, 0, 0]]);
  });

  it('names the users behind a cell by what they were last called, and exports them', async () => {
    const archive = await archiveOf([...steady, visit('b', '2026-04-04', 60, { type: 'slo', user_name: '=Bea' }), visit('b', '2026-03-17', 61, { type: 'slo', user_name: 'before' })], Date.UTC(2026, 3, 7));
    const params = { cohort: ['2026-03-18'], period: ['1'] };
    expect(await archive.read('cohort-members', params)).toEqual([
      { unit: 'user', id: 'b', name: '=Bea', cohortStart: '2026-03-16T00:00:00.000Z', firstSeenAt: '2026-03-17T12:00:00.000Z', lastActiveAt: '2026-04-01T12:00:00.000Z' },
    ]);
    expect((await archive.read('cohort-members', { ...params, members: ['lost'] })).map(row => row['id'])).toEqual(['c']);
    expect((await archive.read('cohort-members', {})).map(row => row['id'])).toEqual(['a', 'c', 'b']);
    const out = archive.engine.file('members.csv', '');
    await archive.engine.call('view.export', { tenant: 'generated', view: 'cohort-members', params, format: 'csv', out });
    expect(readFileSync(out, 'utf8')).toContain(`"'=Bea"`);
  });

  it.each([
    [{ periods: ['367'] }, 'periods'], [{ periods: ['0'] }, 'periods'], [{ unit: ['tenant'] }, 'unit'], [{ grain: ['hour'] }, 'grain'], [{ mode: ['bounded', 'unbounded'] }, 'mode'],
    [{ grain: ['day'], periods: ['366'], from: ['2020-01-01'], to: ['2026-01-01'] }, 'periods'],
  ])('refuses %j', async (params: Record<string, string[]>, param) => {
    const archive = await archiveOf(steady);
    await expect(archive.read('cohorts', params)).rejects.toThrow(new RegExp(`^${param} cannot be`));
  });

  it('refuses a period that is no whole number', async () => {
    const archive = await archiveOf(steady);
    for (const period of ['-1', '1.5', 'one', '']) await expect(archive.read('cohort-members', { period: [period] })).rejects.toMatchObject({ code: 'view.param-invalid' });
  });
});
