import type { Page } from '@playwright/test';
import { commandLine } from '../builders/command-line';
import { logEvent, toJsonLines } from '../builders/log-event';
import { expect, expectAccessible, navigate, test } from './application';

const open: { readonly end: () => void }[] = [];
test.afterEach(() => { for (const thing of open.splice(0)) thing.end(); });

const machineToken = (index: number): ReturnType<typeof logEvent> => logEvent(index * 97, {
  type: 'seccft', description: 'Successful exchange of client credentials', user_id: '', user_name: '', connection: undefined, connection_id: undefined, strategy: undefined,
  client_id: `app_${String(index % 3)}`, client_name: `Nightly job ${String(index % 3)}`, audience: 'https://api.example.com/', user_agent: 'undici', scope: undefined,
});

async function expectQuietPage(page: Page, address: string, words: RegExp): Promise<void> {
  await navigate(page, address);
  await expect(page.getByRole('main').getByText(words).first()).toBeVisible({ timeout: 20_000 });
  await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.getByRole('main')).not.toContainText(/NaN|Infinity|undefined|Invalid/);
}

test('a tenant of machines alone and an archive of one event draw sensibly on every screen', async ({ page, start, enter }) => {
  const cli = commandLine();
  open.push(cli);
  await cli.run(['import', '--tenant', 'machines.example.com', cli.file('machines.jsonl', toJsonLines(Array.from({ length: 60 }, (_none, index) => machineToken(index))))]);
  await cli.run(['import', '--tenant', 'one.example.com', cli.file('one.jsonl', toJsonLines([logEvent(0)]))]);
  await enter(await start({ dataDir: cli.dataDir, env: { TENANTSCOPE_PASSPHRASE: 'a passphrase for tests' } }));

  await expectQuietPage(page, '/t/machines.example.com/activity', /^Logins$/);
  await expectQuietPage(page, '/t/machines.example.com/cohorts', /Machines have no users, and form none/);
  await expectAccessible(page);
  await expectQuietPage(page, '/t/machines.example.com/growth', /Machines have no users, and do not count here/);
  await expect(page.getByText('No organizations')).toBeVisible();
  await expectQuietPage(page, '/t/machines.example.com/usage', /^60 this month$|^60$/);
  await expect(page.getByRole('region', { name: /^Machine-to-machine tokens by/ }).locator('tbody tr')).toHaveCount(3);

  await expectQuietPage(page, '/t/one.example.com/activity', /^Logins$/);
  await expectQuietPage(page, '/t/one.example.com/cohorts', /\b1 of 1 user active/);
  await expect(page.getByRole('grid', { name: 'Cohorts' }).getByRole('rowgroup').nth(1).getByRole('row')).toHaveCount(1);
  await expectQuietPage(page, '/t/one.example.com/growth', /^Period by period$/);
  await expect(page.getByRole('region', { name: 'Period by period' }).locator('tbody tr')).toHaveCount(1);
  await expect(page.getByRole('grid', { name: 'Connections' })).toHaveAttribute('aria-rowcount', '2');
  await expectQuietPage(page, '/t/one.example.com/usage', /^June 2026$/);
  await expect(page.getByText('No application got a token')).toBeVisible();
  await expectAccessible(page);
});

test('an archive of many years shows its newest days, and says that it left older ones out', async ({ page, start, enter }) => {
  const cli = commandLine();
  open.push(cli);
  const daysAgo = (index: number, days: number): ReturnType<typeof logEvent> => logEvent(index, { date: new Date(Date.UTC(2026, 5, 1) - days * 86_400_000).toISOString() });
  await cli.run(['import', '--tenant', 'old.example.com', cli.file('old.jsonl', toJsonLines([daysAgo(0, 1_400), daysAgo(1, 700), daysAgo(2, 0)]))]);
  await enter(await start({ dataDir: cli.dataDir, env: { TENANTSCOPE_PASSPHRASE: 'a passphrase for tests' } }));
  await expectQuietPage(page, '/t/old.example.com/growth?grain=day', /Only the newest 1,000 days are drawn/);
  await expect(page.getByRole('region', { name: 'Period by period' }).locator('tbody tr')).toHaveCount(1_000);
  await expect(page.getByRole('region', { name: 'Period by period' }).locator('tbody tr').first()).toContainText('1 Jun 2026');
  await expectQuietPage(page, '/t/old.example.com/growth?grain=month', /^Period by period$/);
  await expect(page.getByText(/^Only the newest/)).toHaveCount(0);
  await expectQuietPage(page, '/t/old.example.com/cohorts?grain=day', /Only cohorts of the newest 750 days are drawn/);
  await expect(page.getByRole('grid', { name: 'Cohorts' }).getByRole('rowgroup').nth(1).getByRole('row')).toHaveCount(2);
  await expectQuietPage(page, '/t/old.example.com/activity?grain=day', /^Logins$/);
});
