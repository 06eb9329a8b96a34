/** Serves the page for as long as its command runs: starts the server over an open host, says where it is, and ends it. */
import { exitInterrupted } from '../cli/command';
import type { PageWish, Session } from '../cli/command';
import type { ServedPage } from '../cli/run';
import { createCallDesk } from '../node/call-desk';
import { prepareEngine } from '../node/prepare-engine';
import { readStaticFiles } from '../node/static-files';
import type { StaticFiles } from '../node/static-files';
import { startLoopbackServer } from './http';
import { openBrowser } from './open-browser';
import { createLoopbackTransfers } from './transfers';
import type { LoopbackTransfers } from './transfers';

export type PagePlace = {
  /** Absolute path of the built page. */
  readonly folder: string;
  readonly platform: string;
};

const firstAddress = (tenant: string | null): string => (tenant === null ? '' : `/t/${encodeURIComponent(tenant)}/timeline`);

const fired = (signal: AbortSignal): Promise<void> => new Promise(resolve => {
  if (signal.aborted) resolve();
  else signal.addEventListener('abort', () => { resolve(); }, { once: true });
});

type Serving = { readonly wish: PageWish; readonly files: StaticFiles; readonly transfers: LoopbackTransfers; readonly platform: string };

async function serve({ wish, files, transfers, platform }: Serving, { host, signal, output, terminal }: Session): Promise<number> {
  prepareEngine(host, wish.tenant);
  const server = await startLoopbackServer({
    files, uploads: transfers.uploads, downloads: transfers.downloads,
    desk: createCallDesk(host),
    onPush: listener => host.onPush(listener),
    port: wish.port,
    startAt: firstAddress(wish.tenant),
    onEntered: next => { terminal.talk(`For another browser: ${next}\n`); },
  });
  try {
    const address = server.address();
    await output.answer({ address }, () => [`Tenantscope is at ${address}`]);
    if (wish.opens === 'browser') openBrowser(address, platform);
    terminal.talk('Ctrl-C stops it.\n');
    await fired(signal);
    const lost = host.wouldLose();
    if (lost.length > 0) terminal.talk(`In memory only, and gone now: ${lost.join(', ')}\n`);
    return exitInterrupted;
  } finally {
    await server.close();
  }
}

/** @throws Failure host.page-missing */
export function servedPage(wish: PageWish, { folder, platform }: PagePlace): ServedPage {
  const serving = { wish, files: readStaticFiles(folder), transfers: createLoopbackTransfers(), platform };
  return { hostOptions: { kind: 'loopback', transfers: serving.transfers.transfers }, task: session => serve(serving, session) };
}
