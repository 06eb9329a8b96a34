import { afterEach, describe, expect, it } from 'vitest';
import { createClock } from '../../../electron/node/clock';
import type { RawEvent } from '../../builders/log-event';
import { logEvent, logIdFor, toJsonLines } from '../../builders/log-event';
import type { TestEngine } from '../../builders/test-engine';
import { testEngine } from '../../builders/test-engine';

const tenant = 'acme';
const dayMs = 86_400_000;
const start = Date.UTC(2020, 0, 1);
type Row = Readonly<Record<string, unknown>>;

const open: TestEngine[] = [];
afterEach(async () => { for (const engine of open.splice(0)) await engine.end(); });

async function engineOf(events: readonly RawEvent[], now = Date.UTC(2026, 5, 30)): Promise<TestEngine> {
  const engine = testEngine({ ports: { clock: createClock(now) } });
  open.push(engine);
  await engine.call('archive.import', { tenant, files: [engine.file('events.jsonl', toJsonLines(events))] });
  return engine;
}
async function rowsOf(engine: TestEngine, view: string, params: Record<string, string[]> = {}): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let page: string | null = null;
  do {
    const answer: { readonly rows: readonly Row[]; readonly next: string | null } = await engine.call('view.read', { tenant, view, params, size: 5_000, ...(page === null ? {} : { page }) });
    rows.push(...answer.rows);
    page = answer.next;
  } while (page !== null);
  return rows;
}
const login = (day: number, user: string, fields: Record<string, unknown> = {}): RawEvent =>
  logEvent(day, { type: 's', user_id: user, date: new Date(start + day * dayMs + 3_600_000).toISOString(), log_id: logIdFor(start + day * dayMs, day), ...fields });

describe('the newest of many periods', () => {
  const days = 2_200;
  const everyTenth = Array.from({ length: days / 10 }, (_none, index) => login(index * 10, `auth0|${String(index % 40)}`));

  it('of growth are its last rows, oldest first, counted as among all', async () => {
    const engine = await engineOf(everyTenth);
    const all = await rowsOf(engine, 'growth', { grain: ['day'] });
    expect(all.length).toBeGreaterThan(2_000);
    expect(await rowsOf(engine, 'growth', { grain: ['day'], newest: ['2000'] })).toEqual(all.slice(-2_000));
    expect(await rowsOf(engine, 'growth', { grain: ['day'], newest: ['5000'] })).toEqual(all);
  });

  it.each(['bounded', 'unbounded'])('of %s cohorts are its last cohorts, whole', async mode => {
    const engine = await engineOf(everyTenth);
    const all = await rowsOf(engine, 'cohorts', { grain: ['day'], periods: ['12'], mode: [mode] });
    expect(all.length).toBeGreaterThan(20_000);
    expect(await rowsOf(engine, 'cohorts', { grain: ['day'], periods: ['12'], mode: [mode], newest: ['1666'] })).toEqual(all.slice(-1_666 * 12));
  });

  it('can be drawn of a grid that is too large as a whole', async () => {
    const engine = await engineOf([login(0, 'auth0|a'), login(2_100, 'auth0|a'), login(2_100, 'auth0|b', { log_id: logIdFor(start, 999_999) })]);
    const params = { grain: ['day'], periods: ['366'] };
    await expect(rowsOf(engine, 'cohorts', params)).rejects.toMatchObject({ code: 'view.param-invalid' });
    const newest = await rowsOf(engine, 'cohorts', { ...params, newest: ['10'] });
    expect(newest).toHaveLength(10 * 366);
    expect(newest.filter(row => row['period'] === 0).map(row => row['size'])).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  });
});

describe('shares', () => {
  it('of errors and of tokens are those of all rows, whatever the limit', async () => {
    const engine = await engineOf([
      ...[0, 1, 2].map(day => login(day, 'auth0|a', { type: 'fp', details: { error: { message: 'wrong password' } } })),
      login(3, 'auth0|b', { type: 'f', details: { error: { message: 'rejected' } } }),
      ...[4, 5, 6].map(day => login(day, '', { type: 'seccft', client_id: 'one', audience: 'https://api.example.com/' })),
      login(7, '', { type: 'seccft', client_id: 'two', audience: 'https://api.example.com/' }),
      login(8, '', { type: 'seccft', client_id: 'two', audience: 'https://acme.eu.auth0.com/api/v2/' }),
    ]);
    for (const view of ['errors', 'm2m-tokens']) {
      expect((await rowsOf(engine, view)).map(row => row['share']), view).toEqual([0.75, 0.25]);
      expect((await rowsOf(engine, view, { limit: ['1'] })).map(row => row['share']), view).toEqual([0.75]);
    }
  });
});

describe('cohorts of organizations', () => {
  const of = (organization: string): Record<string, unknown> => ({ organization_id: organization, organization_name: organization });

  it('live by what their users do: a token for a machine is nobody\'s', async () => {
    const token = { type: 'seccft', user_name: '', audience: 'https://api.example.com/' };
    const engine = await engineOf([login(0, '', { ...token, ...of('org_machine') }), login(1, 'auth0|a', of('org_people')), login(8, '', { ...token, ...of('org_people') })]);
    const cells = await rowsOf(engine, 'cohorts', { unit: ['organization'], grain: ['week'], periods: ['2'], from: ['2019-12-30'], to: ['2020-01-06'] });
    expect(cells.map(row => [row['size'], row['active']])).toEqual([[1, 1], [1, 0]]);
    expect(await rowsOf(engine, 'cohort-members', { unit: ['organization'] })).toMatchObject([{ id: 'org_people', lastActiveAt: '2020-01-02T01:00:00.000Z' }]);
  });
});

describe('the members behind a cell', () => {
  it('are those born in the asked part of its period, as the cell counts them', async () => {
    const engine = await engineOf([0, 1, 2, 3, 4].map(day => login(5 + day, `auth0|${String(day)}`)));
    const params = { grain: ['week'], from: ['2020-01-07'], to: ['2020-01-09'], periods: ['1'] };
    const [cell] = await rowsOf(engine, 'cohorts', params);
    expect(cell).toMatchObject({ cohortStart: '2020-01-06T00:00:00.000Z', size: 2, active: 2, state: 'left-censored' });
    const members = await rowsOf(engine, 'cohort-members', { ...params, cohort: [String(cell?.['cohortStart'])], period: ['0'] });
    expect(members.map(row => row['id']).sort()).toEqual(['auth0|1', 'auth0|2']);
    expect(await rowsOf(engine, 'cohort-members', { ...params, cohort: ['2020-01-13T00:00:00Z'] })).toEqual([]);
  });
});
