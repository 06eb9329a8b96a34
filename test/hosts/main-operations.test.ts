import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Input } from '../../shared/contract';
import { Failure } from '../../shared/errors';
import type { Keychain } from '../../electron/node/host';
import { logEvents, toJsonLines } from '../builders/log-event';
import type { TestHost } from '../builders/source-host';
import { hostTests, passphrase } from '../builders/host-tests';
import { connectionTo, readText, textOf } from '../builders/source-host';

const { lab, simulated } = hostTests();
const everyFile = (folder: string): string => readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .map(name => join(folder, name)).filter(path => statSync(path).isFile()).map(path => readFileSync(path, 'latin1')).join('\n');

/** XOR with what another keychain would not have. */
const keychain = (key: number) => (): Promise<Keychain> => {
  const turn = (bytes: Uint8Array): Promise<Uint8Array> => Promise.resolve(bytes.map(byte => byte ^ key));
  return Promise.resolve({ name: 'Test Keychain', seal: turn, open: turn });
};

describe('a folder that is not set up', () => {
  it('shows the sample tenant, tells what the host is, and keeps settings, but stores nothing else', async () => {
    const { dataDir, open: openHost } = lab();
    const host = await openHost();
    expect(await host.call('app.info', {})).toMatchObject({ host: 'loopback', dataDir, canWrite: true, version: expect.stringMatching(/^\d+\.\d+\.\d+$/), versions: { node: process.versions.node } });
    expect(await host.call('vault.state', {})).toMatchObject({ state: 'none', keychain: null, keychainProblem: expect.any(String) });
    expect(await host.call('tenant.list', {})).toEqual({ tenants: [] });
    expect(await host.call('sync.states', {})).toEqual({ tenants: [] });
    expect(await host.call('app.licenses', {})).toMatchObject({ licenses: [{ name: 'zod', license: 'MIT' }] });
    expect((await host.call('view.read', { tenant: 'sample', view: 'audit-timeline', size: 3 })).rows).toHaveLength(3);
    await host.call('settings.write', { theme: 'dark' });
    await expect(host.call('tenant.connect', { domain: 'acme.eu.auth0.com', clientId: 'a', clientSecret: 'b' })).rejects.toMatchObject({ code: 'vault.passphrase-missing' });
    expect(existsSync(join(dataDir, 'vault.json'))).toBe(false);
    expect(readdirSync(dataDir).sort()).toEqual(['logs', 'settings.json', 'writer.lock']);
  });

  it('tells settings to every listener and the login item to the system, when it changes', async () => {
    const host = await lab().open();
    await host.call('settings.write', { theme: 'dark' });
    expect(host.loginItems).toEqual([]);
    expect(await host.call('settings.write', { startAtLogin: true })).toMatchObject({ theme: 'dark', startAtLogin: true });
    expect(host.loginItems).toEqual([true]);
    expect(host.pushes.filter(({ name }) => name === 'settings.changed')).toHaveLength(2);
    expect(await host.call('settings.read', {})).toMatchObject({ theme: 'dark', startAtLogin: true });
  });
});

