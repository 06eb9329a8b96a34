/** Warns of a data folder that other people on this machine can read. */
import type { Host } from '../node/host';
import type { Output } from './output';
import { countOf } from './wording';

/** What could not be put right when the host was opened; says nothing where all is well, and keeps nothing from being done. */
export async function warnIfOpenToOthers(host: Pick<Host, 'call'>, output: Pick<Output, 'warn'>): Promise<void> {
  const info = await host.call('app.info', {}).catch(() => null);
  if (info === null || info.readableByOthers === 0) return;
  const count = countOf(info.readableByOthers, 'file or folder', 'files and folders');
  output.warn(`others on this machine can read ${count} in ${info.dataDir}, whose modes could not be put right: they belong to another account, or the file system keeps none. Events and secrets are encrypted all the same; tenant names and settings are not.`);
}
