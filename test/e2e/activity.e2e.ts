import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { commandLine } from '../builders/command-line';
import { logEvent, toJsonLines } from '../builders/log-event';
import { seededRandom } from '../builders/seeded-random';
import { chart, distinctIn, expectDrawn, moveTo, numberIn, ranking, tileValue } from './activity-page';
import { ask, expect, expectAccessible, navigate, sampleNow, test } from './application';
import { parseCsv } from './parse-csv';
import { chips, expectTotal } from './timeline-page';

const october = { from: '2026-10-05', to: '2026-11-02', timeZone: 'Europe/Berlin' } as const;
const query = (params: Readonly<Record<string, string>>): string => new URLSearchParams(params).toString();
const address = (params: Readonly<Record<string, string>> = {}): string => `/t/sample/activity?${query({ ...october, ...params })}`;
const asLists = (params: Readonly<Record<string, string>>): Record<string, string[]> => Object.fromEntries(Object.entries(params).map(([name, value]) => [name, [value]]));
const open: { readonly end: () => void }[] = [];
test.afterEach(() => { for (const thing of open.splice(0)) thing.end(); });

test('the tiles agree with the command line, and say how they changed', async ({ page, sampleHost, enter }) => {
  const cli = commandLine(null);
  open.push(cli);
  const words = ['view', 'activity-summary', '--tenant', 'sample', '--json', ...Object.entries(october).flatMap(([name, value]) => ['--param', `${name}=${value}`])];
  const { text, stderr } = await cli.run(words, { env: { TENANTSCOPE_NOW: sampleNow } });
  expect(stderr).toBe('');
  const { rows } = JSON.parse(text) as { readonly rows: readonly { readonly metric: string; readonly value: number; readonly previous: number | null }[] };
  expect(rows.length).toBe(9);
  await enter(sampleHost, address());
  await expectDrawn(page);
  await expect(page).toHaveTitle('Activity · sample · Tenantscope');
  for (const { metric, value, previous } of rows) {
    await expect(tileValue(page, metric)).toHaveText(value.toLocaleString('en-GB'));
    const tile = page.getByRole('listitem').filter({ has: tileValue(page, metric) });
    if (previous !== null && previous !== value && previous > 0) await expect(tile).toContainText(value > previous ? /\+[\d.,]+%/ : /[-−][\d.,]+%/);
  }
});

test('every tile opens the timeline of what it counted: as many events, or as many users, applications and so on in them', async ({ page, sampleHost, enter }) => {
  await enter(sampleHost, address());
  const all = (await ask(page, 'view.read', { tenant: 'sample', view: 'audit-timeline', params: asLists(october), size: 1 })).total ?? -1;
  const named = { activeUsers: 'user', users: 'user', applications: 'application', connections: 'connection', organizations: 'organization' } as const;
  for (const metric of ['logins', 'failedLogins', 'signups', 'activeUsers', 'users', 'applications', 'apis', 'connections', 'organizations'] as const) {
    await expectDrawn(page);
    const value = numberIn(await tileValue(page, metric).textContent());
    expect(value).toBeGreaterThan(0);
    await page.getByRole('link').filter({ has: tileValue(page, metric) }).click();
    await expect(page).toHaveURL(/\/timeline\?/);
    if (metric === 'logins' || metric === 'failedLogins' || metric === 'signups') await expectTotal(page, value);
    else if (metric === 'apis') await expectTotal(page, all);
    else expect(await distinctIn(page, 'sample', named[metric]), metric).toBe(value);
    await page.goBack();
  }
});

test('a bucket of a chart opens a timeline of exactly as many, in every grain and under filters', async ({ page, sampleHost, enter }) => {
  await enter(sampleHost, address());
  await expectDrawn(page);
  const saml = await ask(page, 'view.read', { tenant: 'sample', view: 'facets', params: { ...asLists(october), field: ['connection'], strategy: ['samlp'] } });
  const random = seededRandom(20261121);
  const cases = [
    { title: 'Logins', grain: 'day' }, { title: 'Failed logins by reason', grain: 'day' }, { title: 'Signups', grain: 'week' }, { title: 'Logins', grain: 'month' },
    { title: 'Logins', grain: 'day', connection: String(saml.rows[0]?.['value']) }, { title: 'Failed logins by reason', grain: 'week', definition: 'auth0' },
    { title: 'Logins', grain: 'hour', from: '2026-10-24', to: '2026-10-27' },
  ];
  for (const { title, ...params } of cases) {
    await navigate(page, address(params));
    await expectDrawn(page);
    await expect(chart(page, title)).toHaveAttribute('aria-label', new RegExp(`${params.grain}s?,`));
    const last = Number(await chart(page, title).getAttribute('aria-valuemax'));
    let said = '';
    for (let tries = 0; tries < 12 && !/ [1-9]/.test(said.replace(/^.*?: /, '')); tries += 1) said = await moveTo(page, title, random.below(last + 1));
    const value = numberIn(/: (?:Failed logins|Logins|Signups) ([\d,]+)/.exec(said)?.[1] ?? null);
    if (value === 0) continue;
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/timeline\?/);
    await expectTotal(page, value);
  }
});

