import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator } from '../auth0-simulator/index';
import type { Simulator } from '../auth0-simulator/index';
import { ask, expect, expectAccessible, navigate, passphrase, test } from './application';
import { field, fillAndCheck, next, protect, rightFor } from './connect-wizard';
import { parseCsv } from './parse-csv';
import { choose, drawer, expectTotal, rows } from './timeline-page';

const eventCount = 2500;
const clientSecret = 'canary-secret-of-the-tests-7c1e';
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

const filesOf = (folder: string): readonly string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(name => join(folder, name)).filter(path => statSync(path).isFile());

test('a tenant is connected, synced with progress, stopped, resumed, and stays readable when Auth0 has gone', async ({ page, start, enter }) => {
  test.setTimeout(120_000);
  const simulator = await simulated();
  const dataDir = dataFolder();
  const host = await start({ dataDir });
  await enter(host);
  await expect(page).toHaveURL(/#\/welcome$/);
  await page.getByRole('navigation', { name: 'Ways to begin' }).getByRole('link', { name: /Connect a tenant/ }).click();
  await fillAndCheck(page, rightFor(simulator));
  await expect(page.getByRole('heading', { name: 'The log can be read' })).toBeVisible();
  expect(await ask(page, 'vault.state', {})).toMatchObject({ state: 'none' });
  await next(page, 'Continue');
  await expectAccessible(page);
  await next(page, 'Continue');
  await expect(page.getByRole('main')).toContainText('Use at least 8 characters.');
  const recoveryKey = await protect(page, 'Continue');
  expect(recoveryKey).toMatch(/^\S{20,}$/);
  await expectAccessible(page);
  // Slow enough to be watched and stopped.
  simulator.fault({ kind: 'delay', ms: 1_500 });
  await next(page, 'Connect');
  await expect(page.getByRole('heading', { name: `${simulator.domain} is connected` })).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('main')).toContainText(/[\d,]+ events read/);
  await expectAccessible(page);
  await next(page, 'Open the timeline');

  // What is stored while the list is looked at waits behind a button, and moves no row.
  await expect(page.getByRole('button', { name: /new events? — show/ })).toBeVisible();
  await page.getByRole('group', { name: 'Sync' }).getByRole('button', { name: /read|Syncing/ }).click();
  const details = page.getByRole('dialog', { name: 'Sync' });
  await expect(details).toContainText('Reading the log');
  await expect(details).toContainText(/Rate\d+ a second/);
  await expectAccessible(page);
  await details.getByRole('button', { name: 'Stop' }).click();
  await expect(details.getByRole('button', { name: /Sync now|Try again/ })).toBeVisible();
  await page.keyboard.press('Escape');
  const { tenants: [stopped] } = await ask(page, 'archive.status', { tenant: simulator.domain });
  expect(stopped?.events).toBeGreaterThan(0);
  expect(stopped?.events).toBeLessThan(eventCount);

  simulator.fault(null);
  const askedBefore = simulator.counts.pages;
  await page.getByRole('group', { name: 'Sync' }).getByRole('button', { name: 'Sync', exact: true }).click();
  const stored = eventCount - (stopped?.events ?? 0);
  await expect(page.getByText(`${stored.toLocaleString('en-GB')} new events stored`)).toBeVisible({ timeout: 30_000 });
  // It went on where it stood: no page was read again.
  expect(simulator.counts.pages - askedBefore).toBeLessThanOrEqual(Math.ceil(stored / 100) + 3);
  await page.getByRole('button', { name: 'Show them' }).click();
  await expectTotal(page, eventCount);
  const { tenants: [synced] } = await ask(page, 'archive.status', { tenant: simulator.domain });
  expect(synced).toMatchObject({ events: eventCount, digest: simulator.digest(), contentDigest: simulator.contentDigest() });

  await simulator.stop();
  open.shift();
  await page.reload();
  await expectTotal(page, eventCount);
  await page.getByRole('searchbox', { name: 'Search events' }).fill('example.com');
  await expect(page).toHaveURL(/q=example\.com/);
  await choose(page, 'Application filter', 'Portal');
  await rows(page).first().getByRole('gridcell').nth(2).click();
  await drawer(page).getByRole('tab', { name: 'Raw text' }).click();
  await expect(drawer(page).getByRole('tabpanel')).toContainText('"log_id"');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Clear all' }).click();
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const downloading = page.waitForEvent('download');
  await page.getByRole('dialog', { name: 'Export events' }).getByRole('button', { name: /^Export [\d,]+ events$/ }).click();
  expect(parseCsv(await readFile(await (await downloading).path(), 'utf8'))).toHaveLength(eventCount + 1);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByRole('group', { name: 'Sync' }).getByRole('button', { name: 'Sync', exact: true }).click();
  await expect(page.getByText('cannot be reached').first()).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: 'The last sync failed: details' }).click();
  await expect(details).toContainText('auth0.unreachable');
  await expectAccessible(page);

  for (const secret of [clientSecret, recoveryKey, passphrase]) expect(await page.content()).not.toContain(secret);
  expect(host.talk()).not.toContain(clientSecret);
  for (const path of filesOf(dataDir)) {
    const bytes = readFileSync(path);
    for (const secret of [clientSecret, passphrase, recoveryKey, 'log_id']) expect(bytes.includes(secret), `${path} holds ${createHash('sha256').update(secret).digest('hex').slice(0, 8)}`).toBe(false);
  }
});

