import { expect, expectAccessible, navigate, test } from './application';
import { drawer, rows } from './timeline-page';

const list = '[role="grid"]';

test('no rule of axe is broken on the timeline and in the panel of an event, in either theme', async ({ page, sampleHost, enter }) => {
  await enter(sampleHost);
  await expect(rows(page).first()).toBeVisible();
  await expectAccessible(page);
  await rows(page).nth(3).getByRole('gridcell').nth(2).click();
  for (const tab of ['Summary', 'Raw tree', 'Raw text']) {
    await drawer(page).getByRole('tab', { name: tab }).click();
    await expectAccessible(page, list);
  }
});

test('no rule of axe is broken in the popovers and dialogs of the timeline, in either theme', async ({ page, sampleHost, enter }) => {
  await enter(sampleHost);
  await expect(rows(page).first()).toBeVisible();
  for (const name of [/^Time range/, 'Filters', 'Columns', 'Jump to time', /Switch tenant/]) {
    await page.getByRole('button', { name }).click();
    await expectAccessible(page, list);
    await page.keyboard.press('Escape');
  }
  for (const name of ['Connection filter', /^Time zone/]) {
    await page.getByRole('combobox', { name }).click();
    await expect(page.getByRole('option').first()).toBeVisible();
    await expectAccessible(page, list);
    await page.keyboard.press('Escape');
  }
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('radio', { name: 'CSV, exact' }).click();
  await expectAccessible(page, list);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await expectAccessible(page, list);
});

test('no rule of axe is broken where the timeline is empty, filtered or failed', async ({ page, sampleHost, enter }) => {
  await enter(sampleHost, '/t/sample/timeline?outcome=failure&exclude=type%3Afp&q=nothing-at-all');
  await expect(page.getByText('No events match')).toBeVisible();
  await expectAccessible(page);
  await navigate(page, '/t/nobody.example.com/timeline');
  await expect(page.getByRole('alert')).toBeVisible();
  await expectAccessible(page);
});

for (const address of ['/welcome', '/connect', '/import', '/about', '/settings/appearance']) {
  test(`no rule of axe is broken at ${address}`, async ({ page, sampleHost, enter }) => {
    await enter(sampleHost, address);
    await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible();
    await expectAccessible(page);
  });
}
