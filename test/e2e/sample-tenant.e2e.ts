import { readFile } from 'node:fs/promises';
import { ask, expect, navigate, test } from './application';
import { parseCsv } from './parse-csv';
import { chips, choose, drawer, expectTotal, grid, rows, scrollTo, shownTotal } from './timeline-page';

const sample = { tenant: 'sample', view: 'audit-timeline' } as const;

test('the sample tenant opens at its timeline, with rows, an exact total and a title', async ({ page, sampleHost, enter }) => {
  await enter(sampleHost);
  await expect(page).toHaveURL(`${sampleHost.origin}/#/t/sample/timeline`);
  await expect(page).toHaveTitle('Timeline · sample · Tenantscope');
  await expect(rows(page).first()).toBeVisible();
  const first = await ask(page, 'view.read', { ...sample, size: 1 });
  await expectTotal(page, first.total ?? -1);
  await expect(grid(page)).toHaveAttribute('aria-rowcount', String((first.total ?? 0) + 1));
  await expect(rows(page).first()).toContainText(String(first.rows[0]?.['eventName']));
});

test('the filter bar narrows the timeline to a SAML connection, and the address keeps it on reload and back', async ({ page, sampleHost, enter }) => {
  await enter(sampleHost);
  const saml = await ask(page, 'view.read', { tenant: 'sample', view: 'facets', params: { field: ['connection'], strategy: ['samlp'] } });
  const { value, label, count } = saml.rows[0] as { value: string; label: string; count: number };
  const all = (await ask(page, 'view.read', { ...sample, size: 1 })).total ?? 0;
  await expectTotal(page, all);
  await choose(page, 'Connection filter', label);
  const narrowed = (await ask(page, 'view.read', { ...sample, params: { connection: [value] }, size: 1 })).total ?? 0;
  expect(narrowed).toBe(count);
  await expectTotal(page, narrowed);
  await expect(chips(page)).toContainText(`Connection${label}`);
  for (const row of (await rows(page).all()).slice(0, 10)) await expect(row).toContainText(label);
  await page.reload();
  await expectTotal(page, narrowed);
  await expect(chips(page)).toContainText(label);
  await page.goBack();
  await expectTotal(page, all);
  await expect(chips(page)).toHaveCount(0);
  await page.goForward();
  await expectTotal(page, narrowed);
  await chips(page).getByRole('button', { name: 'Clear all' }).click();
  await expectTotal(page, all);
});

test('text search finds users whatever their case, and says what to take away where nothing is found', async ({ page, sampleHost, enter }) => {
  await enter(sampleHost);
  const search = page.getByRole('searchbox', { name: 'Search events' });
  await search.fill('AMIR.BAKER');
  const found = (await ask(page, 'view.read', { ...sample, params: { q: ['amir.baker'] }, size: 1 })).total ?? 0;
  expect(found).toBeGreaterThan(0);
  await expectTotal(page, found);
  await expect(rows(page).first()).toContainText('amir.baker@');
  await search.fill('nobody has ever written this');
  await expect(page.getByText('No events match')).toBeVisible();
  await page.getByRole('button', { name: /^Remove text/ }).click();
  await expect(search).toHaveValue('');
  await expect(rows(page).first()).toBeVisible();
});

test('scrolling pages on, and every row comes once and in order', async ({ page, sampleHost, enter }) => {
  await enter(sampleHost);
  const wanted = await ask(page, 'view.read', { ...sample, size: 1000 });
  await expect(rows(page).first()).toBeVisible();
  for (const row of [1, 199, 201, 450, 760, 1000]) {
    await scrollTo(page, row);
    const line = grid(page).locator(`[aria-rowindex="${String(row + 1)}"]`);
    await expect(line).toContainText(String(wanted.rows[row - 1]?.['eventName']));
    await line.getByRole('gridcell').first().click();
    await expect(page).toHaveURL(new RegExp(`event=${String(wanted.rows[row - 1]?.['logId'])}`));
    await page.keyboard.press('Escape');
    await expect(drawer(page)).toHaveCount(0);
  }
  await expect(page.getByText(/^Rows [\d,]+ – [\d,]+ of [\d,]+$/)).toContainText(await shownTotal(page).then(total => `of ${total.toLocaleString('en-GB')}`));
});

test('an event opens as summary, tree and text, exactly as it came', async ({ page, sampleHost, enter }) => {
  await enter(sampleHost, '/t/sample/timeline?type=fp');
  await rows(page).first().getByRole('gridcell').nth(2).click();
  const panel = drawer(page);
  await expect(panel.getByRole('tab', { name: 'Summary' })).toHaveAttribute('aria-selected', 'true');
  const logId = new URL(page.url().replace('/#', '')).searchParams.get('event') ?? '';
  await expect(panel).toContainText(logId);
  await panel.getByRole('tab', { name: 'Raw tree' }).click();
  await panel.getByRole('tree').getByRole('treeitem').filter({ hasText: 'user_name' }).click();
  await expect(panel.getByRole('region', { name: 'Chosen value' })).toContainText('user_name');
  await panel.getByRole('tab', { name: 'Raw text' }).click();
  const { base64 } = await ask(page, 'event.read', { tenant: 'sample', logId });
  await expect(panel.getByRole('tabpanel')).toHaveText(Buffer.from(base64, 'base64').toString('utf8'));
  await page.reload();
  await expect(drawer(page)).toContainText(logId);
  await drawer(page).getByRole('button', { name: 'Older event' }).click();
  await expect(drawer(page)).not.toContainText(logId);
  await drawer(page).getByRole('button', { name: 'Close' }).click();
  await expect(drawer(page)).toHaveCount(0);
});