describe('connecting', () => {
  it('checks credentials without storing anything', async () => {
    const simulator = await simulated();
    const { dataDir, open: openHost } = lab();
    const host = await openHost();
    expect(await host.call('tenant.check', connectionTo(simulator))).toMatchObject({ tenant: simulator.domain, scopes: { missing: [] } });
    await expect(host.call('tenant.check', { ...connectionTo(simulator), clientSecret: 'wrong' })).rejects.toMatchObject({ code: 'auth0.credentials-rejected' });
    expect(readdirSync(dataDir)).toEqual(['logs']);
  });

  it('sets the folder up, syncs, reads and exports, and tells the state of the sync', async () => {
    const simulator = await simulated();
    const { dataDir, open: openHost } = lab();
    const host = await openHost();
    const { recoveryKey } = await host.call('vault.setUp', { passphrase });
    await host.call('tenant.connect', connectionTo(simulator));
    expect(await host.call('tenant.sync', { tenant: simulator.domain })).toMatchObject({ stored: 300 });
    expect(await host.call('sync.states', {})).toMatchObject({ tenants: [{ tenant: simulator.domain, state: 'idle', error: null, receipt: { stored: 300 } }] });
    expect(host.pushes.filter(({ name }) => name === 'sync.state').map(({ value }) => (value as { state: string }).state)).toEqual(['idle', 'running', 'idle']);
    const receipt = await host.call('view.export', { tenant: simulator.domain, view: 'audit-timeline', format: 'jsonl', out: 'download:x1' });
    expect(receipt).toMatchObject({ rows: 300, files: [{ path: 'download:x1' }] });
    expect(textOf(host.downloads.get('x1')!.bytes).trim().split('\n')).toHaveLength(300);
    expect(host.downloads.get('x1')!.end).toBe('done');
    await host.close();
    const everything = everyFile(dataDir) + JSON.stringify(host.pushes);
    for (const secret of [simulator.clientSecret, passphrase, recoveryKey]) expect(everything).not.toContain(secret);
    expect(readText(join(dataDir, 'logs', 'tenantscope.log'))).not.toContain('simulated');
  });

  it('says why a sync failed, and is well again after a reconnect', async () => {
    const simulator = await simulated();
    const host = await lab().open();
    await host.call('vault.setUp', { passphrase });
    await host.call('tenant.connect', connectionTo(simulator));
    simulator.setSecret('another');
    simulator.expireTokens();
    await expect(host.call('tenant.sync', { tenant: simulator.domain })).rejects.toMatchObject({ code: 'auth0.credentials-rejected' });
    expect(await host.call('sync.states', {})).toMatchObject({ tenants: [{ state: 'failed', nextAt: null, error: { code: 'auth0.credentials-rejected' } }] });
    await host.call('tenant.connect', { ...connectionTo(simulator), clientSecret: 'another' });
    await host.call('tenant.sync', { tenant: simulator.domain });
    expect(await host.call('sync.states', {})).toMatchObject({ tenants: [{ state: 'idle', error: null }] });
  });
});

describe('a locked folder', () => {
  async function lockedHost(): Promise<{ readonly host: TestHost; readonly tenant: string; readonly recoveryKey: string }> {
    const simulator = await simulated();
    const { open: openHost } = lab();
    const first = await openHost();
    const { recoveryKey } = await first.call('vault.setUp', { passphrase });
    await first.call('tenant.connect', connectionTo(simulator));
    await first.close();
    return { host: await openHost(), tenant: simulator.domain, recoveryKey };
  }

  it('lists its tenants, and answers for them once the passphrase was typed', async () => {
    const { host, tenant } = await lockedHost();
    expect(await host.call('vault.state', {})).toMatchObject({ state: 'locked', openedBy: expect.arrayContaining(['passphrase', 'recovery']) });
    expect(await host.call('tenant.list', {})).toEqual({ tenants: [{ tenant, connected: true }] });
    await expect(host.call('tenant.sync', { tenant })).rejects.toMatchObject({ code: 'vault.passphrase-missing' });
    expect(await host.call('settings.write', { theme: 'light' })).toMatchObject({ theme: 'light' });
    await expect(host.call('vault.unlock', { passphrase: 'not the passphrase' })).rejects.toMatchObject({ code: 'vault.passphrase-wrong' });
    expect(await host.call('vault.unlock', { passphrase })).toMatchObject({ state: 'open' });
    expect(await host.call('tenant.sync', { tenant })).toMatchObject({ stored: 300 });
  });

  it('opens with the recovery key, and from then on with another passphrase', async () => {
    const { host, recoveryKey } = await lockedHost();
    expect(await host.call('vault.unlock', { passphrase: recoveryKey })).toMatchObject({ state: 'open' });
    expect(await host.call('vault.changePassphrase', { current: recoveryKey, next: 'another passphrase' })).toMatchObject({ state: 'open' });
    const made = await host.call('vault.newRecoveryKey', { current: 'another passphrase' });
    expect(made.recoveryKey).not.toBe(recoveryKey);
    await expect(host.call('vault.setUp', { passphrase })).rejects.toMatchObject({ code: 'vault.exists' });
  });

  it('opens by itself where the keychain has the key, and stays locked where it is another', async () => {
    const { open: openHost } = lab();
    const first = await openHost({ kind: 'desktop', keychain: keychain(7) });
    await first.call('vault.setUp', {});
    await first.close();
    const again = await openHost({ kind: 'desktop', keychain: keychain(7) });
    expect(await again.call('vault.state', {})).toMatchObject({ state: 'open', keychain: 'Test Keychain' });
    await again.close();
    const elsewhere = await openHost({ kind: 'desktop', keychain: keychain(9) });
    expect(await elsewhere.call('vault.state', {})).toMatchObject({ state: 'locked' });
  });

  it('opens by itself with the passphrase the host was started with', async () => {
    const { open: openHost } = lab();
    const first = await openHost();
    await first.call('vault.setUp', { passphrase });
    await first.close();
    expect(await (await openHost({ passphrase: () => Promise.resolve(passphrase) })).call('vault.state', {})).toMatchObject({ state: 'open' });
  });
});

