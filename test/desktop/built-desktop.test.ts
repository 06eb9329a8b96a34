/** The built desktop over a fake Electron: what of Electron's security checklist configuration and code decide, and the way from a page to the rows. */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorCatalogue } from '../../shared/errors';
import { localServers, sendJson } from '../auth0/local-servers';
import { fakeEvent } from '../builders/fake-electron';
import type { FakeSession, FakeWindow } from '../builders/fake-electron';
import { builtFolder, launchDesktop, until } from '../builders/launch-desktop';
import type { Desktop, PageBridge } from '../builders/launch-desktop';

const local = localServers();
let desktop: Desktop;
let window: FakeWindow;
let page: PageBridge;
beforeAll(async () => {
  desktop = await launchDesktop({ words: ['--tenant', 'sample'] });
  await until(() => desktop.electron.windows.length > 0 && desktop.electron.ipc.size > 0);
  window = desktop.electron.windows[0]!;
  page = desktop.page(window);
});
afterAll(async () => {
  await local.closeAll();
  await desktop.quit();
});

const sessionNamed = (name: string): FakeSession => {
  const session = desktop.electron.sessions.get(name);
  if (session === undefined) throw new Error(`there is no session ${name}`);
  return session;
};
const get = (url: string, method = 'GET'): Response => sessionNamed('window').handlers.page!(new Request(url, { method }));
const preloadText = (): string => readFileSync(join(builtFolder, 'preload', 'preload.cjs'), 'utf8');

