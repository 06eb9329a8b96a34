/** A host whose tenants live in memory alone: what it does, that it writes nothing, and how it keeps them after all. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openHost } from '../../electron/node/open-host';
import type { Simulator } from '../auth0-simulator/index';
import { logEvents, toJsonLines } from '../builders/log-event';
import type { HostLab, TestHost } from '../builders/source-host';
import { hostTests, passphrase } from '../builders/host-tests';
import { connectionTo, textOf } from '../builders/source-host';

const clientSecret = 'canary-secret-of-the-tests-51bd';
const tests = hostTests();
const { lab } = tests;
const simulated = (count = 300): Promise<Simulator> => tests.simulated({ events: { count }, clientSecret });
const codeOf = (work: Promise<unknown>): Promise<unknown> => work.then(() => null, (error: unknown) => (error as { code?: unknown }).code);
const page = (host: TestHost, tenant: string) => host.call('view.read', { tenant, view: 'audit-timeline', size: 10 });

/** Every name in a folder with its mode, time and bytes. */
function fingerprint(folder: string): readonly string[] {
  if (!existsSync(folder)) return ['there is none'];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort().map(name => {
    const stats = statSync(join(folder, name));
    return `${name} ${String(stats.mode)} ${String(stats.mtimeMs)} ${stats.isFile() ? createHash('sha256').update(readFileSync(join(folder, name))).digest('hex') : ''}`;
  });
}
const allBytes = (folder: string): string =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(name => join(folder, name)).filter(path => statSync(path).isFile()).map(path => readFileSync(path, 'latin1')).join('');

type Made = { readonly host: TestHost; readonly dataDir: string; readonly simulator: Simulator; readonly made: HostLab };

/** A host with a synced tenant and an imported one, both in memory. */
async function inMemory(): Promise<Made & { readonly before: readonly string[] }> {
  const made = lab();
  const simulator = await simulated();
  const host = await made.open();
  const before = fingerprint(made.dataDir);
  expect(await host.call('vault.holdInMemory', {})).toMatchObject({ state: 'memory', openedBy: [] });
  await host.call('tenant.connect', connectionTo(simulator));
  await host.call('tenant.sync', { tenant: simulator.domain });
  host.uploads.set('u1', [Buffer.from(toJsonLines(logEvents(500)))]);
  await host.call('archive.import', { tenant: 'old-logs', files: ['upload:u1'] });
  return { host, dataDir: made.dataDir, simulator, made, before };
}

/** What the page could ask about everything it has. */
const answers = async (host: TestHost, simulator: Simulator) => ({
  pages: await Promise.all([simulator.domain, 'old-logs'].map(tenant => page(host, tenant))),
  status: (await host.call('archive.status', {})).tenants.map(({ inMemory: _left, ...rest }) => rest),
  states: (await host.call('sync.states', {})).tenants.map(({ tenant, receipt }) => ({ tenant, receipt })),
});

