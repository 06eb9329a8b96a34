import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startSimulator } from '../auth0-simulator/index';
import type { Simulator } from '../auth0-simulator/index';
import { ask, expect, expectAccessible, navigate, passphrase, test } from './application';
import { rightFor } from './connect-wizard';
import { rows } from './timeline-page';

const open: { readonly end: () => unknown }[] = [];
test.afterEach(async () => { for (const thing of open.splice(0).reverse()) await thing.end(); });

async function simulated(domain: string): Promise<Simulator> {
  const simulator = await startSimulator({ domain, events: { count: 60 } });
  open.push({ end: () => simulator.stop() });
  return simulator;
}

/** A folder that opens by itself at every start. */
function folderOptions(): { readonly dataDir: string; readonly env: Readonly<Record<string, string>> } {
  const folder = mkdtempSync(join(tmpdir(), 'tenantscope-e2e-'));
  open.push({ end: () => { rmSync(folder, { recursive: true, force: true }); } });
  return { dataDir: join(folder, 'data'), env: { TENANTSCOPE_PASSPHRASE: passphrase } };
}

const rail = (page: Page) => page.getByRole('navigation', { name: 'Tenants and screens' });
const widthOf = async (page: Page): Promise<number> => (await rail(page).boundingBox())?.width ?? 0;

test('the tenant looked at last and a narrow navigation are there at the next start, on another port; a tenant that is gone is passed over', async ({ page, start, enter }) => {
  test.setTimeout(120_000);
  const [alpha, beta] = [await simulated('alpha.eu.auth0.com'), await simulated('beta.eu.auth0.com')];
  const options = folderOptions();
  const first = await start(options);
  await enter(first);
  await ask(page, 'vault.setUp', { passphrase });
  for (const simulator of [alpha, beta]) {
    await ask(page, 'tenant.connect', rightFor(simulator));
    await ask(page, 'tenant.sync', { tenant: simulator.domain });
  }
  await page.reload();
  await navigate(page, `/t/${beta.domain}/timeline`);
  await expect(rows(page).first()).toBeVisible();
  const wide = await widthOf(page);
  await rail(page).getByRole('button', { name: 'Collapse the navigation' }).click();
  await expect.poll(() => widthOf(page)).toBeLessThan(wide / 2);
  await expect.poll(() => ask(page, 'settings.read', {})).toMatchObject({ lastTenant: beta.domain, layout: { rail: 'narrow' } });
  await page.goto('about:blank');
  await first.stop();

  const second = await start(options);
  await enter(second);
  await expect(page).toHaveURL(/#\/t\/beta\.eu\.auth0\.com\/timeline$/);
  await expect(rows(page).first()).toBeVisible();
  expect(await widthOf(page)).toBeLessThan(wide / 2);
  await ask(page, 'tenant.forget', { tenant: beta.domain });
  expect(await ask(page, 'settings.read', {})).toMatchObject({ lastTenant: null, layout: { rail: 'narrow' } });
  await page.goto('about:blank');
  await second.stop();

  await enter(await start(options));
  await expect(page).toHaveURL(/#\/t\/alpha\.eu\.auth0\.com\/timeline$/);
  await expect(rows(page).first()).toBeVisible();
});

test('a sync that failed is shown as failed after a restart, and the plan of a tenant says after how long that is told', async ({ page, start, enter }) => {
  test.setTimeout(120_000);
  const simulator = await simulated('gamma.eu.auth0.com');
  const options = folderOptions();
  const first = await start(options);
  await enter(first);
  await ask(page, 'vault.setUp', { passphrase });
  await ask(page, 'settings.write', { syncEveryMinutes: 0 });
  await ask(page, 'tenant.connect', rightFor(simulator));
  simulator.setSecret('another');
  simulator.expireTokens();
  await expect(ask(page, 'tenant.sync', { tenant: simulator.domain })).rejects.toThrow('auth0.credentials-rejected');
  const before = await ask(page, 'sync.states', {});
  await page.goto('about:blank');
  await first.stop();

  await enter(await start(options), '/settings/sync');
  const table = page.getByRole('region', { name: 'Syncs by tenant' });
  await expect(table).toContainText('Failed');
  await expect(table).toContainText('Auth0 rejected these credentials');
  const [after] = (await ask(page, 'sync.states', {})).tenants;
  expect(after).toMatchObject({ state: 'failed', lastFinishedAt: before.tenants[0]?.lastFinishedAt, nextAt: null });
  const main = page.getByRole('main');
  await expect(main).toContainText('Told after 6 hours of failing syncs.');
  await page.getByRole('combobox', { name: `Auth0 keeps the log of ${simulator.domain}` }).click();
  await page.getByRole('option', { name: '10 days (Professional)' }).click();
  await expect(main).toContainText('Told after 2.5 days of failing syncs.');
  await expect.poll(async () => (await ask(page, 'settings.read', {})).planRetention).toEqual({ [simulator.domain]: 10 });
  await expectAccessible(page);
});
