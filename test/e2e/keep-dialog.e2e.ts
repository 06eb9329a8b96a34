import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { logEvents, toJsonLines } from '../builders/log-event';
import { expect, passphrase, test } from './application';
import { field, next } from './connect-wizard';

const folders: string[] = [];
test.afterEach(() => { for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true }); });

test('the dialog that keeps what is in memory does not close before the recovery key has been shown', async ({ page, start, enter }) => {
  const folder = mkdtempSync(join(tmpdir(), 'tenantscope-e2e-'));
  folders.push(folder);
  await enter(await start({ dataDir: join(folder, 'data') }), '/import');
  await next(page, 'Keep it in memory only');
  await page.getByLabel('Files to import').setInputFiles({ name: 'old.jsonl', mimeType: 'application/jsonl', buffer: Buffer.from(toJsonLines(logEvents(25))) });
  await field(page, 'Tenant').fill('old-logs');
  await next(page, 'Import 1 file');
  let keep = (): void => undefined;
  const mayKeep = new Promise<void>(resolve => { keep = resolve; });
  await page.route('**/call', async (route, request) => {
    if ((request.postDataJSON() as { readonly name?: string }).name === 'vault.setUp') await mayKeep;
    return route.continue();
  });
  await page.getByRole('complementary', { name: 'In memory only' }).getByRole('button', { name: 'Set a passphrase to keep it' }).click();
  const dialog = page.getByRole('dialog');
  for (const label of ['Passphrase', 'Passphrase, again']) await dialog.getByLabel(label, { exact: true }).fill(passphrase);
  await dialog.getByRole('button', { name: 'Keep it' }).click();
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.mouse.click(5, 400);
  keep();
  await expect(dialog.getByLabel('Recovery key', { exact: true })).toBeVisible({ timeout: 30_000 });
  await page.unroute('**/call');
});