/** Goes down a bucket of the failed logins until the cursor is on a reason; its number, or null where the bucket has none of it. */
async function reasonAt(page: Page, bucket: number, label: string): Promise<number | null> {
  await moveTo(page, 'Failed logins by reason', bucket);
  for (let at = 0; at < 6; at += 1) {
    await page.keyboard.press('ArrowDown');
    const said = new RegExp(`, ${label}: ([\\d,]+)$`).exec(await chart(page, 'Failed logins by reason').getAttribute('aria-valuetext') ?? '');
    if (said !== null) return numberIn(said[1] ?? null);
  }
  return null;
}

test('a reason of failed logins opens a timeline of exactly as many, by keys and by pointer', async ({ page, sampleHost, enter }) => {
  await enter(sampleHost, address());
  await expectDrawn(page);
  const reasons = { wrongPassword: 'Wrong password', unknownUser: 'Unknown user', identityProvider: 'Identity provider', origin: 'Origin', other: 'Other', blocked: 'Blocked' } as const;
  const saml = await ask(page, 'view.read', { tenant: 'sample', view: 'facets', params: { ...asLists(october), field: ['connection'], strategy: ['samlp'] } });
  const random = seededRandom(20261121);
  const opened = new Set<string>();
  const questions: readonly Readonly<Record<string, string>>[] = [{ grain: 'week' }, { grain: 'day' }, { grain: 'week', definition: 'auth0' }, { grain: 'month', connection: String(saml.rows[0]?.['value']) }];
  for (const asked of questions) {
    await navigate(page, address(asked));
    const { rows } = await ask(page, 'view.read', { tenant: 'sample', view: 'failed-logins', params: asLists({ ...october, ...asked }), size: 100 });
    for (const [reason, label] of Object.entries(reasons)) {
      const filled = rows.flatMap((row, bucket) => (Number(row[reason]) > 0 ? [bucket] : []));
      const bucket = filled[random.below(Math.max(1, filled.length))];
      if (bucket === undefined) continue;
      await expectDrawn(page);
      await expect(chart(page, 'Failed logins by reason')).toHaveAttribute('aria-valuemax', String(rows.length - 1));
      const value = await reasonAt(page, bucket, label);
      expect(value, label).toBe(Number(rows[bucket]?.[reason]));
      await page.keyboard.press('Enter');
      await expect(page).toHaveURL(/\/timeline\?/);
      await expectTotal(page, value ?? -1);
      opened.add(label);
      await page.goBack();
    }
  }
  expect([...opened].length).toBeGreaterThanOrEqual(4);

  await navigate(page, address({ grain: 'week' }));
  await expectDrawn(page);
  const plot = chart(page, 'Failed logins by reason');
  const { width = 0 } = await plot.boundingBox() ?? {};
  let said = '';
  // From the axis upwards, until the lowest part of the bar is met.
  for (let y = 158; y > 20 && !/, [A-Z][a-z ]+: [1-9]/.test(said); y -= 4) {
    await plot.hover({ position: { x: width / 2, y } });
    said = await plot.getAttribute('aria-valuetext') ?? '';
  }
  const [, label = '', value = null] = /, ([A-Z][a-z ]+): ([\d,]+)$/.exec(said) ?? [];
  await expect(page.getByText(`opens the events behind “${label}”.`)).toBeVisible();
  await page.mouse.down();
  await page.mouse.up();
  await expectTotal(page, numberIn(value));
});

