import { createHash } from 'node:crypto';
import { channel } from 'node:diagnostics_channel';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { Reply } from '../../shared/contract';
import { createDownloads } from '../../electron/loopback/downloads';
import { createUploads } from '../../electron/loopback/uploads';
import { runningServer } from '../loopback/running-server';
import type { RunningOptions, RunningServer } from '../loopback/running-server';

const open: { end: () => unknown }[] = [];
test.afterEach(async () => { for (const thing of open.splice(0).reverse()) await thing.end(); });

async function running(options?: RunningOptions): Promise<RunningServer> {
  const server = await runningServer(options);
  open.push(server);
  return server;
}

/** A server of somebody else's on this machine. */
async function stranger(html: string): Promise<number> {
  const server = createServer((_request, response) => { response.setHeader('content-type', 'text/html').end(html); });
  await new Promise<void>(resolve => { server.listen(0, '127.0.0.1', resolve); });
  open.push({ end: () => { server.closeAllConnections(); server.close(); } });
  return (server.address() as AddressInfo).port;
}

/** The browser tells its tests nothing of answers that it keeps from the page: they are seen where they are given. */
function answersBy(server: RunningServer): readonly number[] {
  const statuses: number[] = [];
  const listener = (message: unknown): void => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    // Chromium asks for this one by itself, for the page that was let in.
    if (request.socket.localPort === server.server.port && request.url !== '/favicon.ico') statuses.push(response.statusCode);
  };
  const finished = channel('http.server.response.finish');
  finished.subscribe(listener);
  open.push({ end: () => { finished.unsubscribe(listener); } });
  return statuses;
}

const originOf = (server: RunningServer): string => `http://127.0.0.1:${String(server.server.port)}`;

test('a ticket lets in one browser, which then keeps a cookie that no script reads', async ({ page, context, browser }) => {
  const server = await running({ options: { startAt: '/t/sample/timeline' } });
  const address = server.server.address();
  await page.goto(address);
  expect(page.url()).toBe(`${originOf(server)}/#/t/sample/timeline`);
  expect(await page.evaluate(() => document.cookie)).toBe('');
  expect(await context.cookies()).toMatchObject([{ name: `tenantscope-${String(server.server.port)}`, httpOnly: true, sameSite: 'Strict', path: '/' }]);
  await page.reload();
  expect(await page.title()).toBe('page');

  const second = await browser.newContext();
  const late = await second.newPage();
  const refused = await late.goto(address);
  expect(refused?.status()).toBe(403);
  await expect(late.locator('body')).toContainText('use the address that Tenantscope printed');
  expect((await late.goto(originOf(server)))?.status()).toBe(403);
  await expect(late.locator('body')).toContainText('This browser has not been let in');
  await late.goto(server.server.address());
  expect(await late.title()).toBe('page');
  await second.close();
});

/** Everything that a page may try on another origin; resolves when all of it has ended one way or another. */
async function attack(page: Page, target: string): Promise<void> {
  await page.evaluate(async target => {
    const body = JSON.stringify({ id: 'x', name: 'tenant.list', input: {} });
    const tries: Promise<unknown>[] = [
      fetch(`${target}/`), fetch(`${target}/`, { mode: 'no-cors', credentials: 'include' }), fetch(`${target}/events`, { credentials: 'include' }),
      fetch(`${target}/call`, { method: 'POST', body, credentials: 'include', headers: { 'content-type': 'application/json' } }),
      fetch(`${target}/call`, { method: 'POST', body, credentials: 'include', mode: 'no-cors', headers: { 'content-type': 'text/plain' } }),
      fetch(`${target}/upload?id=a`, { method: 'POST', body, credentials: 'include', mode: 'no-cors' }),
      fetch(`${target}/download/a`, { credentials: 'include', mode: 'no-cors' }),
    ];
    const element = (name: string, attributes: Record<string, string>): Promise<unknown> => new Promise(resolve => {
      const made = document.createElement(name);
      for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
      made.onload = resolve;
      made.onerror = resolve;
      document.body.append(made);
    });
    tries.push(element('img', { src: `${target}/` }), element('script', { src: `${target}/` }), element('iframe', { src: `${target}/` }), element('link', { rel: 'stylesheet', href: `${target}/` }));
    tries.push(new Promise(resolve => { new EventSource(`${target}/events`, { withCredentials: true }).onerror = resolve; }));
    tries.push(new Promise(resolve => { new WebSocket(`${target.replace('http', 'ws')}/events`).onerror = resolve; }));
    const form = document.createElement('form');
    Object.assign(form, { method: 'post', action: `${target}/call`, enctype: 'text/plain', target: 'frame' });
    form.append(Object.assign(document.createElement('input'), { name: body, value: '' }));
    const frame = document.createElement('iframe');
    frame.name = 'frame';
    const posted = new Promise(resolve => { frame.onload = resolve; });
    document.body.append(frame, form);
    form.submit();
    tries.push(posted);
    await Promise.allSettled(tries);
  }, target);
}

