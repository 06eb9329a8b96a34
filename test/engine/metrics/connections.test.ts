import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { RawEvent } from '../../builders/log-event';
import { logEvent } from '../../builders/log-event';
import type { Archive, Question } from '../../builders/comings-and-goings';
import { archiveAt, askedOf, atOf, fullTimeout, generatedEvents, generatedQuestion, isActive, isFull, isLoggedIn, isRefused, lets, paramsOf, text } from '../../builders/comings-and-goings';

const open: Archive[] = [];
afterEach(async () => { for (const archive of open.splice(0)) await archive.engine.end(); });
async function archiveOf(events: readonly RawEvent[], now = Date.UTC(2026, 5, 30)): Promise<Archive> {
  const archive = await archiveAt(events, now);
  open.push(archive);
  return archive;
}

const dayMs = 86_400_000;
const keyOf = (raw: RawEvent): string => [text(raw['connection_id']), text(raw['connection_id']) === null ? text(raw['connection']) : ''].join(' ');
/** The latest by date; of several, the one that arrived last. */
const latest = (events: readonly RawEvent[]): RawEvent | undefined => [...events].reverse().sort((a, b) => atOf(b) - atOf(a))[0];
const dateOf = (raw: RawEvent | undefined): string | null => (raw === undefined ? null : raw.date);
const ordered = (rows: readonly Readonly<Record<string, unknown>>[]): unknown[] =>
  [...rows].sort((a, b) => (`${String(a['connectionId'])} ${String(a['connection'])}` < `${String(b['connectionId'])} ${String(b['connection'])}` ? -1 : 1));

function expectedConnections(events: readonly RawEvent[], question: Question): Record<string, unknown>[] {
  const asked = askedOf(events, question, 'day');
  if (asked === null) return [];
  const known = events.filter(raw => lets(raw, question) && atOf(raw) < asked.to && (text(raw['connection_id']) ?? text(raw['connection'])) !== null);
  return [...new Set(known.map(keyOf))].map(key => {
    const own = known.filter(raw => keyOf(raw) === key);
    const now = own.filter(raw => atOf(raw) >= asked.from);
    const before = own.filter(raw => atOf(raw) < asked.from && atOf(raw) >= asked.from - 28 * dayMs);
    const rate = (all: readonly RawEvent[]): number | null => {
      const [logins, refused] = [all.filter(isLoggedIn).length, all.filter(isRefused).length];
      return logins + refused === 0 ? null : logins / (logins + refused);
    };
    const error = latest(own.filter(isRefused));
    const active = latest(own.filter(isActive));
    const details = error?.['details'] as { readonly error: { readonly message: string } } | undefined;
    return {
      connectionId: text(own[0]!['connection_id']), connection: text(latest(own)!['connection']), strategy: text(latest(own.filter(raw => text(raw['strategy']) !== null))?.['strategy']),
      logins: now.filter(isLoggedIn).length, failedLogins: now.filter(isRefused).length, successRate: rate(now), baselineSuccessRate: rate(before),
      activeUsers: new Set(now.filter(raw => isActive(raw) && raw['user_id'] !== '').map(raw => raw['user_id'])).size,
      lastSuccessAt: dateOf(latest(own.filter(isLoggedIn))), lastErrorAt: dateOf(error), lastError: details?.error.message ?? text(error?.['description']),
      quiet: active === undefined || atOf(active) < asked.to - 30 * dayMs,
    };
  });
}

describe('connections', () => {
  it('agree with a plain count of the events of each, in generated archives', async () => {
    await fc.assert(fc.asyncProperty(generatedEvents, fc.array(generatedQuestion, { minLength: 2, maxLength: 4 }), async (events, questions) => {
      const archive = await archiveAt(events, questions[0]!.now);
      for (const given of questions) {
        const question = { ...given, now: questions[0]!.now };
        const rows = await archive.read('connections', paramsOf(question));
        expect(ordered(rows)).toEqual(ordered(expectedConnections(events, question)));
        expect(rows.map(row => row['logins'])).toEqual(rows.map(row => Number(row['logins'])).sort((a, b) => b - a));
      }
      await archive.engine.end();
    }), { numRuns: isFull ? 200 : 25, seed: 20_261_125 });
  }, fullTimeout);

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
