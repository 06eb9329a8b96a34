import type { Page } from '@playwright/test';
import { startSimulator } from '../auth0-simulator/index';
import { toJsonLines } from '../builders/log-event';
import { ask, expect, navigate, passphrase, test } from './application';
import { fillAndCheck, rightFor } from './connect-wizard';
import { hostileEvents, hostileFields, hostileStrings, wellFormed } from './hostile-strings';
import { chips, drawer, expectTotal, grid, rows, scrollTo } from './timeline-page';

const isFull = process.env['TENANTSCOPE_TEST_FULL'] === '1';
const count = isFull ? 500 : 60;
const texts = hostileStrings(count);

/** Elements that the page is made of. */
const ownElements = ['a', 'aside', 'bdi', 'body', 'button', 'circle', 'code', 'dd', 'details', 'div', 'dl', 'dt', 'ellipse', 'footer', 'form', 'g', 'h1', 'h2', 'h3', 'head', 'header', 'html', 'input', 'kbd', 'label', 'li', 'line',
  'link', 'main', 'meta', 'nav', 'ol', 'p', 'path', 'polyline', 'pre', 'rect', 'script', 'section', 'span', 'strong', 'summary', 'svg', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'time', 'title', 'tr', 'ul', 'caption'];

/** What in the page can only have come of data, each as a short text. */
function strangers(own: readonly string[]): readonly string[] {
  const found: string[] = [];
  if ('__pwned' in window) found.push(`ran: ${String((window as { __pwned?: unknown }).__pwned)}`);
  for (const element of document.querySelectorAll('*')) {
    const name = element.localName;
    const outer = element.outerHTML.slice(0, 200);
    if (!own.includes(name)) found.push(`element: ${outer}`);
    if (name === 'script' && (element.getAttribute('src') ?? '') === '') found.push(`script: ${outer}`);
    if (name === 'a' && !/^(?:#|https:\/\/(?:auth0\.com|manage\.auth0\.com)\/)/.test(element.getAttribute('href') ?? '#')) found.push(`link: ${outer}`);
    for (const attribute of element.attributes) {
      if (/^on|^data-pwned$|^(?:srcdoc|background|formaction|ping)$/i.test(attribute.name)) found.push(`attribute: ${outer}`);
      if (/^(?:style|src|href|action|class|id)$/.test(attribute.name) && /pwned|javascript:|url\(/.test(attribute.value) && name !== 'a') found.push(`value: ${outer}`);
    }
  }
  return found;
}

async function expectOnlyText(page: Page): Promise<void> {
  expect(await page.evaluate(strangers, ownElements)).toEqual([]);
  expect(page.url()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#/);
}

const fileName = '<img src=x data-pwned=1 onerror=window.__pwned=1>\u202egpj.jsonl';

/** Imports the corpus and two lines that are no events, and opens its timeline. */
async function importCorpus(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1600, height: 2000 });
  await ask(page, 'vault.setUp', { passphrase });
  await page.reload();
  await navigate(page, '/import');
  const buffer = Buffer.from(`${toJsonLines(hostileEvents(texts))}<script>window.__pwned=1</script>\n{"<b>":1}\n`);
  await page.getByLabel('Files to import').setInputFiles({ name: fileName, mimeType: 'application/json', buffer });
  await page.getByLabel('Tenant', { exact: true }).fill('hostile');
  await expectOnlyText(page);
  await page.getByRole('button', { name: 'Import 1 file' }).click();
  await expect(page.getByText(`${String(count)} events stored in hostile, 2 set aside`)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('main')).toContainText('<img src=x');
  await expectOnlyText(page);
  await page.getByRole('button', { name: 'Open the timeline' }).click();
  await expectTotal(page, count);
}

async function showAllColumns(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Columns' }).click();
  for (const box of await page.getByRole('dialog', { name: 'Columns' }).getByRole('checkbox').all()) if (await box.isEnabled()) await box.check();
  await page.keyboard.press('Escape');
}

type Walk = { readonly tab: string; readonly button: string; readonly events: number };

/** Looks at so many events in one tab of the drawer, from the one that is open onwards. */
async function walk(page: Page, { tab, button, events }: Walk): Promise<void> {
  const panel = drawer(page);
  await panel.getByRole('tab', { name: tab }).click();
  const on = panel.getByRole('button', { name: button });
  for (let step = 1; ; step++) {
    // The panel of the tab before stays in the page until the next frame is drawn.
    await expect(panel.getByRole('tabpanel', { name: tab })).toContainText(tab === 'Summary' ? 'User agent' : 'log_id');
    if (tab === 'Raw tree') await panel.getByRole('button', { name: 'Unfold all' }).click();
    if (step % 5 === 1) await expectOnlyText(page);
    if (step === events) return;
    await on.click();
  }
}

test(`${String(count)} hostile texts in ${String(hostileFields)} fields stay texts in the import, the table and the panel of an event`, async ({ page, start, enter }) => {
  test.setTimeout(isFull ? 900_000 : 90_000);
  expect(texts).toHaveLength(count);
  await enter(await start());
  await importCorpus(page);
  await showAllColumns(page);
  for (let row = 1; row <= count; row += 40) {
    await scrollTo(page, row);
    await expectOnlyText(page);
  }
  await expect(grid(page)).toContainText('<svg');
  await scrollTo(page, 1);
  await rows(page).first().getByRole('gridcell').first().click();
  // Each event holds thirty of the texts: twenty events hold all sixty of them.
  const events = isFull ? count : 20;
  await walk(page, { tab: 'Summary', button: 'Older event', events: count });
  await walk(page, { tab: 'Raw tree', button: 'Newer event', events });
  await walk(page, { tab: 'Raw text', button: isFull ? 'Older event' : 'Newer event', events });
});

test('hostile texts stay texts in pickers, chips, the address, the title and what an empty list says', async ({ page, start, enter }) => {
  test.setTimeout(isFull ? 900_000 : 90_000);
  await enter(await start());
  await importCorpus(page);
  for (const name of ['Application filter', 'Connection filter', 'Organization filter']) {
    await page.getByRole('combobox', { name }).click();
    await expect(page.getByRole('option').first()).toBeVisible();
    await expectOnlyText(page);
    await page.keyboard.press('Escape');
  }
  for (const name of ['Event', 'Category', 'User', 'Address', 'Strategy', 'Country', 'Host name', 'Browser', 'Device']) {
    await page.getByRole('button', { name: 'Filters' }).click();
    await page.getByRole('combobox', { name: `${name}: Any` }).click();
    await expect(page.getByRole('option').or(page.getByText('Nothing in these events.')).first()).toBeVisible();
    await expectOnlyText(page);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
  }
  for (let from = 0; from < count; from += 6) {
    const query = new URLSearchParams(texts.slice(from, from + 6).flatMap((text, index) => {
      const value = wellFormed(text.slice(0, 300));
      return [[['connection', 'application', 'organization', 'user', 'hostname', 'type'][index] ?? 'user', value], ['exclude', `ip:${value}`]];
    }));
    query.set('q', wellFormed(texts[from] ?? '').slice(0, 300));
    await navigate(page, `/t/hostile/timeline?${query.toString()}`);
    await expect(page.getByText('No events match').or(page.getByRole('alert')).or(rows(page).first()).first()).toBeVisible();
    await expectOnlyText(page);
  }
  await expect(chips(page)).toContainText('is not');
  for (const text of texts.slice(0, isFull ? count : 40)) {
    const value = encodeURIComponent(wellFormed(text.slice(0, 200)));
    await navigate(page, `/t/${value}/timeline?event=${value}&timeZone=${value}&range=${value}&from=${value}&at=${value}`);
    await navigate(page, `/settings/${value}?next=${value}`);
    await navigate(page, `/unlock?next=${value}`);
    await expect(page.getByRole('navigation', { name: 'Tenants and screens' })).toBeVisible();
    await expectOnlyText(page);
  }
});

test('what a hostile server says stays text in the wizard, in messages and in the details of a sync', async ({ page, start, enter }) => {
  const payload = '<img/src=x/data-pwned=1/onerror=window.__pwned=1>';
  const simulator = await startSimulator({ events: { count: 20 }, scopes: ['read:logs', payload, `read:${payload}`] });
  await enter(await start(), '/connect');
  const typed = rightFor(simulator);
  await fillAndCheck(page, typed);
  await expect(page.getByRole('main')).toContainText(payload);
  await expectOnlyText(page);
  simulator.fault({ kind: 'refusal', on: 'token', status: 418, code: payload, message: `${payload}\u202e` });
  await page.getByRole('button', { name: 'Check again' }).click();
  await expect(page.getByRole('alert')).toContainText('<img');
  await expectOnlyText(page);

  simulator.fault(null);
  await ask(page, 'vault.setUp', { passphrase });
  await ask(page, 'tenant.connect', typed);
  simulator.fault({ kind: 'refusal', status: 418, code: payload, message: `${payload}\u202e` });
  await navigate(page, `/t/${simulator.domain}/timeline`);
  await page.reload();
  await page.getByRole('group', { name: 'Sync' }).getByRole('button', { name: 'Sync', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText('<img');
  await page.getByRole('button', { name: 'The last sync failed: details' }).click();
  await expect(page.getByRole('dialog', { name: 'Sync' })).toContainText('<img');
  await expectOnlyText(page);
  await navigate(page, '/settings/sync');
  await expect(page.getByRole('main')).toContainText('<img');
  await expectOnlyText(page);
  await simulator.stop();
});
