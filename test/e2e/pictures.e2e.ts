import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startSimulator } from '../auth0-simulator/index';
import { expect, test } from './application';
import { fillAndCheck, rightFor } from './connect-wizard';
import { choose, drawer, rows } from './timeline-page';

const folder = join(import.meta.dirname, '../../docs/pictures');

async function take(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  // What Playwright changes for a picture by itself breaks the page's content security policy.
  await page.screenshot({ path: join(folder, `${name}.png`), caret: 'initial', animations: 'allow' });
}

// Only when asked for, so that ordinary runs leave the tree as it was.
if (process.env['TENANTSCOPE_PICTURES'] === '1') {
  test.use({ viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1 });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`a picture of the timeline, ${colorScheme}`, async ({ page, sampleHost, enter }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      // A morning on which much happened.
      await enter(sampleHost, '/t/sample/timeline?at=2026-11-11T10%3A11%3A07.000Z');
      await expect(rows(page).first()).toBeVisible();
      await expect(page.getByRole('group', { name: 'Outcome' })).toContainText(/Failure\d/);
      await take(page, `timeline-${colorScheme}`);
    });
  }

  test('a picture of an event', async ({ page, sampleHost, enter }) => {
    await enter(sampleHost, '/t/sample/timeline?outcome=failure');
    await choose(page, 'Connection filter', 'birch-freight-saml');
    await rows(page).nth(3).getByRole('gridcell').nth(2).click();
    await expect(drawer(page).getByRole('tabpanel')).toContainText('User agent');
    await page.mouse.move(640, 790);
    await take(page, 'event');
  });

  test('a picture of the connect wizard', async ({ page, sampleHost, enter }) => {
    const simulator = await startSimulator({ events: { count: 20 }, domain: 'acme.eu.auth0.com', scopes: ['read:logs', 'read:users', 'read:connections', 'read:organizations', 'update:users'] });
    await enter(sampleHost, '/connect');
    await fillAndCheck(page, rightFor(simulator));
    await expect(page.getByRole('heading', { name: 'The log can be read' })).toBeVisible();
    await take(page, 'connect');
    await simulator.stop();
  });

  test('a picture of the first screen', async ({ page, sampleHost, enter }) => {
    await enter(sampleHost, '/welcome');
    await expect(page.getByText('Restore a backup')).toBeVisible();
    await take(page, 'welcome');
  });
}
