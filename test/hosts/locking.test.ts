/** What a running host does when its vault is locked, when a keychain comes late, and when it finds its folder open to others. */
import { chmodSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Keychain } from '../../electron/node/host';
import { logEvents, toJsonLines } from '../builders/log-event';
import type { TestHost } from '../builders/source-host';
import { hostTests, passphrase } from '../builders/host-tests';
import { connectionTo, readText } from '../builders/source-host';

const { lab, simulated } = hostTests();
const codeOf = (work: Promise<unknown>): Promise<unknown> => work.then(() => null, (error: unknown) => (error as { code?: unknown }).code);
const page = (host: TestHost, tenant: string) => host.call('view.read', { tenant, view: 'audit-timeline', size: 10 });

/** A host with so many imported events that a snapshot of them is worth keeping, read once, so that their archive is open. */
async function readHost(): Promise<TestHost & { readonly dataDir: string }> {
  const { dataDir, open: openHost } = lab();
  const host = await openHost();
  await host.call('vault.setUp', { passphrase });
  host.uploads.set('u1', [Buffer.from(toJsonLines(logEvents(6_000)))]);
  await host.call('archive.import', { tenant: 'old-logs', files: ['upload:u1'] });
  await page(host, 'old-logs');
  return { ...host, dataDir };
}
const filesOf = (dataDir: string): readonly string[] => readdirSync(join(dataDir, 'tenants', 't-old-logs'), { recursive: true, encoding: 'utf8' });

describe('a host that is locked', () => {
  it('reads, writes and sends nothing that is stored, whatever it had open, until it is unlocked', async () => {
    const simulator = await simulated();
    const host = await readHost();
    await host.call('tenant.connect', connectionTo(simulator));
    await host.call('tenant.sync', { tenant: simulator.domain });
    await host.call('settings.write', { retention: { 'old-logs': 36_500 } });
    const before = { imported: await page(host, 'old-logs'), synced: await page(host, simulator.domain), status: await host.call('archive.status', {}) };
    const logId = String(before.imported.rows[0]?.['log_id']);
    expect(filesOf(host.dataDir).some(name => name.includes('snapshot'))).toBe(false);
    const state = await host.call('vault.lock', {});
    // Made when an archive is closed.
    expect(filesOf(host.dataDir).some(name => name.includes('snapshot'))).toBe(true);
    expect(state).toMatchObject({ state: 'locked', openedBy: ['passphrase', 'recovery'] });
    expect(host.pushes.filter(({ name }) => name === 'vault.locked').map(({ value }) => value)).toEqual([state]);
    expect(await host.call('vault.state', {})).toEqual(state);

    const asked = simulator.requests.length;
    host.uploads.set('u2', [Buffer.from(toJsonLines(logEvents(1)))]);
    const tried: Readonly<Record<string, Promise<unknown>>> = {
      view: page(host, 'old-logs'), event: host.call('event.read', { tenant: 'old-logs', logId }), span: host.call('archive.span', { tenant: 'old-logs' }),
      verify: host.call('archive.verify', { tenant: 'old-logs' }), export: host.call('view.export', { tenant: 'old-logs', view: 'audit-timeline', format: 'jsonl', out: 'download:d1' }),
      import: host.call('archive.import', { tenant: 'old-logs', files: ['upload:u2'] }), sync: host.call('tenant.sync', { tenant: simulator.domain }), purge: host.call('archive.purge', { tenant: 'old-logs' }),
      forget: host.call('user.forget', { tenant: 'old-logs', userId: 'auth0|1' }), connect: host.call('tenant.connect', connectionTo(simulator)),
    };
    const codes = await Promise.all(Object.values(tried).map(codeOf));
    Object.keys(tried).forEach((what, at) => { expect(codes[at], what).toBe('vault.locked'); });
    expect(simulator.requests).toHaveLength(asked);
    expect((await page(host, 'sample')).rows).toHaveLength(10);

    expect(await codeOf(host.call('vault.unlock', { passphrase: 'not the passphrase' }))).toBe('vault.passphrase-wrong');
    expect(await codeOf(page(host, 'old-logs'))).toBe('vault.locked');
    expect(await host.call('vault.unlock', { passphrase })).toMatchObject({ state: 'open' });
    expect({ imported: await page(host, 'old-logs'), synced: await page(host, simulator.domain), status: await host.call('archive.status', {}) }).toEqual(before);
  });

  it('stops what is under way, as somebody would who stops it by hand, and loses nothing', async () => {
    const simulator = await simulated();
    const { dataDir, open: openHost } = lab();
    const host = await openHost({ transfers: {
      uploadSize: () => null, chooseSave: () => Promise.resolve(null), endDownload: () => Promise.resolve(), writeDownload: () => Promise.resolve(),
      readUpload: () => new Promise(() => undefined),
    } });
    await host.call('vault.setUp', { passphrase });
    await host.call('tenant.connect', connectionTo(simulator));
    await host.call('tenant.sync', { tenant: simulator.domain });
    const following = codeOf(host.call('tenant.sync', { tenant: simulator.domain, followSeconds: 1 }));
    const importing = codeOf(host.call('archive.import', { tenant: 'old-logs', files: ['upload:never'] }));
    await expect.poll(() => host.pushes.some(({ name, value }) => name === 'sync.progress' && (value as { state: string }).state === 'following')).toBe(true);
    await host.call('vault.lock', {});
    expect([await following, await importing]).toEqual(['operation.cancelled', 'operation.cancelled']);
    expect((await host.call('sync.states', {})).tenants).toMatchObject([{ error: null }]);
    expect(readText(join(dataDir, 'logs', 'tenantscope.log'))).toContain('vault.locked');
    await host.call('vault.unlock', { passphrase });
    expect(await host.call('archive.verify', { tenant: simulator.domain })).toMatchObject({ ok: true, tenants: [{ events: 300 }] });
    expect(await host.call('tenant.sync', { tenant: simulator.domain })).toMatchObject({ stored: 0, gaps: [] });
  });

  it('can be locked again and again, and where nothing is stored', async () => {
    const host = await lab().open();
    expect(await host.call('vault.lock', {})).toMatchObject({ state: 'none' });
    await host.call('vault.setUp', { passphrase });
    expect(await Promise.all([host.call('vault.lock', {}), host.call('vault.lock', {})])).toMatchObject([{ state: 'locked' }, { state: 'locked' }]);
    expect(await host.call('vault.unlock', { passphrase })).toMatchObject({ state: 'open' });
  });
});

