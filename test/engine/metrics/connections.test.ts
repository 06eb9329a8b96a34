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

describe('connections', () => {
  const on = (connection: Record<string, unknown>, date: string, index: number, fields: Record<string, unknown> = {}): RawEvent =>
    logEvent(index, { ...connection, strategy: 'samlp', date: `${date}T12:00:00.000Z`, ...fields });
  const acme = { connection_id: 'con_1', connection: 'acme' };

  it('show how a connection does against the four weeks before', async () => {
    const archive = await archiveOf([
      on(acme, '2026-03-03', 0, { type: 'f' }), on(acme, '2026-03-04', 1), on(acme, '2026-03-05', 2), on(acme, '2026-03-06', 3),
      on(acme, '2026-04-01', 4, { type: 'f', description: 'Invalid signature', details: { error: { message: 'certificate expired' } } }), on(acme, '2026-04-01', 5, { type: 'limit_wc' }),
    ]);
    expect(await archive.read('connections', { from: ['2026-03-31'], to: ['2026-04-02'] })).toEqual([{
      connectionId: 'con_1', connection: 'acme', strategy: 'samlp', logins: 0, failedLogins: 1, successRate: 0, baselineSuccessRate: 3 / 4, activeUsers: 0,
      lastSuccessAt: '2026-03-06T12:00:00.000Z', lastErrorAt: '2026-04-01T12:00:00.000Z', lastError: 'certificate expired', quiet: false,
    }]);
  });

  it('keep two connections of one name apart, and one that was renamed together', async () => {
    const archive = await archiveOf([
      on(acme, '2026-04-01', 0), on({ connection_id: 'con_2', connection: 'acme' }, '2026-04-01', 1), on({ connection_id: '', connection: 'acme' }, '2026-04-01', 2, { type: 'fp' }),
      on({ connection_id: 'con_1', connection: 'acme-2' }, '2026-04-03', 3), on(acme, '2026-04-02', 4),
    ]);
    expect((await archive.read('connections', {})).map(row => [row['connectionId'], row['connection'], row['logins']])).toEqual([['con_1', 'acme-2', 3], ['con_2', 'acme', 1], [null, 'acme', 0]]);
    expect((await archive.read('connections', { connection: ['acme'] })).map(row => [row['connectionId'], row['logins']])).toEqual([['con_1', 2], ['con_2', 1], [null, 0]]);
  });

  it('stay listed when nobody uses them any more, and say so', async () => {
    const archive = await archiveOf([on(acme, '2026-03-01', 0), on({ connection_id: 'con_2', connection: 'other' }, '2026-04-20', 1)]);
    expect((await archive.read('connections', { from: ['2026-04-01'], to: ['2026-05-01'] })).map(row => [row['connection'], row['logins'], row['successRate'], row['quiet']])).toEqual([['other', 1, 1, false], ['acme', 0, null, true]]);
  });
});
