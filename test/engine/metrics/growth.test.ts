import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { RawEvent } from '../../builders/log-event';
import { logEvent } from '../../builders/log-event';
import type { Archive, Question } from '../../builders/comings-and-goings';
import { archiveAt, askedOf, atOf, fullTimeout, generatedEvents, generatedQuestion, isActive, isFull, lets, paramsOf, periodNumber, periodStart, spanOf, stateOf } from '../../builders/comings-and-goings';

const open: Archive[] = [];
afterEach(async () => { for (const archive of open.splice(0)) await archive.engine.end(); });
async function archiveOf(events: readonly RawEvent[], now = Date.UTC(2026, 5, 30)): Promise<Archive> {
  const archive = await archiveAt(events, now);
  open.push(archive);
  return archive;
}

type Grain = 'day' | 'week' | 'month';
const dayMs = 86_400_000;
const difference = (a: ReadonlySet<unknown>, b: ReadonlySet<unknown>): number => [...a].filter(value => !b.has(value)).length;

/** By sets of users, one a period. */
function expectedGrowth(events: readonly RawEvent[], question: Question, grain: Grain): Record<string, unknown>[] {
  const asked = askedOf(events, question, grain);
  if (asked === null || asked.from === asked.to) return [];
  const zone = question.timeZone;
  const visits = events.filter(raw => isActive(raw) && raw['user_id'] !== '' && lets(raw, question) && atOf(raw) < asked.to)
    .map(raw => ({ user: raw['user_id'], at: atOf(raw), period: periodNumber(atOf(raw), grain, zone), day: periodNumber(atOf(raw), 'day', zone) }));
  const first = periodNumber(asked.from, grain, zone);
  const activeIn = (period: number): Set<unknown> => new Set(visits.filter(visit => visit.period === period && (period < first || visit.at >= asked.from)).map(visit => visit.user));
  const span = spanOf(events, question.now);
  const rows = [];
  for (let period = first; period <= periodNumber(asked.to - 1, grain, zone); period += 1) {
    const [now, before] = [activeIn(period), activeIn(period - 1)];
    const ever = new Set(visits.filter(visit => visit.period < period).map(visit => visit.user));
    const [start, end] = [periodStart(period, grain, zone), periodStart(period + 1, grain, zone)];
    rows.push({
      periodStart: new Date(start).toISOString(), active: now.size, new: difference(now, ever), retained: now.size - difference(now, before),
      resurrected: difference(now, before) - difference(now, ever), churned: difference(before, now),
      activeDays: new Set(visits.filter(visit => visit.period === period && visit.at >= asked.from).map(visit => `${String(visit.day)} ${String(visit.user)}`)).size,
      leftCensored: span === null || start < span.from + (grain === 'month' ? 28 : 7) * dayMs, state: stateOf(span, asked, question.now, start, end),
    });
  }
  return rows;
}

describe('growth', () => {
  it('agrees with sets of users a period, and reconciles, in generated archives', async () => {
    await fc.assert(fc.asyncProperty(generatedEvents, fc.array(generatedQuestion, { minLength: 2, maxLength: 4 }), async (events, questions) => {
      const archive = await archiveAt(events, questions[0]!.now);
      for (const given of questions) {
        const question = { ...given, now: questions[0]!.now };
        const grain = given.grain as Grain;
        const rows = await archive.read('growth', { ...paramsOf(question), grain: [grain] });
        expect(rows.map(({ stickiness: _stickiness, ...row }) => row)).toEqual(expectedGrowth(events, question, grain));
        rows.forEach((_row, index) => {
          const count = (id: string, at = index): number => Number(rows[at]?.[id]);
          expect(count('active')).toBe(count('new') + count('retained') + count('resurrected'));
          if (index > 0) expect(count('active', index - 1)).toBe(count('retained') + count('churned'));
        });
      }
      await archive.engine.end();
    }), { numRuns: isFull ? 200 : 25, seed: 20_261_121 });
  }, fullTimeout);

  const visit = (user: string, date: string, index: number): RawEvent => logEvent(index, { user_id: user, date: `${date}T12:00:00.000Z` });

  it('follows a user who comes, stays, leaves and comes back', async () => {
    const archive = await archiveOf(['2026-03-02', '2026-03-09', '2026-03-10', '2026-03-23'].map((date, index) => visit('auth0|ada', date, index)));
    const rows = await archive.read('growth', {});
    expect(rows.map(row => [row['active'], row['new'], row['retained'], row['resurrected'], row['churned'], row['activeDays']])).toEqual([
      [1, 1, 0, 0, 0, 1], [1, 0, 1, 0, 0, 2], [0, 0, 0, 0, 1, 0], [1, 0, 0, 1, 0, 1],
    ]);
    expect(rows.map(row => row['stickiness'])).toEqual([1 / 7, 2 / 7, null, 1]);
  });

  it('knows who was active before the time range, and who left at its start', async () => {
    const archive = await archiveOf([visit('auth0|old', '2026-02-03', 0), visit('auth0|old', '2026-03-10', 1), visit('auth0|gone', '2026-03-05', 2), visit('auth0|new', '2026-03-11', 3)]);
    const [row] = await archive.read('growth', { from: ['2026-03-09'], to: ['2026-03-16'] });
    expect(row).toMatchObject({ active: 2, new: 1, retained: 0, resurrected: 1, churned: 1, state: 'partial' });
  });

  it('marks the periods in which the archive is too young to tell who is new', async () => {
    const archive = await archiveOf(['2026-03-04', '2026-05-20'].map((date, index) => visit('auth0|ada', date, index)));
    const censored = async (grain: string): Promise<number> => (await archive.read('growth', { grain: [grain] })).filter(row => row['leftCensored'] === true).length;
    expect([await censored('day'), await censored('week'), await censored('month')]).toEqual([8, 2, 2]);
  });

  it('counts each user once however late its events arrive, and none without an id', async () => {
    const archive = await archiveOf([visit('auth0|ada', '2026-03-11', 0), visit('', '2026-03-10', 1), visit('auth0|ada', '2026-03-03', 2), visit('auth0|ada', '2026-03-11', 3)]);
    const rows = await archive.read('growth', {});
    expect(rows.map(row => [row['active'], row['new'], row['retained']])).toEqual([[1, 1, 0], [1, 0, 1]]);
  });

  it('has no rows in an archive without events in reach, and no grain below a day', async () => {
    const archive = await archiveOf([visit('auth0|ada', '2026-03-11', 0)]);
    expect(await archive.read('growth', { from: ['2026-03-01'], to: ['2026-03-01'] })).toEqual([]);
    await expect(archive.read('growth', { grain: ['hour'] })).rejects.toMatchObject({ code: 'view.param-invalid' });
  });
});
