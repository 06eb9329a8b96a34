import { afterEach, describe, expect, it } from 'vitest';
import { createClock } from '../../../electron/node/clock';
import type { RawEvent } from '../../builders/log-event';
import { logIdFor, toJsonLines } from '../../builders/log-event';
import type { TestEngine } from '../../builders/test-engine';
import { testEngine } from '../../builders/test-engine';

const open: TestEngine[] = [];
afterEach(async () => { for (const engine of open.splice(0)) await engine.end(); });

const dayMs = 86_400_000;
const now = Date.UTC(2026, 5, 16, 12);

async function archiveOf(events: readonly RawEvent[]): Promise<(view: string, params?: Record<string, string[]>) => Promise<readonly Record<string, unknown>[]>> {
  const engine = testEngine({ ports: { clock: createClock(now) } });
  open.push(engine);
  const files = [engine.file('events.jsonl', toJsonLines(events)), engine.file('again.jsonl', toJsonLines(events.slice(0, 40)))];
  await engine.call('archive.import', { tenant: 'generated', files });
  return async (view, params = {}) => (await engine.call('view.read', { tenant: 'generated', view, params, size: 5000 })).rows;
}

describe('the forecast of the running month', () => {
  const daily = (count: number, from: number, fields: (day: number, number: number) => object): RawEvent[] => Array.from({ length: Math.ceil((now - from) / dayMs) }, (_none, day) =>
    Array.from({ length: count }, (_event, number) => ({ log_id: logIdFor(from + day * dayMs + number), date: new Date(from + day * dayMs + number * 60_000).toISOString(), type: 's', ...fields(day, number) }))).flat();

  it('stands beside the counts of the running month only, with the limits that were given', async () => {
    const view = await archiveOf([...daily(10, Date.UTC(2026, 2, 1), (day, number) => ({ user_id: `auth0|${String((day * 3 + number) % 90)}` })), ...daily(20, Date.UTC(2026, 2, 1, 1), () => ({ type: 'seccft', audience: 'https://api.example.com/', log_id: undefined })).map((event, index) => ({ ...event, log_id: logIdFor(Date.UTC(2026, 0, 1) + index, 7) }))]);
    const rows = await view('usage', { limitM2mTokens: ['600'], limitActiveUsers: ['7000'] });
    expect(rows.map(row => row['state'])).toEqual(['complete', 'complete', 'complete', 'running']);
    expect(rows.slice(0, 3).flatMap(row => [row['activeUsersForecast'], row['m2mTokensForecast'], row['rateLimitEventsForecastLow']])).toEqual(new Array(9).fill(null));
    const june = rows[3] ?? {};
    expect(june).toMatchObject({ m2mTokens: 320, m2mTokensForecast: 600, m2mTokensLimit: 600, activeUsersLimit: 7000, rateLimitEvents: 0, rateLimitEventsForecast: 0, rateLimitEventsLimit: null });
    expect(Number(june['m2mTokensForecastLow'])).toBeLessThanOrEqual(600);
    expect(Number(june['m2mTokensForecastHigh'])).toBeGreaterThanOrEqual(600);
    expect(Number(june['activeUsersForecast'])).toBeGreaterThanOrEqual(Number(june['activeUsers']));
  });

  it('is none where the archive covers less than four weeks', async () => {
    const view = await archiveOf(daily(10, Date.UTC(2026, 5, 1), (_day, number) => ({ user_id: `auth0|${String(number)}` })));
    expect(await view('usage')).toMatchObject([{ activeUsers: 10, activeUsersForecast: null, m2mTokensForecast: null, rateLimitEventsForecastHigh: null, state: 'running' }]);
  });

  it('refuses a limit that is not a whole number', async () => {
    const view = await archiveOf(daily(1, Date.UTC(2026, 5, 1), () => ({})));
    for (const limit of ['0', '-5', '1.5', 'many', '1e6']) await expect(view('usage', { limitM2mTokens: [limit] })).rejects.toMatchObject({ code: 'view.param-invalid' });
  });
});