test('what no filter can tell apart opens as a whole, and says so', async ({ page, start, enter }) => {
  const cli = commandLine();
  open.push(cli);
  const failed = (index: number, type: string, strategy: string | undefined): ReturnType<typeof logEvent> => logEvent(index, { type, strategy, connection: strategy, connection_id: strategy });
  // On the first day a native social login fails on a connection whose other failures count as its provider's; on the second all can be told apart.
  const events = [failed(0, 'f', 'apple'), failed(1, 'f', 'auth0'), failed(2, 'f', undefined), failed(3, 'fens', 'apple'), failed(4, 'fp', 'auth0'), failed(1500, 'f', 'samlp'), failed(1501, 'f', 'auth0'), failed(1502, 'fens', 'auth0')];
  await cli.run(['import', '--tenant', 'mixed.example.com', cli.file('mixed.jsonl', toJsonLines(events))]);
  await enter(await start({ dataDir: cli.dataDir, env: { TENANTSCOPE_PASSPHRASE: 'a passphrase for tests' } }), '/t/mixed.example.com/activity?grain=day&timeZone=UTC');
  await expectDrawn(page);
  expect(await reasonAt(page, 1, 'Other')).toBe(2);
  await page.keyboard.press('Enter');
  await expectTotal(page, 2);
  await page.goBack();
  await expectDrawn(page);
  expect(await reasonAt(page, 0, 'Other')).toBe(3);
  await page.keyboard.press('Enter');
  await expect(page.getByText('These cannot be filtered on their own')).toBeVisible();
  await expectTotal(page, 5);
});

test('the pointer shows the exact numbers of a bucket, and a click opens what is behind it', async ({ page, sampleHost, enter }) => {
  await enter(sampleHost, address());
  await expectDrawn(page);
  const box = await chart(page, 'Logins').boundingBox();
  await chart(page, 'Logins').hover({ position: { x: (box?.width ?? 0) / 2, y: 80 } });
  const bucket = Number(await chart(page, 'Logins').getAttribute('aria-valuenow'));
  const rows = (await ask(page, 'view.read', { tenant: 'sample', view: 'logins', params: { ...asLists(october), grain: ['day'] }, size: 100 })).rows;
  const value = Number(rows[bucket]?.['logins']);
  await expect(page.getByText('Click or Enter opens the events behind it.')).toBeVisible();
  await expect(chart(page, 'Logins')).toHaveAttribute('aria-valuetext', new RegExp(`Logins ${value.toLocaleString('en-GB')}`));
  await page.mouse.down();
  await page.mouse.up();
  await expectTotal(page, value);
});

test('a row of a ranking filters the whole screen and the timeline, and is taken back by a second press', async ({ page, sampleHost, enter }) => {
  await enter(sampleHost, address());
  await expectDrawn(page);
  const all = numberIn(await tileValue(page, 'logins').textContent());
  const row = ranking(page, 'Authentication methods').getByRole('button').nth(2);
  const logins = numberIn(/Logins ([\d,]+)/.exec(await row.textContent() ?? '')?.[1] ?? null);
  await row.click();
  await expect(row).toHaveAttribute('aria-pressed', 'true');
  await expect(tileValue(page, 'logins')).toHaveText(logins.toLocaleString('en-GB'));
  await expect(chips(page)).toContainText('Strategy');
  await page.getByRole('link', { name: 'Timeline' }).click();
  await expect(chips(page)).toContainText('Strategy');
  await page.getByRole('link', { name: 'Activity' }).click();
  await expectDrawn(page);
  await expect(ranking(page, 'Authentication methods').getByRole('button').nth(2)).toHaveAttribute('aria-pressed', 'true');
  await ranking(page, 'Authentication methods').getByRole('button').nth(2).click();
  await expect(tileValue(page, 'logins')).toHaveText(all.toLocaleString('en-GB'));
});