test('a sync that somebody else began is stopped from the page', async ({ page, start, enter }) => {
  const simulator = await simulated();
  await enter(await start());
  await ask(page, 'vault.setUp', { passphrase });
  await ask(page, 'tenant.connect', rightFor(simulator));
  simulator.fault({ kind: 'delay', ms: 600 });
  await navigate(page, `/t/${simulator.domain}/timeline`);
  await page.reload();
  await expect(page.getByRole('group', { name: 'Sync' }).getByRole('button', { name: 'Sync', exact: true })).toBeVisible();
  const elsewhere = ask(page, 'tenant.sync', { tenant: simulator.domain }).catch((error: unknown) => String(error));
  await page.getByRole('group', { name: 'Sync' }).getByRole('button', { name: /read|Syncing/ }).click();
  const details = page.getByRole('dialog', { name: 'Sync' });
  await details.getByRole('button', { name: 'Stop' }).click();
  await expect(details.getByRole('button', { name: 'Sync now' })).toBeVisible();
  expect(await elsewhere).toContain('operation.cancelled');
});

test('a folder that was protected is locked at the next start, and opens by its passphrase or its recovery key alone', async ({ page, start, enter }) => {
  test.setTimeout(90_000);
  const simulator = await simulated();
  const dataDir = dataFolder();
  const first = await start({ dataDir });
  await enter(first, '/connect');
  await fillAndCheck(page, rightFor(simulator));
  await next(page, 'Continue');
  const recoveryKey = await protect(page, 'Continue');
  await next(page, 'Connect');
  await next(page, 'Open the timeline');
  await expect.poll(async () => (await ask(page, 'archive.status', { tenant: simulator.domain })).tenants[0]?.events, { timeout: 20_000 }).toBe(eventCount);
  await page.goto('about:blank');
  await first.stop();

  for (const [secret, wrong] of [[passphrase, 'not the passphrase'], [recoveryKey, recoveryKey.replace(/.$/, 'x')]] as const) {
    const host = await start({ dataDir });
    await enter(host);
    await expect(page.getByRole('heading', { name: 'The archive is locked' })).toBeVisible();
    await expectAccessible(page);
    await navigate(page, `/t/${simulator.domain}/timeline?type=s`);
    await expect(page.getByRole('heading', { name: 'The archive is locked' })).toBeVisible();
    const secretField = field(page, 'Passphrase or recovery key');
    await secretField.fill(wrong);
    await page.getByRole('button', { name: 'Unlock' }).click();
    await expect(page.getByRole('main')).toContainText('This does not open the archive.', { timeout: 20_000 });
    await expect(secretField).toBeFocused();
    await secretField.fill(secret);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/timeline\?type=s$/, { timeout: 20_000 });
    await expect(rows(page).first()).toBeVisible();
    await page.goto('about:blank');
    await host.stop();
  }
});
