import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startSimulator } from '../auth0-simulator/index';
import type { Simulator } from '../auth0-simulator/index';
import { logEvents, toJsonLines } from '../builders/log-event';
import { ask, expect, expectAccessible, navigate, passphrase, test } from './application';
import { field, fillAndCheck, next, rightFor } from './connect-wizard';
import { expectTotal } from './timeline-page';

const eventCount = 400;
const clientSecret = 'canary-secret-of-the-tests-3f0a';
const open: { readonly end: () => unknown }[] = [];
test.afterEach(async () => { for (const thing of open.splice(0).reverse()) await thing.end(); });

async function simulated(): Promise<Simulator> {
  const simulator = await startSimulator({ events: { count: eventCount }, clientSecret });
  open.push({ end: () => simulator.stop() });
  return simulator;
}
function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tenantscope-e2e-'));
  open.push({ end: () => { rmSync(folder, { recursive: true, force: true }); } });
  return join(folder, 'data');
}
const filesOf = (folder: string): readonly string[] =>
  (existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : []).sort().map(name => (statSync(join(folder, name)).isFile() ? `${name}: ${readFileSync(join(folder, name), 'latin1')}` : name));

/** Whether leaving the page would ask first. */
const asksBeforeLeaving = (page: Page): Promise<boolean> => page.evaluate(() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true })));

test('a tenant that is kept in memory only works as any other, says so, writes nothing, and is kept whole by a passphrase', async ({ page, context, start, enter }) => {
  test.setTimeout(150_000);
  const simulator = await simulated();
  const dataDir = dataFolder();
  const host = await start({ dataDir });
  const before = filesOf(dataDir);
  await enter(host, '/connect');
  await fillAndCheck(page, rightFor(simulator));
  await next(page, 'Continue');
  await expect(page.getByRole('main')).toContainText('closing Tenantscope loses it');
  await expectAccessible(page);
  await next(page, 'Keep it in memory only');
  await expect(page.getByRole('heading', { name: `${simulator.domain} is connected` })).toBeVisible({ timeout: 20_000 });
  const banner = page.getByRole('complementary', { name: 'In memory only' });
  await expect(banner).toContainText(`closing Tenantscope loses ${simulator.domain}`);
  await next(page, 'Open the timeline');
  await expect.poll(async () => (await ask(page, 'archive.status', { tenant: simulator.domain })).tenants[0]?.events, { timeout: 30_000 }).toBe(eventCount);
  await expectAccessible(page);
  expect(await asksBeforeLeaving(page)).toBe(true);

  await page.getByRole('button', { name: `Tenant, in memory: ${simulator.domain}. Switch tenant` }).click();
  await expect(page.getByRole('menuitem', { name: simulator.domain })).toContainText('In memory only · Connected');
  await page.keyboard.press('Escape');
  await navigate(page, '/settings/backup');
  await expect(page.getByRole('main')).toContainText('nothing of them is stored that could be backed up');
  await page.getByRole('link', { name: 'Set a passphrase' }).click();
  await expect(page.getByRole('heading', { name: 'Keep what is in memory' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Lock the archive' })).toHaveCount(0);
  await expectAccessible(page);
  await navigate(page, '/welcome');
  await expect(page.getByRole('main')).toContainText('Connected, in memory only');
  expect(filesOf(dataDir)).toEqual(before);

  const other = await context.newPage();
  await other.goto(`${host.origin}/#/welcome`);
  await expect(other.getByRole('complementary', { name: 'In memory only' })).toBeVisible();
  await page.bringToFront();
  // Somebody is not left without the key that is shown once.
  await banner.getByRole('button', { name: 'Set a passphrase to keep it' }).click();
  const dialog = page.getByRole('dialog');
  for (const label of ['Passphrase', 'Passphrase, again']) await dialog.getByLabel(label, { exact: true }).fill(passphrase);
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Keep it' }).click();
  await expect(dialog.getByLabel('Recovery key', { exact: true })).toBeVisible({ timeout: 20_000 });
  await page.keyboard.press('Escape');
  await expect(dialog.getByLabel('Recovery key', { exact: true })).toBeVisible();
  await dialog.getByRole('checkbox', { name: 'I have kept the recovery key' }).click();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(banner).toHaveCount(0);
  expect(await asksBeforeLeaving(page)).toBe(false);
  await other.bringToFront();
  await expect(other.getByRole('complementary', { name: 'In memory only' })).toHaveCount(0, { timeout: 30_000 });
  await other.close();

  const asked = simulator.counts.pages;
  await navigate(page, `/t/${simulator.domain}/timeline`);
  await page.reload();
  await expectTotal(page, eventCount);
  const { tenants: [kept] } = await ask(page, 'archive.status', { tenant: simulator.domain });
  expect(kept).toMatchObject({ events: eventCount, digest: simulator.digest(), contentDigest: simulator.contentDigest() });
  expect(simulator.counts.pages).toBe(asked);
  await page.goto('about:blank');
  await host.stop();
  for (const file of filesOf(dataDir)) for (const secret of [clientSecret, passphrase, 'log_id']) expect(file).not.toContain(secret);

  const again = await start({ dataDir });
  await enter(again, `/t/${simulator.domain}/timeline`);
  await field(page, 'Passphrase or recovery key').fill(passphrase);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expectTotal(page, eventCount);
});

test('files are imported into memory only, and are gone with the program, which says so', async ({ page, start, enter }) => {
  const dataDir = dataFolder();
  const host = await start({ dataDir });
  const before = filesOf(dataDir);
  await enter(host, '/import');
  await next(page, 'Keep it in memory only');
  await page.getByLabel('Files to import').setInputFiles({ name: 'old.jsonl', mimeType: 'application/jsonl', buffer: Buffer.from(toJsonLines(logEvents(25))) });
  await field(page, 'Tenant').fill('old-logs');
  await next(page, 'Import 1 file');
  await expect(page.getByRole('complementary', { name: 'In memory only' })).toContainText('closing Tenantscope loses old-logs');
  await navigate(page, '/t/old-logs/timeline');
  await expectTotal(page, 25);
  await page.close();
  await host.stop();
  expect(host.talk()).toContain('In memory only, and gone now: old-logs');
  expect(filesOf(dataDir)).toEqual(before);
});
