/** The timeline as a person reads it: its words, rows and controls, found by role and name. */
import type { Locator, Page } from '@playwright/test';
import { expect } from './application';

export const grid = (page: Page): Locator => page.getByRole('grid', { name: 'Events' });
export const rows = (page: Page): Locator => grid(page).getByRole('row').filter({ has: page.getByRole('gridcell') });
export const drawer = (page: Page): Locator => page.getByRole('complementary', { name: 'Event' });
export const chips = (page: Page): Locator => page.getByRole('list', { name: 'Active filters' });
const coverage = (page: Page): Locator => page.locator('main').getByRole('status').filter({ hasText: /\bevents?,/ });

/** Waits until the list says that it covers so many events. */
export async function expectTotal(page: Page, total: number): Promise<void> {
  await expect(coverage(page)).toHaveText(new RegExp(`^${total.toLocaleString('en-GB')} events?,`));
}

export async function shownTotal(page: Page): Promise<number> {
  const [words = ''] = /^[\d,]+/.exec(await coverage(page).textContent() ?? '') ?? [];
  return Number(words.replaceAll(',', ''));
}

/** Opens a picker of the filter bar, chooses one of its values by the start of its name, and closes it. */
export async function choose(page: Page, picker: string, value: string): Promise<void> {
  await page.getByRole('combobox', { name: picker }).click();
  await page.getByRole('combobox', { name: /^Search / }).fill(value);
  await page.getByRole('option', { name: value }).first().click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('option')).toHaveCount(0);
}

/** Scrolls until the line below the list says that a row is in sight. */
export async function scrollTo(page: Page, row: number): Promise<void> {
  await expect(async () => {
    await grid(page).evaluate((element, top) => { element.scrollTop = top; }, (row - 1) * 28);
    await expect(grid(page).locator(`[aria-rowindex="${String(row + 1)}"]`)).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
}
