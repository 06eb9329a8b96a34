/** The activity screen as a person reads it: its tiles, charts and rankings, found by role and name. */
import type { Locator, Page } from '@playwright/test';
import { ask, expect } from './application';

export const tileValue = (page: Page, metric: string): Locator => page.locator(`[data-metric="${metric}"]`);
export const chart = (page: Page, title: string): Locator => page.getByRole('region', { name: title, exact: true }).getByRole('slider');
export const ranking = (page: Page, title: string): Locator => page.getByRole('region', { name: title, exact: true }).getByRole('list', { name: title });

/** `12,431` as a number. */
export const numberIn = (text: string | null): number => Number((text ?? '').replaceAll(',', ''));

/** Waits until every tile and every chart is drawn. */
export async function expectDrawn(page: Page): Promise<void> {
  await expect(tileValue(page, 'logins')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('slider')).toHaveCount(6);
  await expect(page.locator('main svg[width][height] path').first()).toBeAttached();
  await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0);
}

/** Moves the cursor of a chart to a bucket by keys; returns what is said of it. */
export async function moveTo(page: Page, title: string, bucket: number): Promise<string> {
  await chart(page, title).focus();
  await page.keyboard.press('Home');
  for (let at = 0; at < bucket; at += 1) await page.keyboard.press('ArrowRight');
  await expect(chart(page, title)).toHaveAttribute('aria-valuenow', String(bucket));
  return await chart(page, title).getAttribute('aria-valuetext') ?? '';
}

const filterNames: readonly string[] = ['from', 'to', 'timeZone', 'type', 'outcome', 'category', 'strategy', 'connection', 'organization', 'application', 'user', 'ip', 'country', 'browser', 'device', 'hostname', 'exclude', 'q'];

/** The filters and the range of the page's address, as a view takes them. */
export function askedByAddress(page: Page): Record<string, string[]> {
  const params = new URLSearchParams(page.url().replace(/^[^?]*\??/, ''));
  return Object.fromEntries(filterNames.flatMap(name => { const values = params.getAll(name); return values.length === 0 ? [] : [[name, values]]; }));
}

/** How many different values of a field the events of the page's address have. */
export async function distinctIn(page: Page, tenant: string, field: 'user' | 'application' | 'connection' | 'organization'): Promise<number> {
  const { rows } = await ask(page, 'view.read', { tenant, view: 'facets', params: { ...askedByAddress(page), field: [field], limit: ['5000'] }, size: 5_000 });
  return rows.filter(row => row['value'] !== '' && row['value'] !== null).length;
}
