/** The connect wizard as a person fills it in. */
import type { Locator, Page } from '@playwright/test';
import type { Simulator } from '../auth0-simulator/index';
import { expect, passphrase } from './application';

export type Typed = {
  readonly domain: string;
  readonly consent?: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly apiOrigin: string;
  readonly audienceDomain?: string;
};

/** What connects to a simulator. */
export const rightFor = (simulator: Simulator): Typed => ({
  domain: simulator.domain, clientId: simulator.clientId, clientSecret: simulator.clientSecret, apiOrigin: simulator.origin,
});

export const field = (page: Page, label: string): Locator => page.getByLabel(label, { exact: true });
export const next = async (page: Page, name: string): Promise<void> => { await page.getByRole('main').getByRole('button', { name, exact: true }).click(); };

export async function typeDomain(page: Page, { domain, consent }: Pick<Typed, 'domain' | 'consent'>): Promise<void> {
  await field(page, 'Domain').fill(domain);
  if (consent !== undefined) await field(page, `Type ${domain} to confirm`).fill(consent);
  await next(page, 'Continue');
}

/** From the first step to the end of the check. */
export async function fillAndCheck(page: Page, typed: Typed): Promise<void> {
  await typeDomain(page, typed);
  await field(page, 'Client ID').fill(typed.clientId);
  await field(page, 'Client secret').fill(typed.clientSecret);
  const advanced = page.getByText('Advanced', { exact: true });
  if (!await field(page, 'API origin').isVisible()) await advanced.click();
  await field(page, 'API origin').fill(typed.apiOrigin);
  if (typed.audienceDomain !== undefined) await field(page, 'Audience domain').fill(typed.audienceDomain);
  await next(page, 'Check');
}

/** Chooses a passphrase and keeps the recovery key, which is returned. */
export async function protect(page: Page, action: string): Promise<string> {
  await field(page, 'Passphrase').fill(passphrase);
  await field(page, 'Passphrase, again').fill(passphrase);
  await next(page, action);
  const key = page.getByLabel('Recovery key', { exact: true });
  await expect(key).toBeVisible();
  const shown = await key.textContent() ?? '';
  await page.getByRole('checkbox', { name: 'I have kept the recovery key' }).click();
  return shown;
}