describe('files', () => {
  it('are imported as the browser sends them, and only once each', async () => {
    const host = await lab().open();
    await host.call('vault.setUp', { passphrase });
    const lines = Buffer.from(toJsonLines(logEvents(500)));
    host.uploads.set('u1', [lines.subarray(0, 1_000), lines.subarray(1_000, 1_001), lines.subarray(1_001)]);
    expect(await host.call('archive.import', { tenant: 'old-logs', files: ['upload:u1'] })).toMatchObject({ read: 500, stored: 500, setAside: [] });
    await expect(host.call('archive.import', { tenant: 'old-logs', files: ['upload:nothing'] })).rejects.toMatchObject({ code: 'import.unreadable' });
    await expect(host.call('archive.import', { tenant: 'old-logs', files: ['/etc/hostname'] })).rejects.toMatchObject({ code: 'operation.input-invalid' });
    expect(await host.call('archive.status', {})).toMatchObject({ tenants: [{ tenant: 'old-logs', events: 500 }] });
  });

  it('that never come are not waited for once the import is cancelled, and the engine goes on', async () => {
    const controller = new AbortController();
    const host = await lab().open({
      transfers: {
        uploadSize: () => null, chooseSave: () => Promise.resolve(null), endDownload: () => Promise.resolve(),
        readUpload: () => {
          controller.abort();
          return new Promise(() => undefined);
        },
        writeDownload: () => Promise.reject(new Failure('export.unwritable', { file: 'the download', problem: 'the browser has gone' })),
      },
    });
    await host.call('vault.setUp', { passphrase });
    await expect(host.call('archive.import', { tenant: 'old-logs', files: ['upload:u1'] }, { signal: controller.signal })).rejects.toMatchObject({ code: 'operation.cancelled' });
    await expect(host.call('view.export', { tenant: 'old-logs', view: 'audit-timeline', format: 'csv', out: 'download:d1' })).rejects.toMatchObject({ code: 'export.unwritable' });
    expect(await host.call('archive.status', {})).toMatchObject({ tenants: [{ tenant: 'old-logs', events: 0 }] });
  });

  it('go where the user of a window chooses, and nowhere when they change their mind', async () => {
    const { folder, open: openHost } = lab();
    const host = await openHost({ kind: 'desktop' });
    await host.call('vault.setUp', { passphrase });
    writeFileSync(join(folder, 'old.jsonl'), toJsonLines(logEvents(10)));
    expect(await host.call('archive.import', { tenant: 'old-logs', files: [join(folder, 'old.jsonl')] })).toMatchObject({ stored: 10 });
    const request = { tenant: 'old-logs', view: 'audit-timeline', format: 'csv' as const, out: 'choose' } satisfies Input<'view.export'>;
    await expect(host.call('view.export', request)).rejects.toMatchObject({ code: 'operation.cancelled' });
    host.choices.answer = join(folder, 'chosen.csv');
    expect(await host.call('view.export', request)).toMatchObject({ files: [{ path: join(folder, 'chosen.csv') }] });
    expect(host.choices.asked[1]).toMatch(/^old-logs-audit-timeline-\d{4}-\d\d-\d\d\.csv$/);
    expect(existsSync(join(folder, 'chosen.csv'))).toBe(true);
    await expect(host.call('view.export', { ...request, out: join(folder, 'other.csv') })).rejects.toMatchObject({ code: 'operation.input-invalid' });
    expect(existsSync(join(folder, 'other.csv'))).toBe(false);
  });

  it('make a whole folder again out of a backup', async () => {
    const from = lab();
    const host = await from.open();
    await host.call('vault.setUp', { passphrase });
    host.uploads.set('u1', [Buffer.from(toJsonLines(logEvents(200)))]);
    await host.call('archive.import', { tenant: 'old-logs', files: ['upload:u1'] });
    const backup = await host.call('archive.backup', { out: 'download:b1' });
    const bytes = Buffer.concat(host.downloads.get('b1')!.bytes);
    expect(backup).toMatchObject({ path: 'download:b1', bytes: bytes.length });
    const other = await lab().open();
    other.uploads.set('u2', [bytes]);
    expect(await other.call('archive.restore', { file: 'upload:u2' })).toMatchObject({ tenants: ['old-logs'] });
    await other.call('vault.unlock', { passphrase });
    expect((await other.call('archive.status', {})).tenants).toEqual((await host.call('archive.status', {})).tenants);
  });
});

