import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { TenantStatus } from '../../shared/contract';
import { ingestedAt } from '../../shared/domain/ids';
import { formatInstant } from '../../shared/domain/time';
import type { Simulator } from '../auth0-simulator/index';
import { generatedEvents, simulatedNow, startSimulator } from '../auth0-simulator/index';
import type { ConnectedEngine } from '../builders/connected-engine';
import { connectedEngine } from '../builders/connected-engine';
import type { TestEngine } from '../builders/test-engine';

const open: { end: () => unknown }[] = [];
afterEach(async () => { for (const thing of open.splice(0).reverse()) await thing.end(); });

const statusOf = async (engine: TestEngine, tenant: string): Promise<TenantStatus> => (await engine.call('archive.status', { tenant })).tenants[0]!;

/** A synced archive of ten frames; `damage` makes one of them unreadable, and opens it again as another process does. */
async function archive(): Promise<{ readonly simulator: Simulator; readonly engine: ConnectedEngine; readonly damage: (frame: number) => Promise<TestEngine> }> {
  const simulator = await startSimulator({ events: { count: 1_000 } });
  const engine = connectedEngine(simulator);
  open.push({ end: simulator.stop }, engine);
  await engine.call('tenant.sync', { tenant: engine.tenant });
  const file = join(engine.root, 'data', 'tenants', `t-${engine.tenant}`, 'journal', '00000001.tsj');
  return {
    simulator, engine,
    damage: async frame => {
      await engine.close();
      const bytes = readFileSync(file);
      let at = -1;
      for (let count = 0; count <= frame; count += 1) at = bytes.indexOf('TSJF', at + 1);
      bytes[at + 100] = (bytes[at + 100] ?? 0) ^ 1;
      writeFileSync(file, bytes);
      const again = engine.another();
      open.push({ end: again.close });
      return again;
    },
  };
}

describe('a frame that damage took', () => {
  it('is a gap in the status and damage to verify, until the next sync fetches it again from an Auth0 that still has it', async () => {
    const { simulator, engine: { tenant }, damage } = await archive();
    const engine = await damage(4);
    const damaged = await statusOf(engine, tenant);
    expect(damaged).toMatchObject({ events: 900, gaps: [{ cause: 'damage' }] });
    expect(await engine.call('archive.verify', { tenant })).toMatchObject({ ok: false });
    expect(await engine.call('tenant.sync', { tenant })).toMatchObject({ stored: 100, revisions: 0, gaps: [] });
    const whole = { events: 1_000, digest: simulator.digest(), contentDigest: simulator.contentDigest(), gaps: [] };
    expect(await statusOf(engine, tenant)).toMatchObject(whole);
    await engine.close();
    const next = engine.another();
    open.push({ end: next.close });
    expect(await statusOf(next, tenant)).toMatchObject(whole);
    expect(await next.call('archive.verify', { tenant })).toMatchObject({ ok: true, damaged: [] });
  });

  it('stays a gap where Auth0 has forgotten its events, no longer than it was, and is not looked for at every sync', async () => {
    const { simulator, engine: { tenant }, damage } = await archive();
    const engine = await damage(2);
    const { gaps } = await statusOf(engine, tenant);
    expect(gaps).toMatchObject([{ cause: 'damage' }]);
    simulator.evictBefore(simulator.visibleIds()[600]!);
    expect(await engine.call('tenant.sync', { tenant })).toMatchObject({ stored: 0, gaps: [] });
    expect((await statusOf(engine, tenant)).gaps).toEqual(gaps);
    const before = simulator.counts.pages;
    await engine.call('tenant.sync', { tenant });
    expect(simulator.counts.pages - before).toBeLessThan(4);
  });

  it.each([0, 2, 9])('(number %i) hides no gap that retention has torn behind the last sync', async frame => {
    const { simulator, engine: { tenant }, damage } = await archive();
    const engine = await damage(frame);
    const before = await statusOf(engine, tenant);
    simulator.append(generatedEvents({ count: 300, seed: 5, now: simulatedNow + 90 * 86_400_000 }, simulator.domain));
    simulator.evictBefore(simulator.visibleIds()[1_100]!);
    const { gaps } = await engine.call('tenant.sync', { tenant });
    expect(gaps).toMatchObject([{ from: formatInstant(ingestedAt(before.checkpoint!)!), cause: 'retention' }]);
    expect((await statusOf(engine, tenant)).gaps.map(({ cause }) => cause).sort()).toEqual(['damage', 'retention']);
  });
});
