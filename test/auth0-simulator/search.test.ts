/** Searching the simulated log: its query language, its orders, and the 1,000 records it reaches. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSimulator } from './index';
import type { SimulatedEvent, Simulator } from './index';
import { connect, idsOf, logsOf } from './plain-client';
import type { Get, PlainReply } from './plain-client';

const count = 1200;
const start = Date.UTC(2026, 0, 1);
const minute = 60_000;
const logId = (index: number): string => `900${String(20_260_101_000_000 + index)}${'0'.repeat(39)}`;

/** One event a minute; the tenth and the eleventh happened in reverse of their ids. */
const events: readonly SimulatedEvent[] = Array.from({ length: count }, (_, index) => {
  const at = start + (index === 10 ? 11 : index === 11 ? 10 : index) * minute;
  const fields = {
    date: new Date(at).toISOString(), type: index % 3 === 0 ? 's' : 'fp', connection: index < 5 ? 'acme-saml' : 'Users', user_id: `auth0|${index}`,
    user_name: index === 7 ? 'Ada Byron' : `user-${index}`, description: 'Login', log_id: logId(index), details: { note: 'hidden' },
  };
  return { logId: logId(index), json: JSON.stringify(fields) };
});

let simulator: Simulator;
let get: Get;

beforeAll(async () => {
  simulator = await startSimulator({ events });
  get = await connect(simulator);
});
afterAll(() => simulator.stop());

const search = (params: Readonly<Record<string, string>>): Promise<PlainReply> => get(`/logs?${new URLSearchParams(params).toString()}`);
const indexes = async (q: string, more: Readonly<Record<string, string>> = {}): Promise<readonly number[]> =>
  idsOf(await search({ q, sort: 'date:1', per_page: '100', ...more })).map(id => Number(id.slice(3, 17)) - 20_260_101_000_000);

describe('a search of the log', () => {
  it('is ordered by log id, newest first, unless sorted by date', async () => {
    expect(idsOf(await search({ per_page: '3' }))).toEqual([1199, 1198, 1197].map(logId));
    expect(await indexes('', { per_page: '13' })).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 10, 12]);
    expect((await indexes('', { sort: 'date:-1' }))[0]).toBe(1199);
    expect(await search({ sort: 'ip:1' })).toMatchObject({ status: 400 });
  });

  it('has no Link and pages from 0 by per_page, 50 unless said', async () => {
    const reply = await search({ sort: 'date:1', page: '2' });
    expect(reply.headers['link']).toBeUndefined();
    expect(idsOf(reply)).toEqual(Array.from({ length: 50 }, (_, index) => logId(100 + index)));
    expect(await search({ per_page: '101' })).toMatchObject({ status: 400 });
    expect(await search({ page: '-1' })).toMatchObject({ status: 400 });
  });

  it('reaches 1,000 records and says so in words', async () => {
    expect(idsOf(await search({ page: '9', per_page: '100' }))).toHaveLength(100);
    const beyond = await search({ page: '10', per_page: '100' });
    expect(beyond.status).toBe(400);
    expect((beyond.json() as { message: string }).message).toMatch(/^Requesting page 11 exceeds the allowed maximum of 1000 records: please consider searching by checkpoint /);
  });

  it('gives the page\'s own length as its total', async () => {
    const reply = (await search({ q: 'connection:acme-saml', include_totals: 'true' })).json();
    expect(reply).toMatchObject({ start: 0, limit: 50, length: 5, total: 5, logs: [{ log_id: logId(4) }, {}, {}, {}, {}] });
  });

  it('gives the fields asked for, or all but those', async () => {
    expect(logsOf(await search({ per_page: '1', fields: 'type,log_id' }))).toEqual([{ type: 'fp', log_id: logId(1199) }]);
    expect(logsOf(await search({ per_page: '1', fields: 'details', include_fields: 'false' }))[0]).not.toHaveProperty('details');
  });

  it('matches whole values, case for case', async () => {
    expect(await indexes('user_name:"Ada Byron"')).toEqual([7]);
    expect(await indexes('user_name:Ada')).toEqual([]);
    expect(await indexes('user_name:"ada byron"')).toEqual([]);
    expect(await indexes('user_name:Ada*')).toEqual([7]);
    expect(await indexes('user_id:"auth0|12"')).toEqual([12]);
    expect(await indexes('acme-saml')).toEqual([0, 1, 2, 3, 4]);
    expect(await indexes('"auth0|12"')).toEqual([]);
  });

  it('joins terms with AND, OR, NOT and parentheses', async () => {
    expect(await indexes('connection:acme-saml AND type:fp')).toEqual([1, 2, 4]);
    expect(await indexes('connection:acme-saml AND NOT type:fp')).toEqual([0, 3]);
    expect(await indexes('(user_name:user-1 OR user_name:user-2) AND type:fp')).toEqual([1, 2]);
    expect(await indexes('user_name:user-1 OR connection:acme-saml AND type:s')).toEqual([0, 1, 3]);
  });

  it('takes ranges of dates and of log ids, open or closed at either end', async () => {
    expect(await indexes(`log_id:[${logId(1197)} TO *]`)).toEqual([1197, 1198, 1199]);
    expect(await indexes(`log_id:{${logId(1197)} TO ${logId(1199)}}`)).toEqual([1198]);
    expect(await indexes('date:[2026-01-01T00:02:00Z TO 2026-01-01T00:04:00Z}')).toEqual([2, 3]);
    expect(await indexes('date:[2026-01-01 TO 2026-01-01] AND connection:acme-saml')).toEqual([0, 1, 2, 3, 4]);
    expect(await indexes('date:{2026-01-01T19:58:00Z TO *]')).toEqual([1199]);
  });

  it.each(['colour:red', 'details.note:hidden', 'connection.raw:acme-saml', 'user_name:*d', 'user_name:us?r', 'date:[yesterday TO *]', 'ip:[1 TO 2]', '(type:s', 'type:s type:fp'])(
    'refuses %s', async q => {
      expect(await search({ q })).toMatchObject({ status: 400 });
    });

  it('refuses a query too long for an address', async () => {
    expect(await search({ q: `user_name:${'x'.repeat(9000)}` })).toMatchObject({ status: 414 });
  });

  it('lists one user\'s events, newest first', async () => {
    expect(idsOf(await get(`/users/${encodeURIComponent('auth0|12')}/logs`))).toEqual([logId(12)]);
  });
});