describe('tenants in memory only', () => {
  it('are synced, imported, read, exported, purged, verified and forgotten as any others, and nothing is written to the data folder', async () => {
    const { host, dataDir, simulator, before } = await inMemory();
    const { domain } = simulator;
    expect(await host.call('tenant.list', {})).toEqual({ tenants: [{ tenant: 'old-logs', connected: false, inMemory: true }, { tenant: domain, connected: true, inMemory: true }] });
    expect((await host.call('archive.status', { tenant: domain })).tenants).toMatchObject([{ events: 300, digest: simulator.digest(), contentDigest: simulator.contentDigest(), inMemory: true }]);
    expect(await host.call('tenant.sync', { tenant: domain })).toMatchObject({ stored: 0, gaps: [] });
    expect((await page(host, 'old-logs')).rows).toHaveLength(10);
    expect(await host.call('view.export', { tenant: domain, view: 'audit-timeline', format: 'jsonl', out: 'download:d1' })).toMatchObject({ rows: 300 });
    expect(textOf(host.downloads.get('d1')?.bytes ?? []).trim().split('\n')).toHaveLength(300);
    expect(await host.call('archive.verify', {})).toMatchObject({ ok: true, damaged: [], tenants: [{ tenant: 'old-logs', events: 500 }, { tenant: domain, events: 300 }] });
    const { rows } = await page(host, domain);
    const userId = String(rows.find(row => row['userId'] !== null)?.['userId']);
    expect((await host.call('user.forget', { tenant: domain, userId })).events).toBeGreaterThan(0);
    expect(await host.call('archive.verify', { tenant: domain })).toMatchObject({ ok: true });
    await host.call('settings.write', { theme: 'dark', retention: { 'old-logs': 36_500, [domain]: 1 } });
    expect((await host.call('archive.purge', { tenant: domain })).before).not.toBeNull();
    expect(await host.call('settings.read', {})).toMatchObject({ theme: 'dark', retention: { 'old-logs': 36_500 } });
    await host.call('tenant.forget', { tenant: 'old-logs' });
    expect(await codeOf(page(host, 'old-logs'))).toBe('tenant.unknown');
    expect((await host.call('settings.read', {})).retention).toEqual({ [domain]: 1 });
    expect((await host.call('support.preview', {})).files.find(({ name }) => name === 'log.jsonl')?.text).toContain('tenant.forgotten');
    expect(fingerprint(dataDir)).toEqual(before);
    await host.close();
    // Only that the host was closed.
    expect(allBytes(dataDir)).not.toContain('tenant.connected');
    expect(allBytes(dataDir)).not.toContain(domain);
  });

  it('leave nothing to be found: after the end another host knows of no tenant', async () => {
    const { host, dataDir, made, before, simulator } = await inMemory();
    await host.close();
    expect(fingerprint(dataDir)).toEqual(before);
    for (const secret of [clientSecret, simulator.domain, 'old-logs', 'log_id']) expect(allBytes(dataDir)).not.toContain(secret);
    const again = await made.open();
    expect(await again.call('tenant.list', {})).toEqual({ tenants: [] });
    expect(await again.call('vault.state', {})).toMatchObject({ state: 'none' });
  });

  it('refuse what would lose or leave them out: locking, a backup, a restore, changes of keys', async () => {
    const { host, dataDir, simulator, before } = await inMemory();
    host.uploads.set('b1', [Buffer.from('not a backup')]);
    const refused: Readonly<Record<string, Promise<unknown>>> = {
      lock: host.call('vault.lock', {}), backup: host.call('archive.backup', { out: 'download:d1' }), restore: host.call('archive.restore', { file: 'upload:b1' }),
      change: host.call('vault.changePassphrase', { current: '', next: passphrase }), recovery: host.call('vault.newRecoveryKey', {}),
      add: host.call('vault.addKeychain', {}), remove: host.call('vault.removeKeychain', {}),
    };
    const codes = await Promise.all(Object.values(refused).map(codeOf));
    Object.keys(refused).forEach((what, at) => { expect(codes[at], what).toBe('vault.in-memory'); });
    expect(await host.call('vault.unlock', { passphrase })).toMatchObject({ state: 'memory' });
    expect(await host.call('vault.holdInMemory', {})).toMatchObject({ state: 'memory' });
    expect((await page(host, simulator.domain)).rows).toHaveLength(10);
    expect(fingerprint(dataDir)).toEqual(before);
  });

  it('are for a folder without a vault only', async () => {
    const host = await lab().open();
    await host.call('vault.setUp', { passphrase });
    expect(await codeOf(host.call('vault.holdInMemory', {}))).toBe('vault.exists');
    expect(await host.call('vault.state', {})).toMatchObject({ state: 'open' });
  });
});

