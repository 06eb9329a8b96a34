import type { Locator, Page } from '@playwright/test';
import { askedByAddress, distinctIn } from './activity-page';
import { ask, expect, expectAccessible, navigate, sampleNow, test } from './application';
import { expectTotal } from './timeline-page';

const timeZone = 'Europe/Berlin';
const inEnglish = (value: unknown): string => Number(value).toLocaleString('en-GB');
const months = (page: Page): Locator => page.getByRole('region', { name: 'Months' }).getByRole('table');
const card = (page: Page, name: string): Locator => page.getByRole('main').locator('div').filter({ has: page.getByRole('heading', { level: 2, name, exact: true }) }).last();

test('every number of a month opens the timeline of that month, with as many events or users behind it', async ({ page, sampleHost, enter }) => {
  await enter(sampleHost, `/t/sample/usage?timeZone=${encodeURIComponent(timeZone)}`);
  const { rows } = await ask(page, 'view.read', { tenant: 'sample', view: 'usage', params: { timeZone: [timeZone] }, size: 100 });
  await expect(months(page).locator('tbody tr')).toHaveCount(rows.length);
  for (const [at, row] of [...rows].reverse().entries()) {
    for (const [place, name] of (['activeUsers', 'm2mTokens', 'rateLimitEvents'] as const).entries()) {
      await months(page).locator('tbody tr').nth(at).getByRole('cell').nth(place).getByRole('link').click();
      await expect(page).toHaveURL(/\/timeline\?/);
      const total = (await ask(page, 'view.read', { tenant: 'sample', view: 'audit-timeline', params: askedByAddress(page), size: 1 })).total ?? -1;
      await expectTotal(page, total);
      if (name === 'activeUsers') expect(await distinctIn(page, 'sample', 'user')).toBe(row[name]);
      else if (name === 'rateLimitEvents') expect(total).toBe(row[name]);
      // Tokens for the Management API are shown, and do not count.
      else expect(total).toBeGreaterThanOrEqual(Number(row[name]));
      await page.goBack();
      await expect(months(page)).toBeVisible();
    }
  }
});

test('usage shows the counts of its view month by month, and a limit that is typed warns and holds after a reload', async ({ page, start, enter }) => {
  // A host of its own: the limit is stored in its settings.
  await enter(await start({ words: ['--tenant', 'sample'], env: { TENANTSCOPE_NOW: sampleNow } }), `/t/sample/usage?timeZone=${encodeURIComponent(timeZone)}`);
  await expect(page).toHaveTitle('Usage · sample · Tenantscope');
  const { rows } = await ask(page, 'view.read', { tenant: 'sample', view: 'usage', params: { timeZone: [timeZone] }, size: 100 });
  const latest = rows.at(-1) ?? {};
  const names = [['activeUsers', 'Active users'], ['m2mTokens', 'Machine-to-machine tokens'], ['rateLimitEvents', 'Rate-limit events']] as const;
  await expect(months(page).locator('tbody tr')).toHaveCount(rows.length);
  for (const [at, row] of [...rows].reverse().entries()) {
    await expect(months(page).locator('tbody tr').nth(at).getByRole('cell')).toContainText(names.map(([name]) => inEnglish(row[name])));
  }
  for (const [name, label] of names) {
    await expect(card(page, label)).toContainText(`${inEnglish(latest[name])} this month`);
    await expect(card(page, label)).toContainText(`About ${inEnglish(latest[`${name}Forecast`])} by the month’s end`);
  }
  const tokens = await ask(page, 'view.read', { tenant: 'sample', view: 'm2m-tokens', params: { timeZone: [timeZone] }, size: 100 });
  const table = page.getByRole('region', { name: 'Machine-to-machine tokens by application and API' }).getByRole('table');
  await expect(table.locator('tbody tr')).toHaveCount(tokens.rows.length);
  await expect(table.locator('tbody tr').first()).toContainText(`${String(tokens.rows[0]?.['applicationName'])}${String(tokens.rows[0]?.['audience'])}${inEnglish(tokens.rows[0]?.['tokens'])}`);

  const users = card(page, 'Active users');
  await users.getByRole('button', { name: 'Set the plan’s limit' }).click();
  const field = page.getByRole('textbox', { name: 'Limit of active users a month' });
  await field.fill('many');
  await expect(users).toContainText('A whole number, or nothing.');
  const limit = Math.ceil(Number(latest['activeUsers']) / 0.85);
  await field.fill(inEnglish(limit));
  await page.keyboard.press('Enter');
  const expectWarned = async (): Promise<void> => {
    await expect(users).toContainText(`of ${inEnglish(limit)} this month, 85%`);
    await expect(users).toContainText(Number(latest['activeUsersForecast']) >= limit ? 'Will pass the limit this month' : 'Over 80% of the limit');
  };
  await expectWarned();
  const tokensCard = card(page, 'Machine-to-machine tokens');
  await tokensCard.getByRole('button', { name: 'Set the plan’s limit' }).click();
  await page.getByRole('textbox', { name: /tokens a month$/ }).fill('many');
  await expect(tokensCard).toContainText('A whole number, or nothing.');
  // All at once: cards with a limit, with one that is wrong, and without.
  await expectAccessible(page);
  await page.reload();
  await expectWarned();
  await users.getByRole('button', { name: `Limit ${inEnglish(limit)}` }).click();
  await field.fill('');
  await page.keyboard.press('Enter');
  await expect(users).not.toContainText('limit this month');
  await expect(users.getByRole('button', { name: 'Set the plan’s limit' })).toBeVisible();
  await navigate(page, `/t/sample/usage?${new URLSearchParams({ from: '2020-01-01', to: '2020-02-01' }).toString()}`);
  // A limit is one of a month: months stay whole, and only the tokens go by the range.
  await expect(page.getByRole('main').getByText('No tokens')).toBeVisible();
  await expect(months(page).locator('tbody tr')).toHaveCount(rows.length);
});
