import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Simulator } from '../auth0-simulator/index';
import { logEvents, toJsonLines } from '../builders/log-event';
import type { HostLab, TestHost } from '../builders/source-host';
import { hostTests, passphrase } from '../builders/host-tests';
import { connectionTo } from '../builders/source-host';

const { lab, simulated } = hostTests();
const cli = { kind: 'cli', passphrase: () => Promise.resolve(passphrase) } as const;
/** A host with the simulator's tenant connected and synced. */
async function synced(simulator: Simulator, { open: openHost }: HostLab): Promise<TestHost> {
  const host = await openHost(cli);
  await host.call('tenant.connect', connectionTo(simulator));
  await host.call('tenant.sync', { tenant: simulator.domain });
  return host;
}
const pathsIn = (folder: string): string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(name => join(folder, name)).filter(path => statSync(path).isFile());
/** Runs of printable characters, as the tool `strings` finds them. */
const strings = (path: string): string[] => readFileSync(path, 'latin1').match(/[\x20-\x7e]{4,}/g) ?? [];
const code = (name: string) => expect.objectContaining({ code: name }) as unknown as Error;

describe('what lies in the data folder of a synced tenant', () => {
  it('holds no address of anybody, no user, no secret and no token in clear', async () => {
    const simulator = await simulated({ events: { count: 2_000 } });
    const place = lab();
    const host = await synced(simulator, place);
    await host.call('settings.write', { retention: { [simulator.domain]: 3_650 } });
    const users = await host.call('view.read', { tenant: simulator.domain, view: 'facets', params: { field: ['user'], limit: ['100'] } });
    const names = await host.call('view.read', { tenant: simulator.domain, view: 'audit-timeline', size: 2_000 });
    await host.close();
    const words = [...users.rows.map(row => String(row['value'])), ...names.rows.flatMap(row => [row['userName'], row['ip'], row['logId']]).filter(value => typeof value === 'string' && value.length >= 6).map(String)];
    expect(words.length).toBeGreaterThan(1_000);
    const found = pathsIn(place.dataDir).flatMap(path => strings(path).map(text => ({ path, text })));
    const clear = found.map(({ text }) => text).join('\n');
    const tokens = simulator.requests.flatMap(({ headers }) => (typeof headers['authorization'] === 'string' ? [headers['authorization'].replace('Bearer ', '')] : []));
    expect(tokens.length).toBeGreaterThan(0);
    for (const word of new Set([...words, ...tokens, simulator.clientSecret, passphrase])) expect(clear.includes(word), word).toBe(false);
    expect(found.filter(({ text }) => /[\w.+-]{3,}@[\w-]{3,}\.[a-z]{2,}|eyJ[\w-]{8,}|Bearer|read:logs/.test(text))).toEqual([]);
  });
});

describe('a host that verifies', () => {
  it('finds a synced archive whole, by the digest that Auth0\'s own log has, and a damaged one damaged', async () => {
    const simulator = await simulated();
    const place = lab();
    const host = await synced(simulator, place);
    const whole = await host.call('archive.verify', {});
    expect(whole).toMatchObject({ ok: true, damaged: [], tenants: [{ tenant: simulator.domain, events: 300, digest: simulator.digest(), contentDigest: simulator.contentDigest() }] });
    expect(host.pushes.some(({ name }) => name === 'verify.progress')).toBe(true);
    await host.close();
    const segment = pathsIn(place.dataDir).find(path => path.endsWith('00000001.tsj')) ?? '';
    const bytes = readFileSync(segment);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 4;
    writeFileSync(segment, bytes);
    const next = await place.open(cli);
    const damaged = await next.call('archive.verify', { tenant: simulator.domain });
    expect(damaged.ok).toBe(false);
    expect(damaged.damaged.length).toBeGreaterThan(0);
    await next.call('tenant.sync', { tenant: simulator.domain });
    expect(await next.call('archive.verify', {})).toMatchObject({ ok: true, tenants: [{ digest: simulator.digest() }] });
  });

  it('lists a tenant whose key file is damaged, and refuses a wrong passphrase', async () => {
    const place = lab();
    const host = await synced(await simulated(), place);
    await host.close();
    await expect((await place.open({ ...cli, passphrase: () => Promise.resolve('not it') })).call('archive.verify', {})).rejects.toThrow(code('vault.passphrase-wrong'));
    writeFileSync(pathsIn(place.dataDir).find(path => path.endsWith('tenant.json')) ?? '', '{');
    const receipt = await (await place.open(cli)).call('archive.verify', {});
    expect(receipt).toMatchObject({ ok: false, checked: 0, damaged: [{ file: expect.stringMatching(/tenant\.json$/) }] });
  });
});

