import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { seededRandom } from '../builders/seeded-random';
import { ask, expect, expectAccessible, navigate, test } from './application';
import { parseCsv } from './parse-csv';

type Cell = { readonly cohortStart: string; readonly size: number; readonly period: number; readonly active: number | null; readonly share: number | null; readonly state: string };
type Asked = { readonly unit?: string; readonly grain?: string; readonly mode?: string; readonly birth?: string };

const timeZone = 'Europe/Berlin';
const grid = (page: Page): Locator => page.getByRole('grid', { name: 'Cohorts' });
/** The rows of cohorts, newest first; not the heads, nor the summary. */
const lines = (page: Page): Locator => grid(page).getByRole('rowgroup').nth(1).getByRole('row');
/** Behind the size stand the periods. */
const cellAt = (page: Page, row: number, period: number): Locator => lines(page).nth(row).getByRole('gridcell').nth(period + 1);
const members = (page: Page): Locator => page.getByRole('complementary', { name: /^Cohort / });
const address = (params: Readonly<Record<string, string>> = {}): string => `/t/sample/cohorts?${new URLSearchParams({ timeZone, ...params }).toString()}`;

/** The cells of the grid as the view gives them: cohorts of somebody, newest first. */
async function cohortsOf(page: Page, asked: Asked = {}): Promise<readonly (readonly Cell[])[]> {
  const params = { unit: 'user', grain: 'week', mode: 'bounded', birth: 'first-seen', periods: asked.grain === 'day' ? '15' : '13', timeZone, ...asked };
  const { rows } = await ask(page, 'view.read', { tenant: 'sample', view: 'cohorts', params: Object.fromEntries(Object.entries(params).map(([name, value]) => [name, [value]])), size: 5_000 });
  const byStart = new Map<string, Cell[]>();
  for (const row of rows as unknown as readonly Cell[]) byStart.set(row.cohortStart, [...(byStart.get(row.cohortStart) ?? []), row]);
  return [...byStart.values()].filter(cells => (cells[0]?.size ?? 0) > 0).reverse();
}

const isShown = ({ active, state }: Cell): boolean => active !== null && state !== 'future' && state !== 'uncovered';

/** What the page shows in every cell, row by row, read at once. */
const shownCells = (page: Page): Promise<readonly (readonly string[])[]> =>
  lines(page).evaluateAll(rows => rows.map(row => [...row.querySelectorAll('[role="gridcell"]')].slice(1).map(cell => cell.textContent)));

const wantedText = (cells: readonly (readonly Cell[])[], textOf: (cell: Cell) => string): readonly (readonly string[])[] =>
  cells.map(row => row.map(cell => (isShown(cell) ? textOf(cell) : cell.state === 'uncovered' ? '–' : '')));

async function expectCells(page: Page, asked: Asked, textOf: (cell: Cell) => string): Promise<readonly (readonly Cell[])[]> {
  const wanted = await cohortsOf(page, asked);
  await expect(lines(page)).toHaveCount(wanted.length);
  await expect.poll(() => shownCells(page)).toEqual(wantedText(wanted, textOf));
  return wanted;
}

const inEnglish = (value: number): string => value.toLocaleString('en-GB');
const count = ({ active }: Cell): string => inEnglish(active ?? 0);
const lost = ({ active, size }: Cell): string => inEnglish(size - (active ?? 0));

test('ten cells of the grid, in its every kind, list as many members as they count and export as many', async ({ page, sampleHost, enter }) => {
  await enter(sampleHost, address({ show: 'count' }));
  const random = seededRandom(20261121);
  const kinds: readonly (Asked & { readonly cells: number })[] = [{ cells: 4 }, { mode: 'unbounded', birth: 'signup', cells: 3 }, { grain: 'month', unit: 'organization', cells: 1 }, { grain: 'day', cells: 2 }];
  for (const { cells, ...asked } of kinds) {
    await navigate(page, address({ show: 'count', ...asked }));
    const wanted = await expectCells(page, asked, count);
    const filled = wanted.flatMap((row, at) => row.filter(cell => isShown(cell) && cell.period > 0 && (cell.active ?? 0) > 0).map(cell => ({ at, cell })));
    for (let chosen = 0; chosen < cells; chosen += 1) {
      const { at, cell } = filled[random.below(filled.length)] ?? { at: 0, cell: { period: 0, active: 0 } };
      // Not by the pointer after the first: the notes of the exports before lie over the last rows.
      if (chosen === 0) await cellAt(page, at, cell.period).click();
      else await cellAt(page, at, cell.period).dispatchEvent('click');
      await expect(members(page).getByRole('status')).toHaveText(new RegExp(`^${inEnglish(cell.active ?? 0)} (?:user|organization)s?$`));
      const downloading = page.waitForEvent('download');
      await members(page).getByRole('button', { name: 'Export CSV' }).click();
      const [header = [], ...records] = parseCsv(await readFile(await (await downloading).path(), 'utf8'));
      expect(header).toContain('lastActiveAt');
      expect(records).toHaveLength(cell.active ?? 0);
      expect(new Set(records.map(record => record[header.indexOf('id')])).size).toBe(records.length);
      await members(page).getByRole('button', { name: 'Close' }).click();
    }
  }
});

