/** Every way to ask Tenantscope, behind one function: in process, over HTTP, and over Electron's pipe. */
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Reply } from '../../shared/contract';
import { createCallDesk } from '../../electron/node/call-desk';
import { launchDesktop, until } from './launch-desktop';
import { startLoopbackProcess } from './loopback-process';
import { engineFromSource, hostLab } from './source-host';

export type AskedHost = {
  /** Sends a message as a page does; the reply as it arrives there. */
  readonly send: (message: unknown) => Promise<Reply>;
  readonly end: () => Promise<void>;
};

const now = '2026-11-20T12:00:00.000Z';

async function inProcess(): Promise<AskedHost> {
  const built = mkdtempSync(join(tmpdir(), 'tenantscope-engine-'));
  const lab = hostLab(await engineFromSource(built));
  const host = await lab.open({ kind: 'loopback', now: Date.parse(now) });
  const desk = createCallDesk(host);
  return {
    send: message => desk.handle(message),
    end: async () => {
      await host.close();
      await lab.end();
      rmSync(built, { recursive: true, force: true });
    },
  };
}

type Ask = { readonly method?: string; readonly headers: Record<string, string>; readonly body?: string };

/** Node's own fetch sets headers that a browser would not. */
function ask(url: URL, { method = 'GET', headers, body }: Ask): Promise<{ readonly headers: IncomingHttpHeaders; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { method, headers }, response => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => { resolve({ headers: response.headers, body: Buffer.concat(chunks).toString('utf8') }); });
      response.on('error', reject);
    });
    asking.on('error', reject);
    asking.end(body);
  });
}

async function overHttp(): Promise<AskedHost> {
  const host = await startLoopbackProcess({ env: { TENANTSCOPE_NOW: now } });
  const origin = new URL(host.address).origin;
  const admitted = await ask(new URL(host.address), { headers: { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' } });
  const cookie = (admitted.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '';
  const headers = { 'content-type': 'application/json', origin, cookie, 'sec-fetch-site': 'same-origin' };
  return {
    send: async message => JSON.parse((await ask(new URL('/call', origin), { method: 'POST', headers, body: JSON.stringify(message) })).body) as Reply,
    end: async () => { await host.stop(); },
  };
}

async function overPipe(): Promise<AskedHost> {
  const before = process.env['TENANTSCOPE_NOW'];
  process.env['TENANTSCOPE_NOW'] = now;
  const desktop = await launchDesktop();
  await until(() => desktop.electron.windows.length > 0);
  const [window] = desktop.electron.windows;
  if (window === undefined) throw new Error('the desktop made no window');
  const page = desktop.page(window);
  return {
    send: message => page.call(message),
    end: async () => {
      await desktop.quit();
      if (before === undefined) delete process.env['TENANTSCOPE_NOW'];
      else process.env['TENANTSCOPE_NOW'] = before;
    },
  };
}

export const askingHosts: readonly (readonly [string, () => Promise<AskedHost>])[] = [
  ['in process', inProcess], ['over HTTP', overHttp], ['over the pipe of the desktop', overPipe],
];
