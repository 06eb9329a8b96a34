import type { Page } from '@playwright/test';
import { commandLine } from '../builders/command-line';
import { logEvent, logIdFor, toJsonLines } from '../builders/log-event';
import type { RawEvent } from '../builders/log-event';
import { askedByAddress, expectDrawn } from './activity-page';
import { ask, expect, expectAccessible, navigate, test } from './application';
import { expectTotal } from './timeline-page';

const tenant = 'many.example.com';
const dayMs = 86_400_000;
const days = 400;
const organizations = 10_000;
const connections = 500;
const applications = 300;
const types = ['s', 's', 'ss', 'fp', 's', 'f', 'seccft'] as const;
const strategies = ['samlp', 'oidc', 'waad', 'okta'] as const;

const open: { readonly end: () => void }[] = [];
test.afterEach(() => { for (const thing of open.splice(0)) thing.end(); });

/** Three events of every organization, spread over more than a year. */
function events(): readonly RawEvent[] {
  const count = 3 * organizations;
  const start = Date.UTC(2025, 9, 10);
  return Array.from({ length: count }, (_none, index) => {
    const at = start + Math.floor((index * days * dayMs) / count);
    const organization = (index * 7) % organizations;
    const connection = organization % connections;
    const type = types[index % types.length] ?? 's';
    const common = { date: new Date(at).toISOString(), log_id: logIdFor(at, index), _id: undefined, type };
    if (type === 'seccft') {
      const application = index % applications;
      return logEvent(index, { ...common, user_id: '', user_name: '', connection: undefined, connection_id: undefined, strategy: undefined, client_id: `job_${String(application)}`, client_name: `Nightly export ${String(application)}`, audience: 'https://api.example.com/' });
    }
    return logEvent(index, {
      ...common, user_id: `samlp|${String(organization)}|${String(index % 2)}`, user_name: `somebody@customer-${String(organization)}.example.com`,
      connection: `customer-${String(connection)}-with-a-rather-long-name`, connection_id: `con_${String(connection)}`, strategy: strategies[connection % 4],
      organization_id: `org_${String(organization)}`, organization_name: `customer-${String(organization)}`,
    });
  });
}

/** Pairs of labels of the charts that lie over each other. */
const overlappingLabels = (page: Page): Promise<readonly string[]> => page.evaluate(() => [...document.querySelectorAll('main [role="slider"] svg')].flatMap(svg => {
  const boxes = [...svg.querySelectorAll('text')].map(text => ({ text: text.textContent, box: text.getBoundingClientRect() })).filter(({ box }) => box.width > 0);
  return boxes.flatMap((one, at) => boxes.slice(at + 1).filter(({ box }) => box.left < one.box.right && one.box.left < box.right && box.top < one.box.bottom && one.box.top < box.bottom).map(({ text }) => `${one.text} / ${text}`));
}));

/** What would push everything else away: page higher than some screens, wider than the window, a legend of many lines. */
async function expectFits(page: Page): Promise<void> {
  await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0);
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect(await overlappingLabels(page)).toEqual([]);
  const sizes = await page.evaluate(() => ({
    beyond: document.documentElement.scrollWidth - window.innerWidth, height: document.querySelector('main')?.scrollHeight ?? 0, elements: document.querySelectorAll('main *').length,
    legends: Math.max(0, ...[...document.querySelectorAll('main [aria-label="Legend"]')].map(legend => legend.getBoundingClientRect().height)),
  }));
  expect(sizes.beyond).toBeLessThanOrEqual(0);
  expect(sizes.height).toBeLessThan(4_000);
  expect(sizes.legends).toBeLessThan(64);
  expect(sizes.elements).toBeLessThan(25_000);
}

test('a year of 500 connections and 10,000 organizations draws sensibly on every screen', async ({ page, start, enter }) => {
  test.setTimeout(180_000);
  const cli = commandLine();
  open.push(cli);
  await cli.run(['import', '--tenant', tenant, cli.file('many.jsonl', toJsonLines(events()))]);
  await enter(await start({ dataDir: cli.dataDir, env: { TENANTSCOPE_PASSPHRASE: 'a passphrase for tests' } }));
  for (const width of [1280, 1920]) {
    await page.setViewportSize({ width, height: 900 });
    for (const grain of ['day', 'week', 'month']) {
      await navigate(page, `/t/${tenant}/activity?grain=${grain}`);
      await expectDrawn(page);
      await expect(page.getByRole('slider').first()).toHaveAttribute('aria-label', new RegExp(`\\d ${grain}s,`));
      await expectFits(page);
      await navigate(page, `/t/${tenant}/growth?grain=${grain}`);
      await expect(page.getByText(/^10,000 organizations, [\d,]+ quiet/)).toBeVisible({ timeout: 30_000 });
      await expect(page.getByText(/^500 connections, [\d,]+ quiet/)).toBeVisible();
      await expect(page.getByRole('slider', { name: new RegExp(`\\d ${grain}s,`) }).locator('svg path').first()).toBeAttached();
      await expectFits(page);
    }
    await navigate(page, `/t/${tenant}/usage`);
    await expect(page.getByText('275 more')).toBeVisible({ timeout: 30_000 });
    await expectFits(page);
  }
  const shares = await page.getByRole('region', { name: /^Machine-to-machine tokens by/ }).locator('tr td:last-child').allTextContents();
  expect(shares).toHaveLength(26);
  expect(shares.reduce((sum, share) => sum + Number(share.replace('%', '')), 0)).toBeCloseTo(100, -1);

  await navigate(page, `/t/${tenant}/growth`);
  const list = page.getByRole('grid', { name: 'Organizations' });
  await expect(list).toHaveAttribute('aria-rowcount', String(organizations + 1));
  expect(await list.getByRole('row').count()).toBeLessThan(60);
  await list.focus();
  await page.keyboard.press('End');
  await expect(list.locator(`[aria-rowindex="${String(organizations + 1)}"]`)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/timeline\?.*organization=org_/);
  await expectTotal(page, (await ask(page, 'view.read', { tenant, view: 'audit-timeline', params: askedByAddress(page), size: 1 })).total ?? -1);
});

test('cohorts of a year, of 500 connections and of 10,000 organizations draw sensibly, by day, week and month', async ({ page, start, enter }) => {
  test.setTimeout(180_000);
  const cli = commandLine();
  open.push(cli);
  await cli.run(['import', '--tenant', tenant, cli.file('many.jsonl', toJsonLines(events()))]);
  await enter(await start({ dataDir: cli.dataDir, env: { TENANTSCOPE_PASSPHRASE: 'a passphrase for tests' } }));
  for (const unit of ['user', 'connection', 'organization']) {
    for (const grain of ['day', 'week', 'month']) {
      await navigate(page, `/t/${tenant}/cohorts?unit=${unit}&grain=${grain}`);
      await expect(page.getByRole('grid', { name: 'Cohorts' }).getByRole('columnheader', { name: new RegExp(`^${grain} 0$`, 'i') })).toBeVisible({ timeout: 30_000 });
      await expectFits(page);
    }
  }
  await navigate(page, `/t/${tenant}/cohorts?unit=organization&grain=month&show=count`);
  const cells = page.getByRole('grid', { name: 'Cohorts' }).getByRole('rowgroup').nth(1).getByRole('row').last().getByRole('gridcell');
  await expect(cells.first()).toBeVisible();
  await cells.nth(1).click();
  await expect(page.getByRole('complementary', { name: /^Cohort / }).getByRole('status')).toHaveText(/^[\d,]+ organizations/);
  await expectAccessible(page, '[aria-label="Cohorts"]');
});
