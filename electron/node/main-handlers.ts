/** Operation name to function, for everything that runs on the main thread: credentials, keys, settings, the state of syncs, backups. */
import { readFile } from 'node:fs/promises';
import { version } from '../../package.json';
import type { AppInfo, NamesRunning, Output, SyncState, VaultState } from '../../shared/contract';
import { Failure } from '../../shared/errors';
import type { Handlers } from '../engine/index';
import { backUp, restore } from './backup';
import { keepTenants } from './keep-tenants';
import type { MainContext } from './main-context';
import { writeOut } from './write-out';
import { supportFiles, supportText } from './support-bundle';
import type { SupportFile } from './support-bundle';
import { restored, syncStateOf } from './sync-record';

const shownLogLines = 500;
/** Names of process.versions worth knowing; the others follow from these. */
const toldVersions = ['electron', 'chrome', 'node', 'v8'];

function appInfo({ kind, dataDir, writerPlace, readableByOthers }: MainContext): AppInfo {
  const versions = Object.entries(process.versions).flatMap(([name, value]) => (toldVersions.includes(name) && value !== undefined ? [[name, value] as const] : []));
  return {
    version, host: kind, platform: process.platform, dataDir, versions: Object.fromEntries(versions), canWrite: writerPlace.isOpenToUs(), readableByOthers: readableByOthers(),
  };
}

function syncStates({ schedule, vault, outcomes }: MainContext): SyncState[] {
  if (schedule !== null) return schedule.states();
  return vault.tenants().filter(({ connected }) => connected).map(({ tenant }) => syncStateOf(restored(tenant, outcomes.of(tenant), Date.now()), null));
}

async function bundleOf(context: MainContext): Promise<readonly SupportFile[]> {
  const { settings, vault, log } = context;
  return supportFiles({
    app: appInfo(context), settings: settings.read(), vault: await vault.state(), tenants: vault.tenants(), syncs: syncStates(context),
    tenantHash: log.tenantHash, logTail: log.tail(shownLogLines),
  });
}

/** The folder has just been opened: what waited for that may begin. */
function opened({ log, schedule }: MainContext): void {
  log.write('vault.opened');
  schedule?.reconsider();
}

async function unlock(context: MainContext, passphrase: string | undefined): Promise<VaultState> {
  const state = await context.vault.unlock(passphrase);
  if (state.state === 'open') opened(context);
  return state;
}

/** What was written before, by whatever failed, is taken back as far as it was only the claim to write. */
async function holdInMemory({ vault, writerPlace }: MainContext): Promise<VaultState> {
  const state = await vault.holdInMemory();
  // Whoever keeps what is in memory has claimed it too, and needs it.
  if (vault.isInMemory() && !vault.isBeingKept()) writerPlace.release();
  return state;
}

/** The keys go first, so that nothing opens again what is being closed. */
async function lock({ vault, auth0, log, push, closeArchives }: MainContext): Promise<VaultState> {
  vault.lock();
  // The sample, which needs no key, takes a while to be made again.
  if (vault.tenants().length > 0) await closeArchives();
  auth0.forgetCredentials();
  const state = await vault.state();
  log.write('vault.locked');
  push({ name: 'vault.locked', value: state });
  return state;
}

/** A file of what lies in the folder, or a folder filled anew, would leave out or cover up what is in memory. @throws Failure vault.in-memory */
function refuseInMemory({ vault }: Pick<MainContext, 'vault'>): void {
  if (vault.isInMemory()) throw new Failure('vault.in-memory');
}

async function backUpTo(context: MainContext, out: string, signal: AbortSignal): Promise<Output<'archive.backup'>> {
  refuseInMemory(context);
  const { dataDir, files, push, log } = context;
  const saved = await writeOut(files, out, write => backUp(dataDir, write, { signal, onProgress: value => { push({ name: 'backup.progress', value }); } }));
  log.write('backup.ended', { count: saved.value.bytes });
  return { path: saved.path, ...saved.value };
}

