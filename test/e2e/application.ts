/** What every test of the whole application stands on: hosts that end with their test, and a watch that no page may trip. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as base } from '@playwright/test';
import type { BrowserContext, Page } from '@playwright/test';
import { startLoopbackProcess } from '../builders/loopback-process';
import type { LoopbackProcess, LoopbackProcessOptions } from '../builders/loopback-process';
import type { Input, OperationName, Output, Reply } from '../../shared/contract';

/** A host and the address that lets in the next browser. */
export type RunningHost = LoopbackProcess & { readonly origin: string; readonly nextAddress: () => string };

export const sampleNow = '2026-11-20T12:00:00.000Z';
export const passphrase = 'four words for tests';

function asRunning(host: LoopbackProcess): RunningHost {
  const used = new Set<string>();
  const nextAddress = (): string => {
    const addresses = [host.address, ...[...host.talk().matchAll(/^For another browser: (\S+)$/gm)].map(match => match[1] ?? '')];
    const address = addresses.findLast(candidate => !used.has(candidate)) ?? '';
    used.add(address);
    return address;
  };
  return { ...host, origin: `http://127.0.0.1:${String(host.port)}`, nextAddress };
}

/** What went wrong in the pages of a context, in words; filled while they are open. */
function watch(context: BrowserContext, isOwn: (url: string) => boolean): readonly string[] {
  const problems: string[] = [];
  context.on('console', message => { if (message.type() === 'error' || message.type() === 'warning') problems.push(`console: ${message.text()}`); });
  context.on('weberror', error => { problems.push(`page: ${String(error.error().stack ?? error.error())}`); });
  context.on('request', request => { if (!isOwn(request.url())) problems.push(`request: ${request.url()}`); });
  context.on('dialog', dialog => {
    problems.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return problems;
}

/** Runs in the page before its own scripts: a refusal by the content security policy becomes an error that the watch sees. */
function tellViolations(): void {
  document.addEventListener('securitypolicyviolation', event => {
    console.error(`securitypolicyviolation: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
  });
}

type TestFixtures = {
  /** Starts a host of its own for this test. */
  readonly start: (options?: LoopbackProcessOptions) => Promise<RunningHost>;
  /** Opens an address of the page, such as `/t/sample/timeline`, in a browser that has been let in. */
  readonly enter: (host: RunningHost, address?: string) => Promise<void>;
  readonly watched: null;
};
type WorkerFixtures = {
  /** One for all tests that only read the sample tenant and store nothing. */
  readonly sampleHost: RunningHost;
};

export const test = base.extend<TestFixtures, WorkerFixtures>({
  // Playwright takes the fixtures that are needed from the pattern, which may be empty.
  // eslint-disable-next-line no-empty-pattern
  sampleHost: [async ({}, use) => {
    const host = asRunning(await startLoopbackProcess({ words: ['--tenant', 'sample'], env: { TENANTSCOPE_NOW: sampleNow } }));
    await use(host);
    await host.stop();
  }, { scope: 'worker' }],

  start: async ({ page }, use) => {
    const hosts: RunningHost[] = [];
    await use(async options => {
      const host = asRunning(await startLoopbackProcess(options));
      hosts.push(host);
      return host;
    });
    // A page whose host has gone complains, and rightly.
    await page.close();
    for (const host of hosts) await host.stop();
  },

  watched: [async ({ context }, use) => {
    const problems = watch(context, url => /^http:\/\/127\.0\.0\.1:\d+\//.test(url) || url.startsWith('blob:http://127.0.0.1:'));
    await context.addInitScript(tellViolations);
    await use(null);
    expect(problems, 'errors, warnings, violations and foreign requests of the page').toEqual([]);
  }, { auto: true }],

  enter: async ({ page }, use) => {
    await use(async (host, address) => {
      await page.goto(host.nextAddress());
      if (address !== undefined) await navigate(page, address);
    });
  },
});

/** Leads an open page to another of its addresses, as a link would. */
export async function navigate(page: Page, address: string): Promise<void> {
  await page.evaluate(hash => { window.location.hash = hash; }, address);
}

/** Asks the host as the page does, for what a test compares the page with. @throws Error with the host's report */
export async function ask<Name extends OperationName>(page: Page, name: Name, input: Input<Name>): Promise<Output<Name>> {
  const reply = await page.evaluate(async message => {
    const response = await fetch('/call', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(message) });
    return await response.json() as unknown;
  }, { id: `test-${String(Math.random()).slice(2)}`, name, input }) as Reply;
  if (!reply.ok) throw new Error(JSON.stringify(reply.error));
  return reply.value as Output<Name>;
}

export const themes = ['light', 'dark'] as const;

/** No violation of any rule of axe, in both themes. `known`: selector of what was looked at before and need not be again. */
export async function expectAccessible(page: Page, known: string | null = null): Promise<void> {
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    // The legacy mode opens no page of its own.
    const axe = new AxeBuilder({ page }).setLegacyMode(true);
    const { violations } = await (known === null ? axe : axe.exclude(known)).analyze();
    const found = violations.map(({ id, help, nodes }) => `${colorScheme} ${id}: ${help}\n${nodes.map(node => `  ${node.html.slice(0, 200)}\n  ${node.failureSummary ?? ''}`).join('\n')}`);
    expect(found).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
}

export { expect };
