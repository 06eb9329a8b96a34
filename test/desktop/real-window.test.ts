/** What only a real Electron can show: the sandbox, the protocol's privileges, the policy at work, the menu. Skipped, with the reason, where there is none. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const packageFolder = join(root, 'node_modules/electron');

/** Without importing the package, which would start a download. */
function binary(): string | null {
  const pathFile = join(packageFolder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const file = join(packageFolder, 'dist', readFileSync(pathFile, 'utf8').trim());
  return existsSync(file) ? file : null;
}

function whyNot(): string | null {
  if (binary() === null) return 'Electron\'s binary is not installed';
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return process.platform === 'linux' && (DISPLAY ?? WAYLAND_DISPLAY ?? '') === '' ? 'there is no display' : null;
}

/** Run in the page, as text: these tests know no DOM. */
const leadAway = `url => {
  window.open(url);
  const link = document.createElement('a');
  link.href = url;
  document.body.append(link);
  link.click();
  link.remove();
}`;
const reachOut = `async () => {
  const fetched = await fetch('https://example.com/').then(() => 'sent', () => 'refused');
  const violations = [];
  document.addEventListener('securitypolicyviolation', event => violations.push(event.effectiveDirective));
  new Image().src = 'https://example.com/x.png';
  const frame = document.createElement('iframe');
  frame.src = 'https://example.com/';
  document.body.append(frame);
  await new Promise(resolve => setTimeout(resolve, 500));
  frame.remove();
  return { fetched, violations };
}`;

const reason = whyNot();
const isRoot = process.getuid?.() === 0;

describe.skipIf(reason !== null)(`a real window${reason === null ? '' : ` (skipped: ${reason})`}`, () => {
  let folder = '';
  let application: ElectronApplication;
  let page: Page;
  const requests: string[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tenantscope-window-'));
    application = await _electron.launch({
      executablePath: binary() ?? '',
      // Chromium refuses to run as root with its sandbox.
      args: [...(isRoot ? ['--no-sandbox'] : []), join(root, 'out/main/desktop.js'), '--data-dir', join(folder, 'data'), '--tenant', 'sample'],
    });
    page = await application.firstWindow();
    page.on('request', request => requests.push(request.url()));
    page.on('console', message => { if (message.type() === 'error') complaints.push(message.text()); });
    await page.waitForLoadState('load');
  });
  afterAll(async () => {
    await application.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('shows the page of app://main/ and the rows of the sample', async () => {
    expect(page.url()).toBe('app://main/#/t/sample/timeline');
    await page.locator('#root > *').first().waitFor();
    const reply = await page.evaluate(() => (globalThis as never as { tenantscope: { call: (message: unknown) => Promise<unknown> } }).tenantscope
      .call({ id: 'real', name: 'view.read', input: { tenant: 'sample', view: 'audit-timeline', size: 5 } }));
    expect(reply).toMatchObject({ ok: true, value: { rows: expect.any(Array) as unknown[] } });
  });

  it('gives the page neither Node nor Electron', async () => {
    expect(await page.evaluate(() => ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer'].filter(name => name in globalThis))).toEqual([]);
    expect(await page.evaluate(() => Object.keys((globalThis as never as { tenantscope: object }).tenantscope).sort())).toEqual(['call', 'onPush', 'pathForFile']);
  });

  it.skipIf(isRoot)('runs the page in Chromium\'s sandbox', async () => {
    const isSandboxed = await application.evaluate(({ app }) => app.getAppMetrics().filter(({ type }) => type === 'Tab').every(({ sandboxed }) => sandboxed ?? true));
    expect(isSandboxed).toBe(true);
  });

  it('stays where it is and opens nothing, whatever the page does', async () => {
    for (const url of ['https://example.com/', 'file:///etc/passwd', 'data:text/html,x', 'app://other/', 'about:blank']) {
      await page.evaluate(`(${leadAway})(${JSON.stringify(url)})`).catch(() => undefined);
    }
    expect(page.url()).toContain('app://main/');
    expect(application.windows()).toHaveLength(1);
  });

  it('lets nothing out: no request, no frame, no script from elsewhere', async () => {
    const outcome: { readonly fetched: string; readonly violations: readonly string[] } = await page.evaluate(`(${reachOut})()`);
    expect(outcome.fetched).toBe('refused');
    expect(outcome.violations).toEqual(expect.arrayContaining(['img-src', 'frame-src']));
  });

  it('has a menu with the commands, and a private data folder', async () => {
    const labels = await application.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.flatMap(item => item.submenu?.items.map(({ id }) => id) ?? []) ?? []);
    expect(labels).toEqual(expect.arrayContaining(['import', 'export', 'sync', 'settings', 'about']));
    expect(existsSync(join(folder, 'data', 'desktop'))).toBe(true);
  });

  it('has asked nobody but app:// for anything', () => {
    expect(requests.filter(url => !/^(?:app:\/\/main\/|blob:app:\/\/main\/|data:|https:\/\/example\.com\/)/.test(url))).toEqual([]);
    expect(complaints.filter(text => !/example\.com|Content Security Policy/.test(text))).toEqual([]);
  });
});
