import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startSimulator } from '../auth0-simulator/index';
import { expectDrawn } from './activity-page';
import { ask, expect, navigate, sampleNow, test } from './application';
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
      // The morning on which much happened, newest first.
      await enter(sampleHost, '/t/sample/timeline?to=2026-11-11T10%3A11%3A07.000Z');
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

  test('pictures of activity and of growth', async ({ page, sampleHost, enter }) => {
    await enter(sampleHost, '/t/sample/activity?from=2026-10-05&to=2026-11-02');
    await expectDrawn(page);
    await expect(page.getByRole('slider').locator('svg')).toHaveCount(6);
    await take(page, 'activity');
    await navigate(page, '/t/sample/growth');
    await expect(page.getByRole('region', { name: 'Period by period' })).toBeVisible();
    await expect(page.locator('main svg path').first()).toBeAttached();
    await take(page, 'growth');
  });

  test('a picture of the cohorts, with the members behind a cell', async ({ page, sampleHost, enter }) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await enter(sampleHost, '/t/sample/cohorts');
    await page.getByRole('gridcell', { name: /^Cohort 5 – 11 Oct 2026, week 2:/ }).dispatchEvent('click');
    await expect(page.getByRole('complementary').getByRole('gridcell').first()).toBeVisible();
    await take(page, 'cohorts');
  });

  test('a picture of usage, with limits of a plan', async ({ page, start, enter }) => {
    await enter(await start({ words: ['--tenant', 'sample'], env: { TENANTSCOPE_NOW: sampleNow } }));
    await ask(page, 'settings.write', { planLimits: { sample: { activeUsers: 2_400, m2mTokens: 7_000 } } });
    await navigate(page, '/t/sample/usage');
    await page.reload();
    await expect(page.getByText('Will pass the limit this month')).toBeVisible();
    await take(page, 'usage');
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
