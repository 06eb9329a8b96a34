/** Has tenants that lived in memory alone live in the data folder from now on, with all they hold, or changes nothing. */
import { join } from 'node:path';
import type { Reply } from '../../shared/contract';
import { tenantsFolder, vaultPath } from '../../shared/domain/data-folder';
import { Failure } from '../../shared/errors';
import { changing } from './data-folder-paths';
import { makePrivateFolder } from './file-modes';
import type { MainContext } from './main-context';
import { newUnfinished, putInPlace, removeUnfinished } from './unfinished-folder';
import { createVaultFiles } from './vault-files';

/** The keys first: cut short behind them the folder is one that opens and has no tenants yet, and not one with tenants that nothing opens. */
const placingOrder = [vaultPath, tenantsFolder];

/** Puts what the engine wrote into a folder of the data folder in its place, together with the key files. @throws Failure vault.exists; archive.*: then nothing has moved */
export function placeKept({ dataDir, vault }: Pick<MainContext, 'dataDir' | 'vault'>, folder: string): void {
  const unfinished = join(dataDir, folder);
  const files = createVaultFiles(unfinished);
  vault.keep(content => {
    for (const [path, bytes] of content) {
      files.makeFolder(path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '');
      files.writeAtomically(path, bytes);
    }
    changing(() => { putInPlace(dataDir, unfinished, placingOrder); });
  });
}

type Syncing = Pick<NonNullable<MainContext['schedule']>, 'states' | 'stop' | 'sync'>;

/** Keeping waits for those who write, and a sync may go on for long: it is begun again, from where it stood. */
async function withoutSyncs<Value>(schedule: Syncing | null, work: () => Promise<Value>): Promise<Value> {
  const running = schedule?.states().filter(({ state }) => state === 'running').map(({ tenant }) => tenant) ?? [];
  const never = new AbortController().signal;
  await Promise.all(running.map(tenant => schedule?.stop(tenant, never)));
  try {
    return await work();
  } finally {
    // How each ends is told by its state.
    for (const tenant of running) void schedule?.sync({ tenant }, never).catch(() => undefined);
  }
}

async function moveAll({ dataDir, keepArchives }: Pick<MainContext, 'dataDir' | 'keepArchives'>): Promise<void> {
  const folder = newUnfinished('keep');
  const unfinished = join(dataDir, folder);
  const made = changing(() => makePrivateFolder(unfinished));
  try {
    const reply: Reply = await keepArchives(folder);
    if (!reply.ok) throw Failure.fromReport(reply.error);
  } finally {
    removeUnfinished(unfinished, made);
  }
}

type Places = Pick<MainContext, 'dataDir' | 'vault' | 'schedule' | 'settings' | 'outcomes' | 'keepArchives' | 'writerPlace' | 'takePlace'>;

/** One at a time: who comes later waits. Takes the folder's writer place, and gives it back where it fails. @throws Failure as for a new vault; vault.exists, also when they are kept by then; archive.* */
export function keepTenants(context: Places, passphrase: string | undefined): Promise<{ readonly recoveryKey: string }> {
  return context.vault.keepInTurn(() => keepNow(context, passphrase));
}

async function keepNow(context: Places, passphrase: string | undefined): Promise<{ readonly recoveryKey: string }> {
  const { vault, schedule, settings, outcomes, writerPlace } = context;
  try {
    context.takePlace();
    const prepared = await vault.prepareToKeep(passphrase);
    await withoutSyncs(schedule, () => moveAll(context));
    // What was changed of these meanwhile goes to the disk when they are next read.
    settings.read();
    outcomes.of('');
    return prepared;
  } finally {
    if (vault.isInMemory()) writerPlace.release();
  }
}
