import { startSimulator } from '../auth0-simulator/index';
import { ask, expect, expectAccessible, navigate, passphrase, test } from './application';
import { field } from './connect-wizard';
import { expectTotal, rows } from './timeline-page';

test('a locked archive shows nothing in any tab, keeps the sample readable, and is as before when it is unlocked', async ({ page, context, start, enter }) => {
  test.setTimeout(120_000);
  const simulator = await startSimulator({ events: { count: 300 } });
  try {
    const host = await start();
    await enter(host);
    await ask(page, 'vault.setUp', { passphrase });
    await ask(page, 'tenant.connect', { domain: simulator.domain, clientId: simulator.clientId, clientSecret: simulator.clientSecret, apiOrigin: simulator.origin });
    await ask(page, 'tenant.sync', { tenant: simulator.domain });
    await page.reload();
    await navigate(page, `/t/${simulator.domain}/timeline`);
    await expectTotal(page, 300);

    const other = await context.newPage();
    await other.goto(`${host.origin}/#/settings/keys`);
    await expect(other.getByRole('button', { name: 'Lock the archive' })).toBeVisible();
    await expectAccessible(other);
    await other.getByRole('button', { name: 'Lock the archive' }).click();
    for (const tab of [other, page]) {
      await expect(tab.getByRole('heading', { name: 'The archive is locked' })).toBeVisible();
      await expect(rows(tab)).toHaveCount(0);
    }
    await expect(ask(page, 'view.read', { tenant: simulator.domain, view: 'audit-timeline' })).rejects.toThrow('vault.locked');
    await page.getByRole('link', { name: 'Look at the sample tenant meanwhile' }).click();
    await expect(rows(page).first()).toBeVisible({ timeout: 20_000 });
    await navigate(page, `/t/${simulator.domain}/timeline`);
    await field(page, 'Passphrase or recovery key').fill(passphrase);
    await page.getByRole('button', { name: 'Unlock' }).click();
    await expectTotal(page, 300);
    await other.close();
  } finally {
    await simulator.stop();
  }
});