describe('keeping tenants that were in memory only', () => {
  it('puts all of them on the disk as they are, with nothing read again from Auth0, and goes on from there', async () => {
    const { host, dataDir, simulator, made } = await inMemory();
    await host.call('settings.write', { theme: 'dark' });
    const known = await answers(host, simulator);
    const asked = simulator.counts.pages;
    const { recoveryKey } = await host.call('vault.setUp', { passphrase });
    expect(await host.call('vault.state', {})).toMatchObject({ state: 'open', openedBy: ['passphrase', 'recovery'] });
    expect((await host.call('tenant.list', {})).tenants).toEqual([{ tenant: 'old-logs', connected: false }, { tenant: simulator.domain, connected: true }]);
    expect(await answers(host, simulator)).toEqual(known);
    expect(simulator.counts.pages).toBe(asked);
    expect(await host.call('archive.verify', {})).toMatchObject({ ok: true, tenants: [{ events: 500 }, { events: 300 }] });
    expect(await host.call('tenant.sync', { tenant: simulator.domain })).toMatchObject({ stored: 0, gaps: [] });
    host.uploads.set('u2', [Buffer.from(toJsonLines(logEvents(500)))]);
    expect(await host.call('archive.import', { tenant: 'old-logs', files: ['upload:u2'] })).toMatchObject({ stored: 0, duplicates: 500 });
    await host.close();
    expect(readdirSync(dataDir).filter(name => name.endsWith('.tmp'))).toEqual([]);
    for (const secret of [clientSecret, recoveryKey, passphrase, 'log_id']) expect(allBytes(dataDir)).not.toContain(secret);

    for (const typed of [passphrase, recoveryKey]) {
      const again = await made.open();
      expect(await codeOf(page(again, 'old-logs'))).not.toBeNull();
      await again.call('vault.unlock', { passphrase: typed });
      expect((await again.call('settings.read', {})).theme).toBe('dark');
      expect((await answers(again, simulator)).status).toEqual(known.status);
      expect(await again.call('tenant.sync', { tenant: simulator.domain })).toMatchObject({ stored: 0 });
      await again.close();
    }
  });

  it('removes, like any writer, what a process that was killed over it left', async () => {
    const { host, dataDir, simulator } = await inMemory();
    const left = join(dataDir, 'keep.4194305.0123456789abcdef.tmp');
    mkdirSync(join(left, 'tenants', 't-old-logs'), { recursive: true });
    writeFileSync(join(left, 'vault.json'), '{}');
    await host.call('vault.setUp', { passphrase });
    expect(existsSync(left)).toBe(false);
    expect((await host.call('archive.status', { tenant: simulator.domain })).tenants).toMatchObject([{ events: 300 }]);
  });

  it('stops a sync for as long as it takes, and loses none of it', async () => {
    const simulator = await simulated(1_500);
    const host = await lab().open();
    await host.call('vault.holdInMemory', {});
    await host.call('tenant.connect', connectionTo(simulator));
    simulator.fault({ kind: 'delay', ms: 200 });
    const syncing = codeOf(host.call('tenant.sync', { tenant: simulator.domain }));
    await expect.poll(() => host.pushes.some(({ name, value }) => name === 'sync.progress' && (value as { stored: number }).stored > 0), { timeout: 20_000 }).toBe(true);
    await host.call('vault.setUp', { passphrase });
    await syncing;
    simulator.fault(null);
    const status = async () => (await host.call('archive.status', { tenant: simulator.domain })).tenants[0];
    await expect.poll(async () => (await status())?.events, { timeout: 30_000 }).toBe(1_500);
    expect(await status()).not.toHaveProperty('inMemory');
    expect(await status()).toMatchObject({ digest: simulator.digest(), contentDigest: simulator.contentDigest(), gaps: [] });
    expect(await host.call('archive.verify', {})).toMatchObject({ ok: true });
  });

  it.each([
    ['a passphrase that is too short', 'short', 'vault.passphrase-weak', () => undefined],
    ['a folder that somebody else has begun to use', passphrase, 'vault.exists', async (made: HostLab) => {
      const other = await openHost({ dataDir: made.dataDir, now: null, kind: 'cli', passphrase: () => Promise.resolve('another passphrase'), engine: tests.engine() });
      await other.call('vault.setUp', { passphrase: 'another passphrase' });
      await other.close();
    }],
    ['a folder in which something else has the place of the tenants', passphrase, 'archive.unreadable', (made: HostLab) => { writeFileSync(join(made.dataDir, 'tenants'), 'in the way'); }],
  ] as const)('fails for %s, leaves everything in memory, and works when the cause has gone', async (_what, given, code, prepare) => {
    const { host, dataDir, simulator, made } = await inMemory();
    const known = await answers(host, simulator);
    await prepare(made);
    const before = fingerprint(dataDir);
    expect(await codeOf(host.call('vault.setUp', { passphrase: given }))).toBe(code);
    expect(fingerprint(dataDir)).toEqual(before);
    expect(await host.call('vault.state', {})).toMatchObject({ state: 'memory', openedBy: [] });
    expect(await answers(host, simulator)).toEqual(known);
    expect(await host.call('tenant.sync', { tenant: simulator.domain })).toMatchObject({ stored: 0 });
    for (const name of ['vault.json', 'tenants']) rmSync(join(dataDir, name), { recursive: true, force: true });
    await host.call('vault.setUp', { passphrase });
    expect((await answers(host, simulator)).status).toEqual(known.status);
    expect(await host.call('archive.verify', {})).toMatchObject({ ok: true });
  });

  it.each([0, 100])('twice at a time keeps them for the first, whose passphrase and recovery key open them, and refuses the second (%i ms later)', async later => {
    const { host, made } = await inMemory();
    const first = host.call('vault.setUp', { passphrase });
    await new Promise(resolve => { setTimeout(resolve, later); });
    const second = codeOf(host.call('vault.setUp', { passphrase: 'another passphrase' }));
    const held = codeOf(host.call('vault.holdInMemory', {}));
    const { recoveryKey } = await first;
    expect([await second, [null, 'vault.exists']]).toEqual(['vault.exists', expect.arrayContaining([await held])]);
    const other = await made.open();
    await other.call('vault.unlock', { passphrase });
    expect(await codeOf(other.call('archive.purge', { tenant: 'old-logs' }))).toBe('archive.locked');
    expect((await other.call('archive.status', { tenant: 'old-logs' })).tenants).toMatchObject([{ events: 500 }]);
    await other.close();
    await host.close();
    for (const typed of [passphrase, recoveryKey]) {
      const again = await made.open();
      await again.call('vault.unlock', { passphrase: typed });
      expect((await again.call('archive.status', { tenant: 'old-logs' })).tenants).toMatchObject([{ events: 500 }]);
      await again.close();
    }
  });

  it('can be tried at once by whoever waited for one that fails', async () => {
    const { host, simulator } = await inMemory();
    const weak = codeOf(host.call('vault.setUp', { passphrase: 'short' }));
    await host.call('vault.setUp', { passphrase });
    expect(await weak).toBe('vault.passphrase-weak');
    expect(await host.call('vault.state', {})).toMatchObject({ state: 'open' });
    expect(await host.call('tenant.sync', { tenant: simulator.domain })).toMatchObject({ stored: 0 });
  });
});
