import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { logEvents, toJsonLines } from '../builders/log-event';
import { ask, expect, expectAccessible, navigate, passphrase, test } from './application';
import { field, next } from './connect-wizard';
import { expectTotal } from './timeline-page';

const folder = mkdtempSync(join(tmpdir(), 'tenantscope-e2e-'));
test.afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

test('a folder whose passphrase was changed is backed up, restored elsewhere, and opens by the new passphrase alone', async ({ page, start, enter }) => {
  test.setTimeout(90_000);
  const changed = 'another one for tests';
  const first = await start();
  await enter(first);
  await ask(page, 'vault.setUp', { passphrase });
  await page.reload();
  await navigate(page, '/import');
  await page.getByLabel('Files to import').setInputFiles({ name: 'acme.jsonl', mimeType: 'application/json', buffer: Buffer.from(toJsonLines(logEvents(50))) });
  await next(page, 'Import 1 file');
  await expect(page.getByText(/^50 events stored in acme/)).toBeVisible();

  await navigate(page, '/settings/keys');
  await page.getByRole('button', { name: 'Change the passphrase' }).click();
  await field(page, 'Present passphrase or recovery key').fill(passphrase);
  await field(page, 'New passphrase').fill(changed);
  await field(page, 'New passphrase, again').fill(changed);
  await page.getByRole('dialog').getByRole('button', { name: 'Change the passphrase' }).click();
  await expect(page.getByText('The new passphrase opens the archive')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await navigate(page, '/settings/backup');
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Back up everything' }).click();
  const backup = join(folder, 'backup.tenantscope');
  await (await saving).saveAs(backup);
  await expect(page.getByText(/^The backup is made/)).toBeVisible();
  await expect(page.getByText(/^A backup goes into an empty data folder only/)).toBeVisible();
  await page.goto('about:blank');
  await first.stop();

  await enter(await start());
  await page.getByRole('link', { name: /Restore a backup/ }).click();
  await page.getByLabel('Backup file').setInputFiles(backup);
  await expect(page.getByText('Restored 1 tenant')).toBeVisible({ timeout: 20_000 });
  await expectAccessible(page);
  await navigate(page, '/t/acme/timeline');
  await expect(page.getByRole('heading', { name: 'The archive is locked' })).toBeVisible();
  await field(page, 'Passphrase or recovery key').fill(passphrase);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByRole('main')).toContainText('This does not open the archive.', { timeout: 20_000 });
  await field(page, 'Passphrase or recovery key').fill(changed);
  await page.keyboard.press('Enter');
  await expectTotal(page, 50);
});

test('a file that is no backup is refused, and the folder stays empty', async ({ page, start, enter }) => {
  await enter(await start(), '/settings/backup');
  await page.getByLabel('Backup file').setInputFiles({ name: 'other.tenantscope', mimeType: 'application/octet-stream', buffer: Buffer.from('not a backup at all') });
  await expect(page.getByRole('main').getByRole('alert')).toContainText('backup', { timeout: 20_000 });
  expect(await ask(page, 'vault.state', {})).toMatchObject({ state: 'none' });
  await expect(page.getByRole('button', { name: 'Choose a backup' })).toBeVisible();
});