describe('a host that forgets', () => {
  it('a tenant: leaves no file of it, its retention and its sync included, and the other tenant as it was', async () => {
    const simulator = await simulated();
    const place = lab();
    const host = await synced(simulator, place);
    const file = join(place.folder, 'old.jsonl');
    writeFileSync(file, toJsonLines(logEvents(40)));
    await host.call('archive.import', { tenant: 'old-logs', files: [file] });
    const before = await host.call('archive.span', { tenant: 'old-logs' });
    await host.call('settings.write', { retention: { [simulator.domain]: 400, 'old-logs': 4_000 } });
    expect(await host.call('tenant.forget', { tenant: simulator.domain })).toEqual({ tenant: simulator.domain });
    expect(pathsIn(join(place.dataDir, 'tenants')).filter(path => !path.includes('t-old-logs'))).toEqual([]);
    expect(readdirSync(join(place.dataDir, 'tenants'))).toEqual(['t-old-logs']);
    expect((await host.call('settings.read', {})).retention).toEqual({ 'old-logs': 4_000 });
    expect(await host.call('tenant.list', {})).toEqual({ tenants: [{ tenant: 'old-logs', connected: false }] });
    expect(await host.call('archive.span', { tenant: 'old-logs' })).toEqual(before);
    await expect(host.call('archive.span', { tenant: simulator.domain })).rejects.toThrow(code('tenant.unknown'));
    await expect(host.call('tenant.forget', { tenant: simulator.domain })).rejects.toThrow(code('tenant.unknown'));
    await host.call('tenant.connect', connectionTo(simulator));
    expect(await host.call('tenant.sync', { tenant: simulator.domain })).toMatchObject({ stored: 300 });
  });

  it('a user: for every later host, sync and import', async () => {
    const simulator = await simulated();
    const place = lab();
    const host = await synced(simulator, place);
    const { rows } = await host.call('view.read', { tenant: simulator.domain, view: 'facets', params: { field: ['user'], limit: ['1'] } });
    const [userId, count] = [String(rows[0]?.['value']), Number(rows[0]?.['count'])];
    expect(await host.call('user.forget', { tenant: simulator.domain, userId })).toMatchObject({ events: count, damaged: [] });
    await host.close();
    const next = await place.open(cli);
    expect(await next.call('tenant.sync', { tenant: simulator.domain })).toMatchObject({ stored: 0, gaps: [] });
    const page = await next.call('view.read', { tenant: simulator.domain, view: 'audit-timeline', size: 5_000 });
    expect(page.rows.filter(row => row['userId'] === userId)).toEqual([]);
    expect(page.rows).toHaveLength(300 - count);
    expect((await next.call('archive.verify', {})).ok).toBe(true);
  });

  it('stops a sync that would go on for ever first', async () => {
    const simulator = await simulated();
    const place = lab();
    const host = await place.open({ passphrase: () => Promise.resolve(passphrase) });
    await host.call('tenant.connect', connectionTo(simulator));
    await host.call('tenant.sync', { tenant: simulator.domain });
    const following = host.call('tenant.sync', { tenant: simulator.domain, followSeconds: 60 }).catch((error: unknown) => error);
    expect(await host.call('user.forget', { tenant: simulator.domain, userId: 'nobody' })).toMatchObject({ events: 0 });
    expect(await following).toMatchObject({ code: 'operation.cancelled' });
    await host.call('tenant.forget', { tenant: simulator.domain });
    expect(existsSync(join(place.dataDir, 'tenants', `t-${simulator.domain}`))).toBe(false);
  });
});
