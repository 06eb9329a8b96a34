import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { hasDisplay } from '../../electron/cli/display';
import type { PageWish } from '../../electron/cli/command';
import { commands } from '../../electron/cli/commands/index';
import { runCommandLine } from '../../electron/cli/run';
import type { Host, HostOptions } from '../../electron/node/host';
import { startLoopbackProcess } from '../builders/loopback-process';
import type { LoopbackProcess, LoopbackProcessOptions } from '../builders/loopback-process';
import { logEvents, toJsonLines } from '../builders/log-event';
import { fakeTerminal } from '../cli/fake-terminal';
import type { FakeTerminalOptions } from '../cli/fake-terminal';

const open: LoopbackProcess[] = [];
afterEach(async () => { for (const process of open.splice(0)) await process.stop(); });
async function started(options?: LoopbackProcessOptions): Promise<LoopbackProcess> {
  const process = await startLoopbackProcess(options);
  open.push(process);
  return process;
}

type Entered = {
  readonly call: (name: string, input: unknown) => Promise<unknown>;
  readonly upload: (id: string, body: string) => Promise<Response>;
  readonly download: (id: string) => Promise<Response>;
};

/** Enters with the ticket, as a browser would. */
async function entered({ address, port }: LoopbackProcess): Promise<Entered> {
  const origin = `http://127.0.0.1:${String(port)}`;
  const way = await fetch(address, { redirect: 'manual' });
  const cookie = (way.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const post = (path: string, type: string, body: string): Promise<Response> => fetch(origin + path, { method: 'POST', headers: { cookie, origin, 'content-type': type }, body });
  return {
    call: async (name, input) => (await post('/call', 'application/json', JSON.stringify({ id: name, name, input }))).json(),
    upload: (id, body) => post(`/upload?id=${id}`, 'application/octet-stream', body),
    download: id => fetch(`${origin}/download/${id}?name=${id}.jsonl`, { headers: { cookie } }),
  };
}

describe('the built loopback host', () => {
  it('says where it is, serves the sample tenant, and ends with 130 when it is asked to', async () => {
    const host = await started({ words: ['--tenant', 'sample'] });
    expect(host.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?ticket=[\w-]{43}$/);
    const { call } = await entered(host);
    expect(await call('view.read', { tenant: 'sample', view: 'audit-timeline', size: 2 })).toMatchObject({ ok: true, value: { rows: [{}, {}] } });
    expect(await call('app.info', {})).toMatchObject({ ok: true, value: { host: 'loopback' } });
    await pause(50);
    expect(host.talk()).toContain('For another browser: http://127.0.0.1:');
    open.splice(0);
    expect(await host.stop('SIGINT')).toBe(130);
  }, 60_000);

  it('imports what a page sends and exports to what it fetches, byte for byte', async () => {
    const host = await started({ env: { TENANTSCOPE_PASSPHRASE: 'a passphrase for tests' } });
    const { call, upload, download } = await entered(host);
    const files = [logEvents(3_000), logEvents(10, 3_000)].map(events => toJsonLines(events));
    const imported = call('archive.import', { tenant: 'old-logs', files: ['upload:one', 'upload:two'] });
    // One after the other: the engine reads them so, and a browser has few connections.
    expect((await upload('one', files[0] ?? '')).status).toBe(200);
    expect((await upload('two', files[1] ?? '')).status).toBe(200);
    expect(await imported).toMatchObject({ ok: true, value: { read: 3_010, stored: 3_010, setAside: [] } });
    const exported = call('view.export', { tenant: 'old-logs', view: 'audit-timeline', format: 'jsonl', out: 'download:all' });
    const text = await (await download('all')).text();
    expect(await exported).toMatchObject({ ok: true, value: { rows: 3_010, files: [{ sha256: createHash('sha256').update(text).digest('hex'), rows: 3_010 }] } });
    expect(await call('view.export', { tenant: 'old-logs', view: 'audit-timeline', format: 'jsonl', out: '/tmp/no-such-place' })).toMatchObject({ ok: false, error: { code: 'operation.input-invalid' } });
  }, 60_000);

  it('ends on SIGTERM too, with a page open and a call under way', async () => {
    const host = await started();
    const origin = `http://127.0.0.1:${String(host.port)}`;
    const way = await fetch(host.address, { redirect: 'manual' });
    const cookie = (way.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const events = await fetch(`${origin}/events`, { headers: { cookie } });
    const call = fetch(`${origin}/call`, { method: 'POST', headers: { cookie, origin, 'content-type': 'application/json' }, body: JSON.stringify({ id: 'x', name: 'view.export', input: { tenant: 'sample', view: 'audit-timeline', format: 'csv', out: 'download:none' } }) });
    call.catch(() => undefined);
    await events.body?.getReader().read();
    open.splice(0);
    expect(await host.stop('SIGTERM')).toBe(130);
  }, 60_000);

  it('takes the port it is given, and says so when that is taken', async () => {
    const first = await started();
    await expect(startLoopbackProcess({ words: ['--port', String(first.port)] })).rejects.toThrow(/ended with 1: error: Port \d+ cannot be used \(host\.port-unusable\)\. The system says: address already in use/);
  }, 60_000);

  it.each([[['--port', '0']], [['--port', 'x']], [['--tenant', '../x']], [['--passphrase-file', '/nowhere/at/all']], [['--unknown']], [['word']]])('refuses %j as a usage error', async words => {
    await expect(startLoopbackProcess({ words })).rejects.toThrow(/ended with 2: error: /);
  }, 60_000);
});

/** Runs words with a page that is only wished for. */
async function wished(words: readonly string[], options: FakeTerminalOptions): Promise<{ readonly code: number; readonly wish: PageWish | null; readonly options: HostOptions | null; readonly questions: readonly string[] }> {
  const screen = fakeTerminal(options);
  let wish: PageWish | null = null;
  let hostOptions: HostOptions | null = null;
  const host: Host = { call: () => Promise.resolve({ columns: [], rows: [], next: null, asOf: 0, total: 0 } as never), onPush: () => () => undefined, wouldLose: () => [], close: () => Promise.resolve() };
  const code = await runCommandLine(words, {
    terminal: screen.terminal, commands, version: '1.2.3', signals: { on: () => undefined, off: () => undefined, exit: () => undefined },
    openHost: async given => {
      hostOptions = given;
      await given.passphrase();
      return host;
    },
    openPage: given => {
      wish = given;
      return Promise.resolve({ task: () => Promise.resolve(130), hostOptions: { kind: 'loopback' } });
    },
  });
  return { code, wish, options: hostOptions, questions: screen.questions };
}
const withDisplay = { environment: { DISPLAY: ':0' } };

describe('the command line opens the page', () => {
  it('for demo where there is a display, with the sample tenant', async () => {
    expect(await wished(['demo'], withDisplay)).toMatchObject({ code: 130, wish: { tenant: 'sample', port: null, opens: 'browser' }, options: { kind: 'loopback' } });
  });

  it.each<[string, readonly string[], Record<string, string>]>([
    ['with --no-open', ['demo', '--no-open'], { DISPLAY: ':0' }], ['with --json', ['demo', '--json'], { DISPLAY: ':0' }], ['without a display', ['demo'], {}], ['in continuous integration', ['demo'], { DISPLAY: ':0', CI: 'true' }],
  ])('but prints the first page of the sample %s', async (_name, words, environment) => {
    expect(await wished(words, { environment })).toMatchObject({ code: 0, wish: null });
  });

  it('for start, on the port and for the tenant that are named, and never asks for a passphrase in the terminal', async () => {
    const asked = await wished(['start', '--port', '8470', '--tenant', 'acme.eu.auth0.com', '--no-open'], { ...withDisplay, inputIsTerminal: true, talkIsTerminal: true, typed: ['secret'] });
    expect(asked).toMatchObject({ code: 130, wish: { tenant: 'acme.eu.auth0.com', port: 8470, opens: 'nothing' }, questions: [] });
    expect(await wished(['start'], withDisplay)).toMatchObject({ wish: { tenant: null, port: null, opens: 'browser' } });
    expect(await wished(['start'], {})).toMatchObject({ wish: { opens: 'nothing' } });
  });

  it('knows a display by its variables, and never sees one in continuous integration', () => {
    const table: readonly [string, Record<string, string>, boolean][] = [
      ['linux', {}, false], ['linux', { DISPLAY: ':0' }, true], ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true], ['linux', { DISPLAY: '' }, false],
      ['linux', { DISPLAY: ':0', CI: 'true' }, false], ['linux', { DISPLAY: ':0', CI: 'false' }, true], ['darwin', {}, true], ['darwin', { CI: '1' }, false], ['win32', {}, true],
    ];
    for (const [platform, environment, expected] of table) expect(hasDisplay({ platform, environment }), JSON.stringify([platform, environment])).toBe(expected);
  });
});