describe('a second host on the same folder', () => {
  it('says that it cannot write while the first does, and can when it has closed', async () => {
    const { open: openHost } = lab();
    const first = await openHost();
    const second = await openHost();
    expect(await second.call('app.info', {})).toMatchObject({ canWrite: true });
    await first.call('vault.setUp', { passphrase });
    expect(await first.call('app.info', {})).toMatchObject({ canWrite: true });
    expect(await second.call('app.info', {})).toMatchObject({ canWrite: false });
    await expect(second.call('tenant.connect', { domain: 'acme.eu.auth0.com', clientId: 'a', clientSecret: 'b' })).rejects.toMatchObject({ code: 'archive.locked' });
    await first.close();
    expect(await second.call('app.info', {})).toMatchObject({ canWrite: true });
  });
});

describe('a support bundle', () => {
  it('is shown before it is saved, holds only what is ticked, and names nobody', async () => {
    const simulator = await simulated();
    const { dataDir, folder, open: openHost } = lab();
    const host = await openHost();
    await host.call('vault.setUp', { passphrase });
    await host.call('tenant.connect', connectionTo(simulator));
    await host.call('tenant.sync', { tenant: simulator.domain });
    const { domain } = simulator;
    await host.call('settings.write', { retention: { [domain]: 30 }, planLimits: { [domain]: { activeUsers: 5 } }, planRetention: { [domain]: 10 }, lastTenant: domain });
    const { files } = await host.call('support.preview', {});
    expect(files.map(({ name }) => name)).toEqual(['app.json', 'settings.json', 'status.json', 'log.jsonl']);
    await host.call('settings.write', { theme: 'dark' });
    const saved = await host.call('support.save', { out: 'download:s1', files: ['status.json', 'settings.json'] });
    expect(saved).toEqual({ path: 'download:s1' });
    const text = textOf(host.downloads.get('s1')!.bytes);
    for (const { name, text: shown } of files) expect(text.includes(shown), name).toBe(name === 'status.json' || name === 'settings.json');
    for (const { name, text: shown } of files) {
      for (const canary of [simulator.domain, 'simulated', simulator.clientId, simulator.clientSecret, passphrase, dataDir, folder, 'example.com']) expect(shown.includes(canary), `${name}: ${canary}`).toBe(false);
    }
    await expect(host.call('support.save', { out: 'download:s2', files: ['vault.json'] })).rejects.toMatchObject({ code: 'operation.input-invalid' });
    expect(host.downloads.get('s2')?.end ?? 'aborted').toBe('aborted');
  });
});

describe('a host that has closed', () => {
  it('answers, and starts nothing', async () => {
    const host = await lab().open();
    const underWay = host.call('view.list', {}).catch((error: unknown) => error);
    await host.close();
    await underWay;
    await expect(host.call('view.list', {})).rejects.toMatchObject({ code: 'operation.cancelled' });
    await expect(host.call('app.info', {})).rejects.toMatchObject({ code: 'operation.cancelled' });
  });

  it('started anew after damage to its settings, says so in the log and keeps the damaged file', async () => {
    const { dataDir, open: openHost } = lab();
    const host = await openHost();
    await host.call('settings.write', { theme: 'dark' });
    writeFileSync(join(dataDir, 'settings.json'), '{');
    expect(await host.call('settings.read', {})).toMatchObject({ theme: 'system' });
    expect(readdirSync(dataDir).some(name => name.startsWith('settings.json.corrupt-'))).toBe(true);
    expect(readText(join(dataDir, 'logs', 'tenantscope.log'))).toContain('settings.damaged');
  });
});