describe('of Electron\'s checklist', () => {
  it('1: the page and what it loads come from app:// only; windows have no network', () => {
    expect(window.urls).toEqual(['app://main/#/t/sample/timeline']);
    for (const name of ['window', 'default']) {
      for (const [url, cancel] of [['https://example.com/', true], ['http://127.0.0.1/', true], ['wss://example.com/', true], ['file:///etc/passwd', true], ['app://main/assets/x.js', false]] as const) {
        const replies: unknown[] = [];
        sessionNamed(name).handlers.request!({ url }, (reply: unknown) => replies.push(reply));
        expect(replies, url).toEqual([{ cancel }]);
      }
    }
  });

  it('2, 3, 4, 11: no Node, an isolated context, a sandbox and no webview, in every window', () => {
    expect(window.options.webPreferences).toMatchObject({
      sandbox: true, contextIsolation: true, nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false, webviewTag: false, spellcheck: false,
    });
    expect(desktop.electron.calls[0]).toEqual(['enableSandbox']);
    expect(desktop.electron.calls[1]?.[0]).toBe('registerSchemesAsPrivileged');
  });

  it('5: every permission is denied but copying text; devices, screens and downloads are too', () => {
    for (const session of desktop.electron.sessions.values()) {
      const { permission, check, device, display } = session.handlers;
      const asked = (name: string, requestingUrl: string): unknown => {
        const replies: unknown[] = [];
        permission!({}, name, (granted: unknown) => replies.push(granted), { requestingUrl, isMainFrame: true });
        return replies[0];
      };
      expect(asked('clipboard-sanitized-write', 'app://main/')).toBe(true);
      expect(check!({}, 'clipboard-sanitized-write', 'app://main/', { isMainFrame: true })).toBe(true);
      for (const name of ['media', 'geolocation', 'notifications', 'openExternal', 'fileSystem', 'clipboard-read', 'hid', 'unknown']) {
        expect(asked(name, 'app://main/'), name).toBe(false);
        expect(check!({}, name, 'app://main/', { isMainFrame: true }), name).toBe(false);
      }
      expect(asked('clipboard-sanitized-write', 'https://example.com/')).toBe(false);
      expect(device!({})).toBe(false);
      const streams: unknown[] = [];
      display!({}, (stream: unknown) => streams.push(stream));
      expect(streams).toEqual([null]);
      const download = fakeEvent({});
      session.emit('will-download', download);
      expect([download.isPrevented, session.isSpellChecked]).toEqual([true, false]);
    }
    expect([...desktop.electron.sessions.keys()].sort()).toEqual(['auth0', 'default', 'window']);
  });

  it('6, 8, 9, 10: nothing that weakens the page is ever set', () => {
    for (const name of ['webSecurity', 'allowRunningInsecureContent', 'experimentalFeatures', 'enableBlinkFeatures', 'plugins']) expect(window.options.webPreferences).not.toHaveProperty(name);
    expect(window.options.webPreferences?.disableBlinkFeatures).toBe('Auxclick');
    expect(desktop.electron.called('registerSchemesAsPrivileged')).toEqual([[[{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }]]]);
  });

  it('7: every answer carries the policy, with no way to connect anywhere', () => {
    for (const [url, method, status] of [['app://main/', 'GET', 200], ['app://main/nothing.js', 'GET', 404], ['app://other/', 'GET', 404], ['app://main/', 'POST', 405]] as const) {
      const response = get(url, method);
      expect(response.status).toBe(status);
      const policy = response.headers.get('content-security-policy') ?? '';
      for (const part of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'none'", "object-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-src 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'"]) {
        expect(policy.split('; ')).toContain(part);
      }
      expect(policy).not.toMatch(/unsafe-|\*|https?:/);
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    }
  });

  it('12, 13, 14: a page attaches no webview, goes nowhere and opens nothing', async () => {
    const attach = fakeEvent({});
    window.webContents.emit('will-attach-webview', attach);
    expect(attach.isPrevented).toBe(true);
    for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
      for (const [url, isMainFrame, prevented] of [['https://example.com/', true, true], ['app://main/', true, false], ['app://main/', false, true], ['file:///x', true, true], ['data:text/html,x', true, true]] as const) {
        const event = fakeEvent({ url, isMainFrame });
        window.webContents.emit(name, event);
        expect([name, url, event.isPrevented]).toEqual([name, url, prevented]);
      }
    }
    for (const url of ['https://example.com/', 'javascript:alert(1)', 'app://main/', 'https://auth0.com.example.com/docs']) expect(window.webContents.windowOpenHandler!({ url })).toEqual({ action: 'deny' });
    await new Promise(resolve => setImmediate(resolve));
    expect(desktop.electron.called('showMessageBox')).toEqual([]);
    expect(desktop.electron.called('openExternal')).toEqual([]);
  });

  it('15: a known page is shown, asked about and only then opened outside, still without a window', async () => {
    const url = 'https://manage.auth0.com/dashboard/eu/acme/applications';
    expect(window.webContents.windowOpenHandler!({ url })).toEqual({ action: 'deny' });
    await until(() => desktop.electron.called('showMessageBox').length === 1);
    expect(JSON.stringify(desktop.electron.called('showMessageBox')[0]?.[1])).toContain(url);
    await new Promise(resolve => setImmediate(resolve));
    expect(desktop.electron.called('openExternal')).toEqual([]);
    desktop.electron.answers.message = 0;
    window.webContents.windowOpenHandler!({ url });
    await until(() => desktop.electron.called('openExternal').length === 1);
    expect(desktop.electron.called('openExternal')).toEqual([[url]]);
    expect(desktop.electron.windows).toHaveLength(1);
  });

  it('17: only the main frame of our window, on our page, is answered', async () => {
    const message = { id: '1', name: 'app.info', input: {} };
    const strangers = [{ origin: 'https://example.com' }, { origin: 'null' }, { url: 'about:blank' }, { parent: {} }, { origin: 'app://main/' }, { origin: 'file://', url: 'file:///x.html' }];
    for (const sender of strangers) expect(await desktop.page(window, sender).call(message)).toMatchObject({ ok: false, error: { code: 'operation.refused' } });
    const handler = [...desktop.electron.ipc.values()][0]!;
    const sender = window.webContents;
    expect(await handler({ sender, senderFrame: null } as never, message)).toMatchObject({ error: { code: 'operation.refused' } });
    expect(await handler({ sender: { ...sender }, senderFrame: { origin: 'app://main', url: 'app://main/', parent: null } } as never, message)).toMatchObject({ error: { code: 'operation.refused' } });
    expect(desktop.electron.ipc.size).toBe(1);
  });

  it('18: app:// answers from its map alone, whatever the path', async () => {
    expect(await get('app://main/').text()).toContain('<div id="root">');
    const steps = ['..', '%2e%2e', '%2e.', '..%2f', '..%5c', '....//', '.%00', '%252e%252e', '//', '/./', '\\', '%5c..', '~', 'C:', '%c0%ae%c0%ae'];
    const goals = ['etc/passwd', 'main/desktop.js', 'main/cli.js', 'preload/preload.cjs', 'package.json', 'index.html%00.js', 'assets/..%2findex.html', 'main/licenses.json', 'data/vault.json', 'Assets/', 'assets', 'assets/', 'INDEX.HTML', '__proto__'];
    const paths = steps.flatMap(step => goals.map(goal => `${step}/${goal}`));
    expect(paths.length).toBeGreaterThan(200);
    for (const path of paths) {
      const response = get(`app://main/assets/${path}`);
      expect([path, response.status]).toEqual([path, 404]);
    }
  });

  it('20: the page gets one frozen object of three functions, and never an event of Electron', async () => {
    expect(Object.keys(page).sort()).toEqual(['call', 'onPush', 'pathForFile']);
    expect(Object.isFrozen(page)).toBe(true);
    expect(page.pathForFile({ path: '/home/ana/logs.jsonl' })).toBe('/home/ana/logs.jsonl');
    const heard: unknown[][] = [];
    const off = page.onPush((...values: unknown[]) => { heard.push(values); });
    window.webContents.send('tenantscope:push', { name: 'export.progress', value: { tenant: 'sample', rows: 1, total: null } });
    off();
    window.webContents.send('tenantscope:push', { name: 'export.progress', value: { tenant: 'sample', rows: 2, total: null } });
    expect(heard).toEqual([[{ name: 'export.progress', value: { tenant: 'sample', rows: 1, total: null } }]]);
  });

  it('3, 20: the preload is one small file that asks for electron alone', () => {
    expect(readdirSync(join(builtFolder, 'preload'))).toEqual(['preload.cjs']);
    expect(statSync(join(builtFolder, 'preload', 'preload.cjs')).size).toBeLessThan(4_096);
    expect([...preloadText().matchAll(/require\(([^)]*)\)/g)].map(match => match[1])).toEqual(['"electron"']);
    expect(preloadText()).not.toMatch(/process|Buffer|eval|zod/);
    expect(readFileSync('electron/desktop/preload.ts', 'utf8').split('\n').length).toBeLessThanOrEqual(150);
  });
});

