import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import type { RawEvent } from '../../builders/log-event';
import { logEvent } from '../../builders/log-event';
import type { Archive } from '../../builders/twice-offered-archive';
import { archiveAt } from '../../builders/twice-offered-archive';

const open: Archive[] = [];
afterEach(async () => { for (const archive of open.splice(0)) await archive.engine.end(); });
async function archiveOf(events: readonly RawEvent[], now = Date.UTC(2026, 5, 30)): Promise<Archive> {
  const archive = await archiveAt(events, now);
  open.push(archive);
  return archive;
}

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

  it('follows connections and organizations by what users do on them; a token for a machine is nobody\'s', async () => {
    const archive = await archiveOf([
      visit('a', '2026-03-03', 0, { connection_id: 'con_x', organization_id: 'org_x' }), visit('', '2026-03-10', 1, { type: 'seccft', connection_id: '', connection: '', organization_id: 'org_x' }),
      visit('a', '2026-03-11', 2, { type: 'f', connection_id: 'con_x', organization_id: 'org_y' }), visit('b', '2026-03-18', 3, { connection_id: 'con_x', connection: 'renamed' }),
    ]);
    expect(await grid(archive, { unit: ['organization'], periods: ['3'] })).toEqual([[1, 0, 0], [0, 0, 0], [0, 0, 0]]);
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
