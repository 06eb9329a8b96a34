import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { HostOptions } from '../../electron/node/host';
import type { Simulator } from '../auth0-simulator/index';
import type { HostLab, TestHost } from '../builders/source-host';
import { hostTests, passphrase } from '../builders/host-tests';
import { connectionTo, readText } from '../builders/source-host';

const hour = 3_600_000;
const { lab: newLab, simulated } = hostTests();

type Place = { readonly lab: HostLab; readonly simulator: Simulator; readonly tenant: string; readonly syncsFile: string };

/** A folder whose tenant was synced once, with no host open on it. */
async function synced(): Promise<Place> {
  const simulator = await simulated({ events: { count: 120 } });
  const lab = newLab();
  const host = await lab.open();
  await host.call('vault.setUp', { passphrase });
  await host.call('tenant.connect', connectionTo(simulator));
  await host.call('tenant.sync', { tenant: simulator.domain });
  await host.close();
  return { lab, simulator, tenant: simulator.domain, syncsFile: join(lab.dataDir, 'syncs.json') };
}

async function unlocked({ lab }: Place, options: Partial<HostOptions> = {}): Promise<TestHost> {
  const host = await lab.open(options);
  await host.call('vault.unlock', { passphrase });
  return host;
}

const failSync = (host: TestHost, { tenant }: Place): Promise<unknown> => expect(host.call('tenant.sync', { tenant })).rejects.toMatchObject({ code: 'auth0.credentials-rejected' });

describe('the state of syncs', () => {
  it('is known again after a restart, before the folder is unlocked, whether the last one succeeded or failed', async () => {
    const place = await synced();
    const { lab, simulator, tenant, syncsFile } = place;
    const locked = await lab.open();
    expect((await locked.call('sync.states', {})).tenants).toMatchObject([{ tenant, state: 'idle', error: null, lastFinishedAt: expect.stringMatching(/Z$/) }]);
    await locked.close();
    simulator.setSecret('another');
    simulator.expireTokens();
    const second = await unlocked(place);
    await failSync(second, place);
    const [before] = (await second.call('sync.states', {})).tenants;
    await second.close();
    const third = await lab.open();
    expect((await third.call('sync.states', {})).tenants).toMatchObject([{ tenant, state: 'failed', lastFinishedAt: before!.lastFinishedAt, error: { code: 'auth0.credentials-rejected', title: before!.error!.title } }]);
    if (process.platform !== 'win32') expect(statSync(syncsFile).mode & 0o777).toBe(0o600);
    expect(Object.keys(JSON.parse(readText(syncsFile)) as object)).toEqual(['version', 'tenants']);
    for (const secret of [simulator.clientSecret, simulator.clientId, passphrase, '@', 'eyJ']) expect(readText(syncsFile)).not.toContain(secret);
  });

  it('is told of once when syncs have failed for too long, however often the application starts meanwhile', async () => {
    const place = await synced();
    place.simulator.setSecret('another');
    place.simulator.expireTokens();
    const first = await unlocked(place);
    await failSync(first, place);
    expect(first.notices).toEqual([]);
    await first.close();
    // As if the machine had been off for seven hours.
    const kept = JSON.parse(readFileSync(place.syncsFile, 'utf8')) as { tenants: Record<string, { failingSince: number }> };
    kept.tenants[place.tenant]!.failingSince -= 7 * hour;
    writeFileSync(place.syncsFile, JSON.stringify(kept));
    const told: number[] = [];
    for (let start = 0; start < 3; start += 1) {
      const host = await unlocked(place);
      await failSync(host, place);
      told.push(host.notices.length);
      await host.close();
    }
    expect(told).toEqual([1, 0, 0]);
  });

  it('is that of the command line too, when it synced in between', async () => {
    const place = await synced();
    const { lab, simulator, tenant } = place;
    simulator.setSecret('another');
    simulator.expireTokens();
    const failing = await unlocked(place);
    await failSync(failing, place);
    await failing.close();
    simulator.setSecret(simulator.clientSecret);
    const commandLine = await lab.open({ kind: 'cli', passphrase: () => Promise.resolve(passphrase) });
    await commandLine.call('tenant.sync', { tenant });
    expect((await commandLine.call('sync.states', {})).tenants).toMatchObject([{ state: 'idle', error: null }]);
    await commandLine.close();
    expect((await (await lab.open()).call('sync.states', {})).tenants).toMatchObject([{ state: 'idle', error: null }]);
  });

  it('begins empty from a damaged file, and the log says so', async () => {
    const place = await synced();
    writeFileSync(place.syncsFile, '{"version":1,"tenants":');
    const host = await place.lab.open();
    expect((await host.call('sync.states', {})).tenants).toMatchObject([{ state: 'idle', lastFinishedAt: null }]);
    expect(readText(join(place.lab.dataDir, 'logs', 'tenantscope.log'))).toContain('"syncs.damaged"');
  });
});

describe('a tenant that is forgotten', () => {
  it('leaves its name in no file of the folder: not in the states of syncs, not in the settings', async () => {
    const place = await synced();
    const { tenant, lab, syncsFile } = place;
    const host = await unlocked(place);
    await host.call('settings.write', { retention: { [tenant]: 30, other: 5 }, planLimits: { [tenant]: { activeUsers: 5 } }, planRetention: { [tenant]: 10 }, lastTenant: tenant });
    await host.call('tenant.forget', { tenant });
    expect(await host.call('settings.read', {})).toMatchObject({ retention: { other: 5 }, planLimits: {}, planRetention: {}, lastTenant: null });
    expect((await host.call('sync.states', {})).tenants).toEqual([]);
    for (const file of [syncsFile, join(lab.dataDir, 'settings.json')]) expect(readText(file)).not.toContain(tenant);
  });
});