describe('a question', () => {
  const ask = (name: string, input: unknown) => page.call({ id: `q-${name}`, name, input });

  it('goes from the page through preload, pipe, desk and worker to the rows of the sample, and back', async () => {
    const reply = await ask('view.read', { tenant: 'sample', view: 'audit-timeline', size: 25 });
    expect(reply).toMatchObject({ ok: true, value: { rows: expect.any(Array) as unknown[], asOf: expect.any(Number) as number } });
    const { rows, next } = (reply as { value: { rows: { logId: string }[]; next: string } }).value;
    expect(rows).toHaveLength(25);
    const second = await ask('view.read', { tenant: 'sample', view: 'audit-timeline', size: 25, page: next });
    expect(new Set([...rows, ...(second as { value: { rows: { logId: string }[] } }).value.rows].map(row => row.logId)).size).toBe(50);
  });

  it('about the application says that this is the desktop', async () => {
    expect(await ask('app.info', {})).toMatchObject({ ok: true, value: { host: 'desktop', dataDir: desktop.dataDir } });
    expect(await ask('vault.state', {})).toMatchObject({ ok: true, value: { state: 'none', keychain: null, keychainProblem: expect.stringContaining('keyring') as string } });
  });

  it('to Auth0 goes through Electron\'s network stack, in a session of its own', async () => {
    const seen: unknown[] = [];
    const server = await local.http((request, response) => {
      seen.push(request.url);
      sendJson(response, { error: 'access_denied' }, 401);
    });
    const credentials = { domain: 'acme.eu.auth0.com', clientId: 'id', clientSecret: 'canary', apiOrigin: server.origin };
    const reply = await ask('tenant.check', credentials);
    expect(reply).toMatchObject({ ok: false, error: { code: 'auth0.credentials-rejected' } });
    expect(JSON.stringify(reply)).not.toContain('canary');
    expect(seen).toEqual(['/oauth/token']);
    expect(desktop.electron.module.net.asked).toEqual([expect.objectContaining({ url: `${server.origin}/oauth/token`, session: sessionNamed('auth0'), credentials: 'omit' })]);
  });

  it('that is malformed is answered from the catalogue', async () => {
    for (const message of [null, 7, 'x', [], {}, { id: 1 }, { id: 'a', name: 'no.such', input: {} }, { id: 'a', name: '__proto__', input: {} }, { id: 'x'.repeat(65), name: 'app.info', input: {} }, { id: 'a', name: 'view.read', input: null }]) {
      const reply = await page.call(message);
      expect(reply.ok, JSON.stringify(message)).toBe(false);
      if (!reply.ok) expect(Object.hasOwn(errorCatalogue, reply.error.code)).toBe(true);
    }
  });

  it('for a file is answered by the system\'s dialog, never by a path the page made up', async () => {
    const out = join(desktop.folder, 'chosen.csv');
    desktop.electron.answers.save = { canceled: false, filePath: out };
    const request = { tenant: 'sample', view: 'audit-timeline', format: 'csv', params: { outcome: ['failure'] } };
    expect(await ask('view.export', { ...request, out: 'choose' })).toMatchObject({ ok: true, value: { files: [{ path: out }] } });
    expect(readFileSync(out, 'utf8').split('\r\n').length).toBeGreaterThan(2);
    expect(desktop.electron.called('showSaveDialog')).toEqual([[window, expect.objectContaining({ defaultPath: expect.stringMatching(/sample.*\.csv$/) as string })]]);
    const madeUp = join(desktop.folder, 'made-up.csv');
    expect(await ask('view.export', { ...request, out: madeUp })).toMatchObject({ ok: false, error: { code: 'operation.input-invalid' } });
    expect(existsSync(madeUp)).toBe(false);
    desktop.electron.answers.save = { canceled: true, filePath: '' };
    expect(await ask('view.export', { ...request, out: 'choose' })).toMatchObject({ ok: false, error: { code: 'operation.cancelled' } });
  });
});

