import { afterEach, describe, expect, it } from 'vitest';
import { createClock } from '../../../electron/node/clock';
import type { RawEvent } from '../../builders/log-event';
import { logIdFor, toJsonLines } from '../../builders/log-event';
import type { TestEngine } from '../../builders/test-engine';
import { testEngine } from '../../builders/test-engine';

const open: TestEngine[] = [];
afterEach(async () => { for (const engine of open.splice(0)) await engine.end(); });

const login = (at: string, number: number): RawEvent => ({ log_id: logIdFor(Date.parse(at), number), date: at, type: 's', user_id: 'auth0|1' });

async function archiveOf(events: readonly RawEvent[], now: string): Promise<TestEngine> {
  const engine = testEngine({ ports: { clock: createClock(Date.parse(now)) } });
  open.push(engine);
  await engine.call('archive.import', { tenant: 'acme', files: [engine.file('a.jsonl', toJsonLines(events))] });
  return engine;
}

describe('a question asked at an odd moment', () => {
  it('has growth whose stickiness is a share, although somebody was active on a day that is not over', async () => {
    const engine = await archiveOf([login('2026-03-04T10:00:00.000Z', 1), login('2026-03-05T09:00:00.000Z', 2)], '2026-03-04T12:00:00.000Z');
    for (const grain of ['day', 'week', 'month']) {
      const { rows } = await engine.call('view.read', { tenant: 'acme', view: 'growth', params: { grain: [grain] } });
      for (const row of rows) expect(Number(row['stickiness'])).toBeLessThanOrEqual(1);
      expect(rows.length).toBeGreaterThan(0);
    }
  });

  it('is read on to its end in the same buckets, although an older event arrived meanwhile', async () => {
    const events = Array.from({ length: 50 }, (_none, hour) => login(new Date(Date.UTC(2026, 2, 4, hour)).toISOString(), hour));
    const engine = await archiveOf(events, '2026-03-20T00:00:00.000Z');
    const asked = { tenant: 'acme', view: 'logins', params: { grain: ['hour'] }, size: 20 };
    const first = await engine.call('view.read', asked);
    await engine.call('archive.import', { tenant: 'acme', files: [engine.file('older.jsonl', toJsonLines([login('2026-03-03T12:00:00.000Z', 99)]))] });
    const second = await engine.call('view.read', { ...asked, page: first.next ?? '' });
    const third = await engine.call('view.read', { ...asked, page: second.next ?? '' });
    const starts = [...first.rows, ...second.rows, ...third.rows].map(row => row['bucketStart']);
    expect(starts).toEqual(events.map(event => event.date));
    expect(third.next).toBeNull();
    expect((await engine.call('view.read', { ...asked, size: 5000 })).rows).toHaveLength(62);
  });
});
