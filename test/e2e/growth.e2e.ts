import type { Locator, Page } from '@playwright/test';
import { askedByAddress, distinctIn, moveTo, numberIn } from './activity-page';
import { ask, expect, expectAccessible, test } from './application';
import { chips, expectTotal } from './timeline-page';

type Period = { readonly active: number; readonly new: number; readonly retained: number; readonly resurrected: number; readonly churned: number };

const timeZone = 'Europe/Berlin';
const address = (params: Readonly<Record<string, string>> = {}): string => `/t/sample/growth?${new URLSearchParams({ timeZone, ...params }).toString()}`;
const table = (page: Page): Locator => page.getByRole('region', { name: 'Period by period' }).getByRole('table');
const names = ['active', 'new', 'retained', 'resurrected', 'churned'] as const;

/** The table of periods as it is read, oldest first. */
async function shownPeriods(page: Page): Promise<readonly Period[]> {
  const lines = await table(page).locator('tbody tr').evaluateAll(rows => rows.map(row => [...row.querySelectorAll('td')].slice(0, 5).map(cell => cell.textContent)));
  return lines.reverse().map(cells => Object.fromEntries(names.map((name, index) => [name, numberIn(cells[index] ?? null)])) as Period);
}

const viewOf = (page: Page, grain: string): Promise<readonly Period[]> =>
  ask(page, 'view.read', { tenant: 'sample', view: 'growth', params: { grain: [grain], timeZone: [timeZone] }, size: 1_000 }).then(({ rows }) => rows as unknown as readonly Period[]);

test('the table of growth is that of its view and adds up, by day, week and month', async ({ page, sampleHost, enter }) => {
  await enter(sampleHost, address());
  await expect(page).toHaveTitle('Growth · sample · Tenantscope');
  for (const grain of ['week', 'month', 'day']) {
    await page.getByRole('radio', { name: grain, exact: false }).filter({ hasText: new RegExp(`^${grain}$`, 'i') }).click();
    const wanted = await viewOf(page, grain);
    await expect(table(page).locator('tbody tr')).toHaveCount(wanted.length);
    const shown = await shownPeriods(page);
    expect(shown).toEqual(wanted.map(row => Object.fromEntries(names.map(name => [name, row[name]]))));
    for (const [at, period] of shown.entries()) {
      expect(period.active).toBe(period.new + period.retained + period.resurrected);
      const before = shown[at - 1];
      if (before !== undefined) expect(before.active).toBe(period.retained + period.churned);
    }
  }
  await expect(page).toHaveURL(/grain=day/);
});

test('a bar of growth opens the timeline of its period, where the active users are those that it counted', async ({ page, sampleHost, enter }) => {
  await enter(sampleHost, address());
  await expect(table(page)).toBeVisible();
  await expect(page.locator('main svg path').first()).toBeAttached();
  await expectAccessible(page);
  const wanted = (await viewOf(page, 'week'))[5];
  const said = await moveTo(page, 'Growth', 5);
  expect(numberIn(/Active ([\d,]+)/.exec(said)?.[1] ?? null)).toBe(wanted?.active);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/timeline\?/);
  const params = new URLSearchParams(page.url().replace(/^[^?]*\?/, ''));
  const behind = { from: params.getAll('from'), to: params.getAll('to'), category: params.getAll('category'), outcome: params.getAll('outcome'), timeZone: params.getAll('timeZone') };
  const users = await ask(page, 'view.read', { tenant: 'sample', view: 'facets', params: { ...behind, field: ['user'], limit: ['5000'] }, size: 5_000 });
  expect(users.rows.filter(row => row['value'] !== '' && row['value'] !== null)).toHaveLength(wanted?.active ?? -1);
  await expectTotal(page, (await ask(page, 'view.read', { tenant: 'sample', view: 'audit-timeline', params: behind, size: 1 })).total ?? -1);
});

test('what is opened reaches no further than the range, and has as many users as were active', async ({ page, sampleHost, enter }) => {
  // A Wednesday to a Thursday: the first and the last week are cut.
  const range = { from: '2026-10-07', to: '2026-10-29' };
  await enter(sampleHost, address(range));
  await expect(table(page)).toBeVisible();
  const { rows } = await ask(page, 'view.read', { tenant: 'sample', view: 'growth', params: { from: [range.from], to: [range.to], grain: ['week'], timeZone: [timeZone] }, size: 100 });
  expect(rows.length).toBe(4);
  for (const [at, row] of rows.entries()) {
    const ways = at % 2 === 0
      ? async (): Promise<void> => { await moveTo(page, 'Growth', at); await page.keyboard.press('Enter'); }
      : async (): Promise<void> => { await table(page).locator('tbody tr').nth(rows.length - 1 - at).getByRole('link').click(); };
    await ways();
    await expect(page).toHaveURL(/\/timeline\?/);
    expect(await distinctIn(page, 'sample', 'user')).toBe(row['active']);
    const { from, to } = askedByAddress(page);
    expect([from?.[0] ?? '', to?.[0] ?? ''].every(day => day >= range.from && day <= range.to), `${String(from)} ${String(to)}`).toBe(true);
    await page.goBack();
    await expect(table(page)).toBeVisible();
  }
});

test('organizations and connections open the timeline of their own, within the same range, and the quiet ones can be sieved', async ({ page, sampleHost, enter }) => {
  const range = { from: '2026-10-05', to: '2026-11-02' };
  await enter(sampleHost, address(range));
  const asked = { from: [range.from], to: [range.to], timeZone: [timeZone] };
  for (const [label, view, param, key] of [['Organizations', 'organizations', 'organization', 'organizationId'], ['Connections', 'connections', 'connection', 'connectionId']] as const) {
    const { rows } = await ask(page, 'view.read', { tenant: 'sample', view, params: asked, size: 500 });
    const list = page.getByRole('grid', { name: label });
    await expect(list).toHaveAttribute('aria-rowcount', String(rows.length + 1));
    const value = String(rows[1]?.[key]);
    await list.locator('[aria-rowindex="3"]').getByRole('gridcell').first().click();
    await expect(page).toHaveURL(/\/timeline\?/);
    await expect(chips(page)).toContainText(label.slice(0, -1));
    await expectTotal(page, (await ask(page, 'view.read', { tenant: 'sample', view: 'audit-timeline', params: { ...asked, [param]: [value] }, size: 1 })).total ?? -1);
    await page.goBack();
  }
  await page.getByRole('radio', { name: 'Only quiet ones' }).click();
  const quiet = (await ask(page, 'view.read', { tenant: 'sample', view: 'organizations', params: asked, size: 500 })).rows.filter(row => row['quiet'] === true);
  if (quiet.length === 0) await expect(page.getByText('Every organization had an active member')).toBeVisible();
  else await expect(page.getByRole('grid', { name: 'Organizations' })).toHaveAttribute('aria-rowcount', String(quiet.length + 1));
  await expect(page).toHaveURL(/quiet=only/);
});