test('values of an event filter for and out, from the summary, the tree and a cell', async ({ page, sampleHost, enter }) => {
  await enter(sampleHost, '/t/sample/timeline?outcome=failure');
  await expect(rows(page).first()).toBeVisible();
  const failures = await shownTotal(page);
  await rows(page).first().getByRole('gridcell').nth(2).click();
  const type = drawer(page).getByRole('button', { name: 'Filter this type out' });
  await type.click();
  await expect(chips(page)).toContainText('Event is not');
  await expect.poll(() => shownTotal(page)).toBeLessThan(failures);
  const without = await shownTotal(page);
  await page.keyboard.press('Escape');
  const cell = rows(page).first().getByRole('gridcell').nth(7);
  const address = await cell.textContent() ?? '';
  await cell.hover();
  await cell.getByRole('button', { name: 'Filter for this value' }).click();
  await expect(chips(page)).toContainText(`Address${address}`);
  await expect.poll(() => shownTotal(page)).toBeLessThan(without);
  await chips(page).getByRole('button', { name: 'Remove filter Event is not' }).click();
  await expect(chips(page)).not.toContainText('is not');
});

test('the time zone moves every clock and not the events', async ({ page, sampleHost, enter }) => {
  await enter(sampleHost, '/t/sample/timeline');
  const time = rows(page).first().getByRole('gridcell').first();
  await expect(time).toBeVisible();
  const [{ occurredAt } = {}] = (await ask(page, 'view.read', { ...sample, size: 1 })).rows;
  const shown = (timeZone: string): string => new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'medium', hourCycle: 'h23' }).format(new Date(String(occurredAt)));
  await expect(time).toContainText(shown('Europe/Berlin'));
  const total = await shownTotal(page);
  await choose(page, 'Time zone: Europe/Berlin', 'St Johns');
  await expect(time).toContainText(shown('America/St_Johns'));
  await expect(page).toHaveURL(/timeZone=America%2FSt_Johns/);
  await expectTotal(page, total);
});

test('an export as CSV holds every row of the list, its first row first', async ({ page, sampleHost, enter }) => {
  await enter(sampleHost, '/t/sample/timeline?outcome=failure');
  await expect(rows(page).first()).toBeVisible();
  const total = await shownTotal(page);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const downloading = page.waitForEvent('download');
  await page.getByRole('dialog', { name: 'Export events' }).getByRole('button', { name: /^Export [\d,]+ events$/ }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^sample-audit-timeline-\d{4}-\d\d-\d\d\.csv$/);
  const lines = parseCsv(await readFile(await download.path(), 'utf8'));
  await expect(page.getByText(`Exported ${total.toLocaleString('en-GB')} events`)).toBeVisible();
  const [header = [], ...records] = lines;
  expect(records).toHaveLength(total);
  const first = await ask(page, 'view.read', { ...sample, params: { outcome: ['failure'] }, size: 1 });
  expect(header).toEqual(first.columns.map(column => column.id));
  const id = header.indexOf('eventName');
  expect(records[0]?.[id]).toBe(first.rows[0]?.['eventName']);
  expect(records[0]?.[header.indexOf('occurredAt')]).toBe(first.rows[0]?.['occurredAt']);
  await rows(page).first().getByRole('gridcell').first().click();
  expect(records[0]?.[header.indexOf('logId')]?.replace(/^'/, '')).toBe(new URL(page.url().replace('/#', '')).searchParams.get('event'));
});

test('the keyboard alone reaches search, rows, an event and the sheet of keys', async ({ page, sampleHost, enter }) => {
  await enter(sampleHost);
  await expect(rows(page).first()).toBeVisible();
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: 'Search events' })).toBeFocused();
  await grid(page).locator('[tabindex="0"]').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(drawer(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(drawer(page)).toHaveCount(0);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await expect(page).toHaveURL(/#\/settings/);
});

test('an address that leads nowhere and a tenant that is not there are told, not blank', async ({ page, sampleHost, enter }) => {
  await enter(sampleHost, '/no/such/place/at/all');
  await expect(page.getByRole('navigation', { name: 'Ways to begin' })).toBeVisible();
  await navigate(page, '/t/nobody.example.com/timeline');
  await expect(page.getByRole('alert')).toContainText('nobody.example.com');
});