describe('the application', () => {
  it('keeps Chromium\'s files in a private folder of their own, and its sessions in memory', () => {
    expect(desktop.electron.called('setPath')).toEqual([['userData', join(desktop.dataDir, 'desktop')]]);
    expect(statSync(desktop.dataDir).mode & 0o777).toBe(0o700);
    expect(desktop.electron.called('fromPartition').sort()).toEqual([['auth0', { cache: false }], ['window', { cache: false }]]);
  });

  it('starts at login when the settings say so', async () => {
    const write = (startAtLogin: boolean) => page.call({ id: 'login', name: 'settings.write', input: { startAtLogin } });
    const file = join(desktop.folder, 'config', 'autostart', 'org.tenantscope.app.desktop');
    expect(await write(true)).toMatchObject({ ok: true, value: { startAtLogin: true } });
    if (process.platform === 'linux') expect(readFileSync(file, 'utf8')).toMatch(/^Exec=.*desktop\.js" "--data-dir" ".*data" "--background"$/m);
    expect(await write(false)).toMatchObject({ ok: true });
    expect(existsSync(file)).toBe(false);
  });

  it('tells a second start what it was, and shows what a second start asks for', () => {
    expect(desktop.electron.called('requestSingleInstanceLock')).toEqual([[{ tenant: 'sample', isBackground: false }]]);
    desktop.electron.app.emit('second-instance', {}, [], '', { tenant: 'acme.eu.auth0.com', isBackground: false });
    expect(window.urls.at(-1)).toBe('app://main/#/t/acme.eu.auth0.com/timeline');
    desktop.electron.app.emit('second-instance', {}, [], '', { tenant: 'https://example.com/', isBackground: false });
    expect(window.urls.at(-1)).toBe('app://main/#/t/acme.eu.auth0.com/timeline');
  });

  it('sends the menu\'s commands to the page, also those that came before it listened', async () => {
    const menu = desktop.electron.called('setApplicationMenu')[0]?.[0] as { submenu?: { id?: string; click?: () => void }[] }[];
    const sync = menu.flatMap(({ submenu }) => submenu ?? []).find(({ id }) => id === 'sync');
    const fresh = desktop.page(window);
    sync?.click?.();
    const heard: unknown[] = [];
    fresh.onPush(push => heard.push(push));
    await new Promise(resolve => setImmediate(resolve));
    expect(heard).toEqual([{ name: 'menu.command', value: { command: 'sync' } }]);
  });

  it('loads a page that crashed again, but not for ever', () => {
    for (let crash = 0; crash < 3; crash += 1) window.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    window.webContents.emit('render-process-gone', {}, { reason: 'clean-exit' });
    expect([window.webContents.reloads, desktop.electron.called('showErrorBox').length]).toEqual([3, 0]);
    window.webContents.emit('render-process-gone', {}, { reason: 'oom' });
    expect([window.webContents.reloads, desktop.electron.called('showErrorBox').length]).toEqual([3, 1]);
  });
});