test('the grid agrees with its view in percent, count and lost, keeps its choices in the address, and a row of “or later” never rises', async ({ page, sampleHost, enter }) => {
  await enter(sampleHost, address());
  await expect(page).toHaveTitle('Cohorts · sample · Tenantscope');
  const percent = (share: number): string => new Intl.NumberFormat('en-GB', { style: 'percent', maximumFractionDigits: share > 0 && share < 0.1 ? 1 : 0 }).format(share);
  await expectCells(page, {}, cell => (cell.size < 5 ? `${count(cell)}/${inEnglish(cell.size)}` : percent(cell.share ?? 0)));
  const choose = async (group: string, option: string): Promise<void> => { await page.getByRole('radiogroup', { name: group }).getByRole('radio', { name: option, exact: true }).click(); };
  await choose('Show', 'Count');
  await expectCells(page, {}, count);
  await choose('Show', 'Lost');
  await expectCells(page, {}, lost);
  await choose('Show', 'Count');
  await choose('Active', 'Or later');
  for (const row of await expectCells(page, { mode: 'unbounded' }, count)) {
    const followed = row.filter(isShown).map(cell => cell.active ?? 0);
    expect(followed).toEqual([...followed].sort((a, b) => b - a));
  }
  await choose('Birth', 'Signup');
  await expectCells(page, { mode: 'unbounded', birth: 'signup' }, count);
  await choose('Period', 'Month');
  await choose('Cohorts of', 'Connections');
  await expect(page.getByRole('radiogroup', { name: 'Birth' })).toHaveCount(0);
  await choose('Cohorts of', 'Organizations');
  await choose('Cohorts of', 'Users');
  await choose('Period', 'Week');
  const colours = (): Promise<readonly string[]> => cellAt(page, 3, 1).evaluate(cell => [getComputedStyle(cell).backgroundColor]);
  const byGrid = await colours();
  await choose('Colours by', 'Each row');
  await expect.poll(colours).not.toEqual(byGrid);
  await expect(page).toHaveURL(/mode=unbounded.*scale=row/);
  await page.reload();
  await expect(page.getByRole('radio', { name: 'Each row' })).toBeChecked();
  await expectCells(page, { mode: 'unbounded', birth: 'signup' }, count);
});

test('keys move through the grid and open a cell, what is still to come opens nothing, and a member leads to the timeline', async ({ page, sampleHost, enter }) => {
  await enter(sampleHost, address());
  await expect(lines(page).first()).toBeVisible();
  await lines(page).first().getByRole('gridcell').last().click();
  await expect(page.getByRole('status').filter({ hasText: 'still to come' })).toBeVisible();
  await expect(members(page)).toHaveCount(0);
  await grid(page).focus();
  await page.keyboard.press('Home');
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
  await page.keyboard.press('Enter');
  await expect(members(page)).toBeVisible();
  await expect(cellAt(page, 3, 2)).toHaveAttribute('data-opened', 'true');
  await expect(page.locator('[role="status"]').filter({ hasText: /% \(95% interval \d/ })).toBeVisible();
  const [wanted] = (await cohortsOf(page)).slice(3);
  const cell = wanted?.[2];
  await expectAccessible(page);
  await members(page).getByRole('radio', { name: 'Lost' }).click();
  await expect(members(page).getByRole('status')).toHaveText(`${inEnglish((cell?.size ?? 0) - (cell?.active ?? 0))} users`);
  await members(page).getByRole('grid').getByRole('gridcell').first().click();
  await expect(page).toHaveURL(/\/timeline\?.*user=/);
});
