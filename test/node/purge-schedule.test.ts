import { describe, expect, it } from 'vitest';
import { PurgeSchedule } from '../../electron/node/purge-schedule';
import { Failure } from '../../shared/errors';
import { fakeClock } from '../builders/fake-clock';

const hour = 3_600_000;
/** Noon, local time. */
const noon = new Date(2026, 5, 10, 12).getTime();

function scheduled(retention: Record<string, number>, answer: (tenant: string) => Promise<unknown> = () => Promise.resolve()) {
  const clock = fakeClock(noon);
  const purged: string[] = [];
  const world = { retention, canStore: true };
  const schedule = new PurgeSchedule({
    clock, tenants: () => ['acme', 'old', 'kept'], settings: () => ({ retention: world.retention }), canStore: () => Promise.resolve(world.canStore),
    purge: tenant => {
      purged.push(tenant);
      return answer(tenant);
    },
  });
  return { clock, purged, world, schedule };
}

describe('the nightly purge', () => {
  it('takes the tenants that have a retention, each once a night', async () => {
    const { clock, purged, schedule } = scheduled({ acme: 30, old: 0 });
    await schedule.look();
    await schedule.look();
    expect(purged).toEqual(['acme']);
    await clock.advance(14 * hour);
    await schedule.look();
    expect(purged).toEqual(['acme']);
    await clock.advance(2 * hour);
    await schedule.look();
    expect(purged).toEqual(['acme', 'acme']);
  });

  it('begins by itself a while after the start, and ends when it is told to', async () => {
    const { clock, purged, schedule } = scheduled({ acme: 30 });
    schedule.start();
    await clock.advance(60_000);
    expect(purged).toEqual([]);
    await clock.advance(120_000);
    expect(purged).toEqual(['acme']);
    await schedule.end();
    await clock.advance(48 * hour);
    expect(purged).toEqual(['acme']);
  });

  it('tries again what failed, and waits while the folder cannot be written', async () => {
    let isFull = true;
    const { purged, world, schedule } = scheduled({ acme: 30, old: 10 }, tenant => (isFull && tenant === 'acme' ? Promise.reject(new Failure('archive.disk-full')) : Promise.resolve()));
    world.canStore = false;
    await schedule.look();
    expect(purged).toEqual([]);
    world.canStore = true;
    await schedule.look();
    isFull = false;
    await schedule.look();
    await schedule.look();
    expect(purged).toEqual(['acme', 'old', 'acme']);
  });

  it('takes a new retention up in the next night only, so that a slip can be taken back', async () => {
    const { clock, purged, world, schedule } = scheduled({});
    world.retention = { acme: 1 };
    schedule.reconsider();
    await schedule.look();
    expect(purged).toEqual([]);
    await clock.advance(16 * hour);
    await schedule.look();
    expect(purged).toEqual(['acme']);
  });
});