test('grain, comparison and definition stand in the address', async ({ page, sampleHost, enter }) => {
  await enter(sampleHost, address());
  await expectDrawn(page);
  await expect(page.getByText('Period before', { exact: true }).first()).toBeVisible();
  await page.getByRole('radio', { name: 'Week' }).click();
  await expect(page).toHaveURL(/grain=week/);
  await expect(chart(page, 'Logins')).toHaveAttribute('aria-label', /^Logins, 4 weeks/);
  await page.getByRole('switch', { name: 'Compare with the period before' }).click();
  await expect(page.getByText('Period before', { exact: true })).toHaveCount(0);
  await page.getByRole('region', { name: 'Active users', exact: true }).getByRole('button', { name: 'How this counts: Active users' }).click();
  const popover = page.getByRole('dialog', { name: 'How this counts: Active users' });
  await expect(popover).toContainText('Auth0’s Activity page counts');
  await popover.getByRole('switch', { name: 'Count as Auth0 does' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByText('Counted as Auth0 does')).toHaveCount(3);
  await page.reload();
  await expectDrawn(page);
  await expect(page).toHaveURL(/grain=week.*compare=off.*definition=auth0/);
  await expect(page.getByText('Counted as Auth0 does')).toHaveCount(3);
  await expect(page.getByText('Period before', { exact: true })).toHaveCount(0);
});

test('a chart can be read as a table and saved as CSV, SVG and PNG', async ({ page, sampleHost, enter }) => {
  await enter(sampleHost, address());
  await expectDrawn(page);
  const menu = async (entry: string): Promise<void> => {
    await page.getByRole('button', { name: 'Save or read failed logins by reason' }).click();
    await page.getByRole('menuitem', { name: entry }).click();
  };
  const { rows } = await ask(page, 'view.read', { tenant: 'sample', view: 'failed-logins', params: { ...asLists(october), grain: ['day'] }, size: 100 });
  await menu('Show as table');
  const table = page.getByRole('dialog').getByRole('table');
  await expect(table.getByRole('rowheader')).toHaveCount(rows.length);
  for (const [index, row] of rows.entries()) await expect(table.getByRole('row').nth(index + 1).getByRole('cell').first()).toHaveText(Number(row['total']).toLocaleString('en-GB'));
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  const saved = async (entry: string): Promise<{ readonly name: string; readonly bytes: Buffer }> => {
    const downloading = page.waitForEvent('download');
    await menu(entry);
    const download = await downloading;
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  };
  const csv = await saved('Save as CSV');
  const lines = parseCsv(csv.bytes.toString('utf8'));
  expect(lines.length).toBe(rows.length + 1);
  expect(lines.slice(1).map(line => line[1])).toEqual(rows.map(row => String(row['total'])));
  const svg = await saved('Save as SVG');
  expect(svg.name).toMatch(/^sample-failed-logins-.*\.svg$/);
  expect(svg.bytes.toString('utf8')).toMatch(/^<svg[\s\S]*Failed logins by reason/);
  const png = await saved('Save as PNG');
  expect(png.bytes.subarray(1, 4).toString('latin1')).toBe('PNG');
  expect(png.bytes.length).toBeGreaterThan(10_000);
});

test('no rule of axe is broken on the activity screen and its layers, in either theme', async ({ page, sampleHost, enter }) => {
  await enter(sampleHost, address());
  await expectDrawn(page);
  await expectAccessible(page);
  await moveTo(page, 'Failed logins by reason', 3);
  await expectAccessible(page);
  await page.getByRole('region', { name: 'User retention', exact: true }).getByRole('button', { name: 'How this counts: User retention' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Save or read logins', exact: true }).click();
  await expect(page.getByRole('menuitem').first()).toBeVisible();
  await expectAccessible(page);
});

test('ranges without events, without users and with one event alone draw sensibly', async ({ page, sampleHost, enter }) => {
  await enter(sampleHost, '/t/sample/activity?from=2020-01-01&to=2020-02-01');
  await expect(page.getByText('No events match')).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page);
  await page.getByRole('button', { name: /^Remove the time range/ }).click();
  await expectDrawn(page);
  await navigate(page, address({ type: 'seccft' }));
  await expect(page.getByText('No user takes part in these events')).toBeVisible();
  await expectDrawn(page);
  await expect(page.getByText('No logins in this range')).toBeVisible();
  await expectAccessible(page);
  await navigate(page, '/t/nobody.example.com/activity');
  await expect(page.getByRole('alert')).toBeVisible();
});

test('an archive of one event shows that event in every number that counts it', async ({ page, start, enter }) => {
  const cli = commandLine();
  open.push(cli);
  await cli.run(['import', '--tenant', 'one.example.com', cli.file('one.jsonl', toJsonLines([logEvent(0)]))]);
  await enter(await start({ dataDir: cli.dataDir, env: { TENANTSCOPE_PASSPHRASE: 'a passphrase for tests' } }), '/t/one.example.com/activity');
  await expectDrawn(page);
  await expect(tileValue(page, 'logins')).toHaveText('1');
  await expect(tileValue(page, 'activeUsers')).toHaveText('1');
  await expect(chart(page, 'Logins')).toHaveAttribute('aria-valuetext', /Logins 1\b/);
  await expectAccessible(page);
  await page.getByRole('link').filter({ has: tileValue(page, 'logins') }).click();
  await expectTotal(page, 1);
});
