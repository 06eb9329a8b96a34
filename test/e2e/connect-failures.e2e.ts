import type { Page } from '@playwright/test';
import { errorCatalogue } from '../../shared/errors';
import type { ErrorCode } from '../../shared/errors';
import { startSimulator } from '../auth0-simulator/index';
import type { Fault, Simulator, SimulatorOptions } from '../auth0-simulator/index';
import { ask, expect, expectAccessible, test } from './application';
import { field, fillAndCheck, next, rightFor, typeDomain } from './connect-wizard';
import type { Typed } from './connect-wizard';

const isFull = process.env['TENANTSCOPE_TEST_FULL'] === '1';
const clientSecret = 'simulated-secret-known-to-nobody';
const open: Simulator[] = [];
test.afterEach(async () => { for (const simulator of open.splice(0)) await simulator.stop(); });

async function simulated(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator({ events: { count: 20 }, clientSecret, ...options });
  open.push(simulator);
  return simulator;
}

/** A text of the catalogue whose details are not known. */
const pattern = (text: string): RegExp => new RegExp(text.split(/\{\w+\}/).map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.+'));

/** The catalogue's title and hint, a cause, and that nothing was stored. */
async function expectTold(page: Page, code: ErrorCode): Promise<void> {
  const panel = page.getByRole('main').getByRole('alert');
  await expect(panel).toContainText(pattern(errorCatalogue[code].title), { timeout: 45_000 });
  await expect(panel).toContainText(pattern(errorCatalogue[code].hint));
  await expect(panel).toContainText('Nothing was stored.');
  await expect(panel).toContainText(code);
  await expect(page.getByRole('region', { name: 'What it may be' })).toBeVisible();
  await expect(page.locator('body')).not.toContainText(clientSecret);
  expect(await ask(page, 'vault.state', {})).toMatchObject({ state: 'none' });
  expect(await ask(page, 'tenant.list', {})).toMatchObject({ tenants: [] });
}

type Case = {
  readonly name: string;
  readonly code: ErrorCode;
  readonly options?: SimulatorOptions;
  readonly fault?: Fault;
  readonly typed?: (simulator: Simulator) => Partial<Typed>;
  /** The button that leads to what is wrong. */
  readonly correct?: string;
};

const cases: readonly Case[] = [
  { name: 'a wrong secret', code: 'auth0.credentials-rejected', typed: () => ({ clientSecret: 'another-secret' }), correct: 'Correct the client secret' },
  { name: 'an unknown client', code: 'auth0.credentials-rejected', typed: () => ({ clientId: 'nobody' }), correct: 'Correct the client secret' },
  { name: 'an application without a grant', code: 'auth0.grant-missing', fault: { kind: 'token-refused', reason: 'no-grant' } },
  { name: 'a grant without the scope', code: 'auth0.scope-missing', options: { scopes: ['read:users'] } },
  { name: 'a custom domain without its audience', code: 'auth0.audience-rejected', options: { customDomain: 'login.example.com' }, typed: () => ({ consent: 'login.example.com' }), correct: 'Correct the audience domain' },
  { name: 'a rate limit', code: 'auth0.rate-limited', fault: { kind: 'too-many-requests', on: 'token', retryAfterSeconds: 90 } },
  { name: 'a server that is not there', code: 'auth0.unreachable', typed: () => ({ apiOrigin: 'http://127.0.0.1:9' }), correct: 'Correct the domain' },
  { name: 'a redirect', code: 'auth0.redirected', fault: { kind: 'redirect', on: 'token', status: 302, target: 'http://127.0.0.1:9' }, correct: 'Correct the domain' },
  { name: 'a web page instead of an answer', code: 'auth0.bad-response', fault: { kind: 'html', on: 'token' }, correct: 'Correct the domain' },
  { name: 'errors of the server', code: 'auth0.server-error', fault: { kind: 'server-error', on: 'token', status: 503 } },
  { name: 'a token that its own API does not take', code: 'auth0.token-rejected', fault: { kind: 'unauthorized' }, correct: 'Correct the API origin' },
];

for (const { name, code, options, fault, typed, correct } of cases) {
  test(`the wizard explains ${name}, and what to do`, async ({ page, sampleHost, enter }) => {
    const simulator = await simulated(options);
    simulator.fault(fault ?? null);
    await enter(sampleHost, '/connect');
    await fillAndCheck(page, { ...rightFor(simulator), ...typed?.(simulator) });
    await expectTold(page, code);
    if (correct === undefined) return;
    await page.getByRole('button', { name: correct }).click();
    await expect(page.locator('input:focus')).toHaveCount(1);
  });
}

test('the wizard waits for a server that says nothing, as long as the person does', async ({ page, sampleHost, enter }) => {
  const simulator = await simulated();
  simulator.fault({ kind: 'stall', on: 'token', when: 'before-headers' });
  await enter(sampleHost, '/connect');
  await fillAndCheck(page, rightFor(simulator));
  await expect(page.getByRole('progressbar')).toBeVisible();
  if (isFull) await expectTold(page, 'auth0.timeout');
  await next(page, isFull ? 'Back' : 'Stop');
  await expect(field(page, 'Client secret')).toHaveValue(clientSecret);
  simulator.fault(null);
  await next(page, 'Check');
  await expect(page.getByRole('heading', { name: 'The log can be read' })).toBeVisible();
});

test('the wizard judges a domain before anything is sent', async ({ page, sampleHost, enter }) => {
  await enter(sampleHost, '/connect');
  for (const [typed, words] of [['acme.eu.auth0.com/dashboard', 'leave out https:// and everything behind the host'], ['192.0.2.7', 'an IP address is not a domain'], ['manage.auth0.com', 'manage is a service of Auth0']] as const) {
    await typeDomain(page, { domain: typed });
    await expect(page.getByRole('main')).toContainText(words);
    await expect(field(page, 'Domain')).toBeFocused();
  }
  await expectAccessible(page);
});

test('the wizard asks for consent before a secret goes to another host than a tenant usually has', async ({ page, sampleHost, enter }) => {
  const simulator = await simulated({ customDomain: 'login.example.com' });
  await enter(sampleHost, '/connect');
  await typeDomain(page, { domain: 'login.example.com', consent: 'login.example.org' });
  await expect(page.getByRole('main')).toContainText('login.example.com is neither {tenant}.auth0.com nor {tenant}.{region}.auth0.com');
  await expect(page.getByRole('main')).toContainText('Type login.example.com to confirm, or correct the domain above.');
  await expectAccessible(page);
  await fillAndCheck(page, { ...rightFor(simulator), consent: 'login.example.com', audienceDomain: simulator.audienceDomain });
  await expect(page.getByRole('heading', { name: 'The log can be read' })).toBeVisible();
});

test('the wizard asks for consent before a secret goes to an API origin that is not the tenant', async ({ page, sampleHost, enter }) => {
  await enter(sampleHost, '/connect');
  const typed = { domain: 'acme.eu.auth0.com', clientId: 'id', clientSecret, apiOrigin: 'https://api.example.com:9' };
  await fillAndCheck(page, typed);
  const consent = field(page, 'Type api.example.com to confirm');
  await expect(consent).toBeFocused();
  await expect(page.getByRole('main')).toContainText('Type api.example.com to confirm, or correct the API origin above.');
  await expectAccessible(page);
  await consent.fill('api.example.com');
  await next(page, 'Check');
  // Nothing answers there; what counts is that it was asked.
  await expect(page.getByRole('main').getByRole('alert')).toContainText('api.example.com', { timeout: 45_000 });
});

test('the wizard names what was granted, what is missed, and what is too much', async ({ page, sampleHost, enter }) => {
  const simulator = await simulated({ scopes: ['read:logs', 'update:users', 'read:connections'] });
  await enter(sampleHost, '/connect');
  await fillAndCheck(page, rightFor(simulator));
  await expect(page.getByRole('region', { name: 'Granted', exact: true })).toContainText('read:logs');
  await expect(page.getByRole('region', { name: 'Not granted' })).toContainText('read:organizations');
  await expect(page.getByRole('main')).toContainText('One scope is more than an archive needs');
  await expect(page.getByRole('main')).toContainText('update:users');
  await expectAccessible(page);
});