/** XOR with what another keychain would not have. */
const keychainOf = (key: number): Keychain => {
  const turn = (bytes: Uint8Array): Promise<Uint8Array> => Promise.resolve(bytes.map(byte => byte ^ key));
  return { name: 'Test Keychain', seal: turn, open: turn };
};

describe('a keychain', () => {
  it('that comes after the start opens the folder without a restart; one that has changed leaves its key file as it was', async () => {
    const { dataDir, open: openHost } = lab();
    const first = await openHost({ kind: 'desktop', keychain: () => Promise.resolve(keychainOf(7)) });
    await first.call('vault.setUp', {});
    await first.close();
    const file = readFileSync(join(dataDir, 'vault.json'));
    let there: Keychain | { readonly problem: string } = { problem: 'GNOME Keyring is locked or does not answer' };
    const host = await openHost({ kind: 'desktop', keychain: () => Promise.resolve(there) });
    expect(await host.call('vault.state', {})).toMatchObject({ state: 'locked', keychain: null, keychainProblem: 'GNOME Keyring is locked or does not answer' });
    there = keychainOf(9);
    expect(await host.call('vault.state', {})).toMatchObject({ state: 'locked', openedBy: ['keychain', 'recovery'] });
    expect(await codeOf(host.call('vault.unlock', {}))).toBe('vault.keychain-failed');
    expect(readFileSync(join(dataDir, 'vault.json'))).toEqual(file);
    there = keychainOf(7);
    expect(await host.call('vault.unlock', {})).toMatchObject({ state: 'open' });
    expect(readFileSync(join(dataDir, 'vault.json'))).toEqual(file);
  });

  it('is added to a folder that has a passphrase, and taken away again', async () => {
    const { open: openHost } = lab();
    const host = await openHost({ kind: 'desktop' });
    await host.call('vault.setUp', { passphrase });
    expect(await codeOf(host.call('vault.addKeychain', { current: passphrase }))).toBe('vault.keychain-failed');
    await host.close();
    const withKeychain = { kind: 'desktop', keychain: () => Promise.resolve(keychainOf(7)) } as const;
    const second = await openHost(withKeychain);
    expect(await second.call('vault.addKeychain', { current: passphrase })).toMatchObject({ state: 'locked', openedBy: ['passphrase', 'keychain', 'recovery'] });
    await second.close();
    const third = await openHost(withKeychain);
    expect(await third.call('vault.state', {})).toMatchObject({ state: 'open' });
    expect(await codeOf(third.call('vault.removeKeychain', {}))).toBe('vault.passphrase-missing');
    expect(await third.call('vault.removeKeychain', { current: passphrase })).toMatchObject({ openedBy: ['passphrase', 'recovery'] });
    await third.close();
    expect(await (await openHost(withKeychain)).call('vault.state', {})).toMatchObject({ state: 'locked' });
  });
});

describe.skipIf(process.platform === 'win32')('a folder that others could read', () => {
  it('is closed to them at the start, and the log tells so', async () => {
    const { dataDir, open: openHost } = lab();
    const first = await openHost();
    expect(await first.call('app.info', {})).toMatchObject({ readableByOthers: 0 });
    await first.call('vault.setUp', { passphrase });
    await first.close();
    chmodSync(dataDir, 0o755);
    chmodSync(join(dataDir, 'vault.json'), 0o644);
    const host = await openHost();
    expect(await host.call('app.info', {})).toMatchObject({ readableByOthers: 0 });
    expect([dataDir, join(dataDir, 'vault.json')].map(path => (statSync(path).mode & 0o777).toString(8))).toEqual(['700', '600']);
    expect(readText(join(dataDir, 'logs', 'tenantscope.log'))).toMatch(/"modes\.repaired","count":2/);
    expect(existsSync(join(dataDir, 'writer.lock'))).toBe(false);
  });
});
