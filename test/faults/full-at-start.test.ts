import { describe, expect, it, vi } from 'vitest';
import type * as WriterPlaces from '../../electron/node/writer-place';
import { Failure } from '../../shared/errors';
import { faultEvents, faultWorld, smallPages } from '../builders/fault-world';
import { recordingFiles } from '../builders/recording-files';
import { hostTests, passphrase } from '../builders/host-tests';
import { connectionTo } from '../builders/source-host';

const disk = vi.hoisted(() => ({ isFull: false }));
/** The claim to be the writer is the first file that a start makes. */
vi.mock('../../electron/node/writer-place', async original => {
  const { createWriterPlace } = await original<typeof WriterPlaces>();
  return {
    createWriterPlace: (dataDir: string) => {
      const place = createWriterPlace(dataDir);
      return { ...place, take: () => { if (disk.isFull) throw new Failure('archive.disk-full'); place.take(); } };
    },
  };
});

const { lab: newLab, simulated } = hostTests();

const givePassphrase = (): Promise<string> => Promise.resolve(passphrase);
const codeOf = (call: Promise<unknown>): Promise<string> => call.then(() => 'ok', (error: unknown) => (error instanceof Failure ? error.code : String(error)));

describe('a disk that is full when Tenantscope starts', () => {
  it('leaves an archive readable, tells writers so, and with space again the sync goes on', async () => {
    const events = faultEvents(120);
    const log = smallPages(events.slice(0, 80), 10);
    const first = faultWorld({ auth0: log });
    await first.sync();
    await first.close();
    log.events = [...events];
    const recording = recordingFiles(first.recording.content());
    recording.strike = op => (op.kind === 'write' || op.kind === 'create' ? { failure: new Failure('archive.disk-full'), written: 0 } : null);
    const world = faultWorld({ auth0: log, recording, seed: 2 });
    expect(await world.readableIds()).toHaveLength(80);
    expect(await world.status()).toMatchObject({ events: 80, gaps: [] });
    expect(await world.verify()).toMatchObject({ ok: true });
    expect(await codeOf(world.sync())).toBe('archive.disk-full');
    expect(await world.readableIds()).toHaveLength(80);
    recording.strike = null;
    expect(await world.sync()).toMatchObject({ gaps: [] });
    expect(await world.readableIds()).toHaveLength(120);
    await world.close();
  });

  it('is told by the banner before anything was tried to be written, while the window reads', async () => {
    const simulator = await simulated({ events: { count: 200 } });
    const lab = newLab();
    const before = await lab.open({ passphrase: givePassphrase });
    await before.call('tenant.connect', connectionTo(simulator));
    await before.call('tenant.sync', { tenant: simulator.domain });
    await before.close();
    disk.isFull = true;
    const host = await lab.open({ passphrase: givePassphrase });
    // The page shows its banner while any tenant's state holds this error.
    const told = async (): Promise<readonly (string | undefined)[]> => (await host.call('sync.states', {})).tenants.map(({ error }) => error?.code);
    expect(await host.call('archive.status', { tenant: simulator.domain })).toMatchObject({ tenants: [{ events: 200 }] });
    await expect.poll(told, { timeout: 30_000 }).toEqual(['archive.disk-full']);
    expect(host.pushes).toContainEqual(expect.objectContaining({ name: 'sync.state', value: expect.objectContaining({ state: 'waiting', error: expect.objectContaining({ code: 'archive.disk-full' }) as unknown }) as unknown }));
    expect(await codeOf(host.call('tenant.sync', { tenant: simulator.domain }))).toBe('archive.disk-full');
    expect(await host.call('view.read', { tenant: simulator.domain, view: 'audit-timeline', size: 5 })).toMatchObject({ total: 200 });
    disk.isFull = false;
    await host.call('tenant.sync', { tenant: simulator.domain });
    expect(await told()).toEqual([undefined]);
  }, 60_000);
});