async function restoreFrom(context: MainContext, file: string, signal: AbortSignal): Promise<Output<'archive.restore'>> {
  refuseInMemory(context);
  const { dataDir, files, push, log, settings } = context;
  const restored = await restore(dataDir, files.openImport(file).chunks, { signal, onProgress: value => { push({ name: 'backup.progress', value }); } });
  log.write('restore.ended', { count: restored.files });
  push({ name: 'settings.changed', value: settings.read() });
  context.schedule?.reconsider();
  return { ...restored, tenants: [...restored.tenants] };
}

export const mainHandlers: Handlers<NamesRunning<'main'>, MainContext> = {
  'tenant.connect': async ({ vault, auth0, schedule, log }, input, signal) => {
    await vault.checkPassphrase();
    const { connection, scopes } = await auth0.check(input, signal);
    await vault.saveConnection(connection);
    log.write('tenant.connected', { tenant: connection.tenant });
    schedule?.connected(connection.tenant);
    return { tenant: connection.tenant, scopes: { granted: [...scopes.granted], missing: [...scopes.missing] } };
  },
  'tenant.check': async ({ auth0 }, input, signal) => {
    const { connection, scopes } = await auth0.check(input, signal);
    return { tenant: connection.tenant, scopes: { granted: [...scopes.granted], missing: [...scopes.missing] } };
  },
  'tenant.list': ({ vault }) => Promise.resolve({ tenants: vault.tenants().map(tenant => ({ ...tenant })) }),
  'app.info': context => Promise.resolve(appInfo(context)),
  'app.licenses': async ({ licensesPath }) => JSON.parse(await readFile(await licensesPath(), 'utf8')) as Output<'app.licenses'>,
  'settings.read': ({ settings }) => Promise.resolve(settings.read()),
  'settings.write': ({ settings, effects, schedule, purges, push }, change) => {
    const before = settings.read();
    const after = settings.write(change);
    if (after.startAtLogin !== before.startAtLogin) effects?.applyLoginItem(after.startAtLogin);
    push({ name: 'settings.changed', value: after });
    if (after.syncEveryMinutes !== before.syncEveryMinutes) schedule?.reconsider();
    if (change.retention !== undefined) purges?.reconsider();
    return Promise.resolve(after);
  },
  'vault.state': async ({ vault, whenTried }) => {
    await whenTried();
    return vault.state();
  },
  'vault.unlock': (context, { passphrase }) => unlock(context, passphrase),
  'vault.setUp': async (context, { passphrase }) => {
    const made = await (context.vault.isInMemory() ? keepTenants(context, passphrase) : context.vault.setUp(passphrase));
    opened(context);
    return { ...made };
  },
  'vault.holdInMemory': holdInMemory,
  'vault.changePassphrase': ({ vault }, { current, next }) => vault.changePassphrase(current, next),
  'vault.newRecoveryKey': async ({ vault }, { current }) => ({ ...(await vault.newRecoveryKey(current)) }),
  'vault.addKeychain': ({ vault }, { current }) => vault.addKeychain(current),
  'vault.removeKeychain': ({ vault }, { current }) => vault.removeKeychain(current),
  'vault.lock': lock,
  'sync.states': context => Promise.resolve({ tenants: syncStates(context) }),
  'sync.stop': async ({ schedule }, { tenant }, signal) => ({ stopped: (await schedule?.stop(tenant, signal)) ?? false }),
  'archive.backup': (context, { out }, signal) => backUpTo(context, out, signal),
  'archive.restore': (context, { file }, signal) => restoreFrom(context, file, signal),
  'support.preview': async context => {
    context.shown.support = await bundleOf(context);
    return { files: context.shown.support.map(file => ({ ...file })) };
  },
  'support.save': async (context, { out, files }) => {
    const text = supportText(context.shown.support ?? (await bundleOf(context)), files);
    return { path: (await writeOut(context.files, out, async write => { await write(new TextEncoder().encode(text)); })).path };
  },
};
