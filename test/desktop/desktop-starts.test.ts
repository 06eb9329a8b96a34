/** How the built desktop starts and ends: second starts, missing sandboxes, closed windows, remembered ones. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { launchDesktop, until } from '../builders/launch-desktop';
import type { Desktop } from '../builders/launch-desktop';

const folders: string[] = [];
afterEach(() => { for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true }); });

async function launch(options?: Parameters<typeof launchDesktop>[0]): Promise<Desktop> {
  const desktop = await launchDesktop(options);
  folders.push(desktop.folder);
  return desktop;
}

describe('a start', () => {
  it('that is the second one ends at once, without a window', async () => {
    const { electron } = await launch({ isFirst: false });
    await until(() => electron.called('quit').length > 0);
    await new Promise(resolve => setImmediate(resolve));
    expect([electron.windows.length, electron.ipc.size]).toEqual([0, 0]);
  });

  it('of an installed application without its sandbox is refused', async () => {
    const { electron } = await launch({ isPackaged: true, switches: ['no-sandbox'] });
    expect(electron.called('showErrorBox')).toEqual([[expect.stringContaining('without its sandbox'), expect.any(String)]]);
    expect(electron.called('exit')).toEqual([[1]]);
    expect(electron.windows).toEqual([]);
  });

  it('with a data folder that is a file says so', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tenantscope-starts-'));
    folders.push(folder);
    writeFileSync(join(folder, 'file'), '');
    const { electron } = await launch({ dataDir: join(folder, 'file') });
    expect(electron.called('showErrorBox')).toEqual([['The data folder cannot be written', expect.stringContaining('The system says')]]);
    expect(electron.called('exit')).toEqual([[1]]);
  });

  it('in the background without anything to do shows its window after all', async () => {
    const desktop = await launch({ words: ['--background'] });
    expect(desktop.electron.windows).toEqual([]);
    await until(() => desktop.electron.windows.length > 0);
    expect(desktop.electron.windows[0]?.urls).toEqual(['app://main/']);
    await desktop.quit();
  });

  it('of an installed application has no tools for developers', async () => {
    const desktop = await launch({ isPackaged: true });
    await until(() => desktop.electron.windows.length > 0);
    expect(desktop.electron.windows[0]?.options.webPreferences?.devTools).toBe(false);
    expect(JSON.stringify(desktop.electron.called('setApplicationMenu'))).not.toMatch(/toggleDevTools|eload/);
    await desktop.quit();
  });
});

describe('closing the window', () => {
  it('of somebody with nothing to sync ends Tenantscope, host and all, and the next window stands where it stood', async () => {
    const desktop = await launch();
    const { electron } = desktop;
    await until(() => electron.windows.some(({ isShown }) => isShown));
    const page = desktop.page(electron.windows[0]!);
    expect(await page.call({ id: '1', name: 'settings.read', input: {} })).toMatchObject({ ok: true });
    const ended = new Promise(resolve => electron.app.once('quit', resolve));
    electron.windows[0]?.close();
    await ended;
    const file = join(desktop.dataDir, 'desktop', 'window.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ bounds: { x: 10, y: 20, width: 1000, height: 700 }, isMaximized: false, zoomFactor: 1 });
    expect(existsSync(join(desktop.dataDir, 'writer.lock'))).toBe(false);
    const again = await launch({ dataDir: desktop.dataDir });
    await until(() => again.electron.windows.length > 0);
    expect(again.electron.windows[0]?.options).toMatchObject({ x: 10, y: 20, width: 1000, height: 700, minWidth: 880, minHeight: 560, title: 'Tenantscope', show: false, backgroundColor: '#141518' });
    await again.quit();
  });
});

describe('quitting with a tenant in memory only', () => {
  it('asks first, stays when it is told to, and loses it when it is told so', async () => {
    const desktop = await launch();
    const { electron } = desktop;
    await until(() => electron.windows.length > 0);
    const page = desktop.page(electron.windows[0]!);
    expect(await page.call({ id: '1', name: 'vault.holdInMemory', input: {} })).toMatchObject({ ok: true, value: { state: 'memory' } });
    const file = join(desktop.folder, 'old.jsonl');
    writeFileSync(file, '{"log_id":"90020261121000000000000000000000000001223372036854775808","date":"2026-11-21T00:00:00.000Z","type":"s"}\n');
    expect(await page.call({ id: '2', name: 'archive.import', input: { tenant: 'old-logs', files: [file] } })).toMatchObject({ ok: true, value: { stored: 1 } });
    electron.app.quit();
    await until(() => electron.called('showMessageBox').length === 1);
    expect(JSON.stringify(electron.called('showMessageBox'))).toContain('old-logs');
    await until(() => electron.windows.some(({ isShown }) => isShown));
    expect(await page.call({ id: '3', name: 'archive.span', input: { tenant: 'old-logs' } })).toMatchObject({ ok: true, value: { events: 1 } });
    electron.answers.message = 0;
    await desktop.quit();
    expect(electron.called('showMessageBox')).toHaveLength(2);
  });
});

describe('where the system has a keychain', () => {
  it('a folder is set up without a passphrase, and open again at the next start without being asked', async () => {
    const first = await launch({ keychain: 'there' });
    await until(() => first.electron.windows.length > 0);
    const page = first.page(first.electron.windows[0]!);
    expect(await page.call({ id: '1', name: 'vault.state', input: {} })).toMatchObject({ ok: true, value: { state: 'none', keychain: 'GNOME Keyring', keychainProblem: null } });
    const made = await page.call({ id: '2', name: 'vault.setUp', input: {} });
    expect(made).toMatchObject({ ok: true, value: { recoveryKey: expect.any(String) as string } });
    const kept = join(first.folder, '..', `${first.folder.split('/').at(-1) ?? ''}-kept`);
    folders.push(kept);
    cpSync(first.dataDir, kept, { recursive: true });
    await first.quit();

    const second = await launch({ keychain: 'there', dataDir: kept, words: ['--background'] });
    await until(() => second.electron.windows.length > 0);
    expect(await second.page(second.electron.windows[0]!).call({ id: '1', name: 'vault.state', input: {} })).toMatchObject({ ok: true, value: { state: 'open' } });
    await second.quit();

    const without = await launch({ dataDir: kept });
    await until(() => without.electron.windows.length > 0);
    expect(await without.page(without.electron.windows[0]!).call({ id: '1', name: 'vault.state', input: {} })).toMatchObject({ ok: true, value: { state: 'locked', keychain: null } });
    await without.quit();
  });
});
