import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { logEvents, toJsonLines } from '../builders/log-event';
import { ask, expect, expectAccessible, navigate, passphrase, test } from './application';
import { field, next, protect } from './connect-wizard';
import { parseCsv } from './parse-csv';
import { drawer, expectTotal, rows } from './timeline-page';

test('an import accounts for every line of a file with bad ones, and its events are there', async ({ page, start, enter }) => {
  await enter(await start());
  await page.getByRole('link', { name: /Import files/ }).click();
  await expect(page.getByRole('heading', { name: 'First, protect the archive' })).toBeVisible();
  await expectAccessible(page);
  await protect(page, 'Protect the archive');
  await next(page, 'Go on to the files');
  await expectAccessible(page);

  const good = logEvents(300);
  const lines = [...toJsonLines(good).trimEnd().split('\n'), 'this is not JSON', '{"type":"s"}', toJsonLines(good.slice(0, 5)).trimEnd(), '[1,2', ''];
  await page.getByLabel('Files to import').setInputFiles([
    { name: 'acme.eu.auth0.com-june.jsonl', mimeType: 'application/json', buffer: Buffer.from(lines.join('\n')) },
    { name: 'more.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(logEvents(20, 300))) },
  ]);
  await expect(page.getByLabel('Tenant', { exact: true })).toHaveValue('acme.eu.auth0.com');
  await expectAccessible(page);
  await next(page, 'Import 2 files');
  const sums = page.getByRole('table', { name: 'What became of every item' });
  await expect(sums).toBeVisible({ timeout: 30_000 });
  const cell = async (label: string): Promise<number> => Number(await sums.getByRole('row').filter({ has: page.getByRole('rowheader', { name: label, exact: true }) }).getByRole('cell').first().textContent());
  expect(await cell('Stored')).toBe(320);
  expect(await cell('Duplicates')).toBe(5);
  expect(await cell('Revisions')).toBe(0);
  expect(await cell('Set aside')).toBe(3);
  expect(await cell('Read')).toBe(328);
  await expect(page.getByRole('main')).toContainText('acme.eu.auth0.com-june.jsonl');
  await expectAccessible(page);
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as CSV' }).click();
  expect(parseCsv(await readFile(await (await saving).path(), 'utf8')).map(line => line[1])).toEqual(['line', '301', '302', '308']);
  await next(page, 'Open the timeline');
  await expectTotal(page, 320);
  await expect(page.getByRole('button', { name: 'Connect', exact: true })).toBeVisible();
});

test('a file that is dropped anywhere leads to its import', async ({ page, start, enter }) => {
  await enter(await start());
  await ask(page, 'vault.setUp', { passphrase });
  await page.reload();
  await page.evaluate(text => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text], 'dropped.jsonl'));
    for (const type of ['dragover', 'drop']) window.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
  }, toJsonLines(logEvents(10)));
  await expect(page).toHaveURL(/#\/import$/);
  await expect(page.getByRole('main')).toContainText('dropped.jsonl');
  await next(page, 'Import 1 file');
  await expect(page.getByText(/^10 events stored in dropped/)).toBeVisible();
});

test('theme and time zone of the settings hold everywhere and after a reload', async ({ page, start, enter }) => {
  await enter(await start({ words: ['--tenant', 'sample'], env: { TENANTSCOPE_NOW: '2026-11-20T12:00:00.000Z' } }));
  await expect(rows(page).first()).toBeVisible();
  await navigate(page, '/settings/appearance');
  const background = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await page.getByRole('radio', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect.poll(background).not.toBe(light);
  await page.getByRole('combobox', { name: /Time zone/ }).click();
  await page.getByPlaceholder('Search time zone').fill('Tokyo');
  await page.getByRole('option', { name: /Tokyo/ }).click();
  await expect.poll(async () => (await ask(page, 'settings.read', {})).timeZone).toBe('Asia/Tokyo');
  await navigate(page, '/t/sample/timeline');
  await expect(page.getByRole('combobox', { name: 'Time zone: Asia/Tokyo' })).toBeVisible();
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.getByRole('combobox', { name: 'Time zone: Asia/Tokyo' })).toBeVisible();
  await navigate(page, '/settings/appearance');
  await page.getByRole('radio', { name: 'As the system' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
});

test('the columns and widths a person chose hold at the next start, on another port', async ({ page, start, enter }) => {
  const folder = mkdtempSync(join(tmpdir(), 'tenantscope-e2e-'));
  const dataDir = join(folder, 'data');
  const options = { dataDir, words: ['--tenant', 'sample'], env: { TENANTSCOPE_NOW: '2026-11-20T12:00:00.000Z' } };
  const first = await start(options);
  await enter(first);
  await rows(page).first().getByRole('gridcell').nth(2).click();
  await page.getByRole('separator', { name: 'Width of the panel' }).focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Connection', exact: true }).click();
  await page.getByRole('button', { name: 'Make User wider' }).click();
  await expect(page.getByRole('columnheader', { name: 'Connection', exact: true })).toHaveCount(0);
  const width = await drawer(page).evaluate(panel => panel.getBoundingClientRect().width);
  await expect.poll(async () => (await ask(page, 'settings.read', {})).layout).toEqual({ columns: { visibility: { connection: false }, widths: { userName: 224 } }, drawerWidth: width, rail: 'wide' });
  await page.goto('about:blank');
  await first.stop();
  await enter(await start(options));
  await rows(page).first().getByRole('gridcell').nth(2).click();
  await expect(page.getByRole('columnheader', { name: 'Connection', exact: true })).toHaveCount(0);
  await expect.poll(() => drawer(page).evaluate(panel => panel.getBoundingClientRect().width)).toBe(width);
  await page.goto('about:blank');
  rmSync(folder, { recursive: true, force: true });
});

test('keys, backup and support are at hand in the settings, and every section and dialog is accessible', async ({ page, start, enter }) => {
  test.setTimeout(90_000);
  await enter(await start());
  await ask(page, 'vault.setUp', { passphrase });
  await page.reload();
  for (const section of ['sync', 'keys', 'backup', 'support', 'about']) {
    await navigate(page, `/settings/${section}`);
    await expect(page.getByRole('main').getByRole('heading', { level: 2 }).first()).toBeVisible();
    await expectAccessible(page);
  }
  await navigate(page, '/settings/keys');
  await page.getByRole('button', { name: 'Change the passphrase' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change the passphrase' });
  await expect(dialog).toBeVisible();
  await expectAccessible(page);
  await field(page, 'Present passphrase or recovery key').fill('not this one');
  await field(page, 'New passphrase').fill('another one for tests');
  await field(page, 'New passphrase, again').fill('another one for tests');
  await dialog.getByRole('button', { name: 'Change the passphrase' }).click();
  await expect(dialog).toContainText('This does not open the archive.', { timeout: 20_000 });
  await field(page, 'Present passphrase or recovery key').fill(passphrase);
  await dialog.getByRole('button', { name: 'Change the passphrase' }).click();
  await expect(page.getByText('The new passphrase opens the archive')).toBeVisible({ timeout: 20_000 });
  await page.getByRole('button', { name: 'Make a new recovery key' }).click();
  await field(page, 'Passphrase or present recovery key').fill('another one for tests');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Make a new key' }).click();
  await expect(page.getByLabel('Recovery key', { exact: true })).toBeVisible({ timeout: 20_000 });
  await page.getByRole('checkbox', { name: 'I have kept the recovery key' }).click();
  await next(page, 'Done');
  await expect(page.getByLabel('Recovery key', { exact: true })).toHaveCount(0);
});