for (const name of ['127.0.0.1', 'localhost']) {
  test(`a page of another server on ${name} reaches nothing, although the browser has been let in`, async ({ page }) => {
    const server = await running();
    await page.goto(server.server.address());
    const statuses = answersBy(server);
    await page.goto(`http://${name}:${String(await stranger('<!doctype html><title>stranger</title><body>'))}/`);
    await attack(page, originOf(server));
    expect(server.messages).toEqual([]);
    expect(statuses.length).toBeGreaterThan(10);
    expect([...new Set(statuses)]).toEqual([403]);
    expect(page.frames().every(frame => !frame.url().startsWith(originOf(server)) || frame.url().includes('chrome-error'))).toBe(true);
  });

  test(`a link on a page of another server on ${name} leads to a page that says why not`, async ({ page }) => {
    const server = await running();
    await page.goto(server.server.address());
    await page.goto(`http://${name}:${String(await stranger(`<!doctype html><a href="${originOf(server)}/">go</a>`))}/`);
    await page.click('a');
    await expect(page.locator('body')).toContainText('Another site led here');
  });
}

test('another name for this machine is not ours', async ({ page }) => {
  const server = await running();
  expect((await page.goto(`http://localhost:${String(server.server.port)}/`))?.status()).toBe(421);
  await expect(page.locator('body')).toContainText('under no other name');
});

test('a file of 24 MiB streams from the browser to the engine while the import runs', async ({ page }) => {
  const hash = createHash('sha256');
  const uploads = createUploads({ beginMs: 5_000, pullMs: 5_000 });
  const takeAll = async (): Promise<Reply> => {
    for (;;) {
      const bytes = await uploads.read('file-1');
      if (bytes === null) return { ok: true, value: hash.digest('hex') };
      hash.update(bytes);
    }
  };
  const server = await running({ uploads, handle: takeAll });
  await page.goto(server.server.address());
  const { reply, status, sent } = await page.evaluate(async () => {
    const bytes = new Uint8Array(24 * 1024 ** 2).map((_, index) => (index * 31 + (index >> 8)) % 251);
    const headers = { 'content-type': 'application/json' };
    const call = fetch('/call', { method: 'POST', headers, body: JSON.stringify({ id: 'c', name: 'archive.import', input: { tenant: 'x', files: ['upload:file-1'] } }) });
    const upload = await fetch('/upload?id=file-1', { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: new File([bytes], 'a.jsonl') });
    const digest = [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))].map(byte => byte.toString(16).padStart(2, '0')).join('');
    return { reply: await (await call).json() as Reply, status: upload.status, sent: digest };
  });
  expect(status).toBe(200);
  expect(reply).toEqual({ ok: true, value: sent });
});

test('an export comes as a download while its call runs, and an aborted one is no whole file', async ({ page }) => {
  const downloads = createDownloads(5_000);
  const part = Buffer.alloc(1_048_576, 'a,b\n');
  const server = await running({ downloads, handle: async message => {
    const { input: { out } } = message as { input: { out: string } };
    const id = out.replace('download:', '');
    for (let written = 0; written < 8; written += 1) await downloads.write(id, part);
    await pause(50);
    await downloads.end(id, id === 'good' ? 'done' : 'aborted');
    return { ok: true, value: null };
  } });
  await page.goto(server.server.address());
  const fetchFile = async (id: string) => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.evaluate(id => {
      void fetch('/call', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ id, name: 'view.export', input: { out: `download:${id}` } }) });
      const link = document.createElement('a');
      Object.assign(link, { href: `/download/${id}?name=audit-timeline.csv`, download: '' });
      document.body.append(link);
      link.click();
    }, id)]);
    return download;
  };
  const good = await fetchFile('good');
  expect(good.suggestedFilename()).toBe('audit-timeline.csv');
  expect((await readFile(await good.path())).length).toBe(8 * part.length);
  expect(await (await fetchFile('bad')).failure()).not.toBeNull();
  expect(page.url()).toBe(`${originOf(server)}/`);
});
