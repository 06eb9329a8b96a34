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

describe('growth', () => {
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
