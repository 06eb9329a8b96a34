/** Opens a host: vault, Auth0 client, schedule and dispatch on this thread, the engine in a worker that starts when it is first needed. */
import { version } from '../../package.json';
import type { CheckedInput, OperationName, Push, Reply, SyncReceipt } from '../../shared/contract';
import { operations } from '../../shared/contract';
import { formatInstant } from '../../shared/domain/time';
import { Failure } from '../../shared/errors';
import { createAuth0Client } from '../auth0/index';
import { dispatch } from '../engine/index';
import { openVault } from '../vault/index';
import { openActivityLog, silentLog } from './activity-log';
import { createClock } from './clock';
import { createVaultCrypto } from './crypto';
import { changing } from './data-folder-paths';
import { answersOf } from './engine-answers';
import { createEngineLink } from './engine-link';
import type { EngineLink } from './engine-link';
import { traceOf } from './error-trace';
import { closeFolderToOthers } from './file-modes';
import { placeFiles } from './file-places';
import type { EnginePaths, Host, HostOptions } from './host';
import { createNodeHttp } from './http';
import { createFaultKeeper } from './keep-fault';
import type { MainContext } from './main-context';
import { mainHandlers } from './main-handlers';
import { createPageFiles } from './page-files';
import { PurgeSchedule } from './purge-schedule';
import { openSettings } from './settings-file';
import { openSyncOutcomes } from './sync-outcomes';
import type { SyncOutcomes } from './sync-outcomes';
import { isOfDisk } from './sync-record';
import { SyncSchedule } from './sync-schedule';
import { createTransferDesk } from './transfer-desk';
import type { TransferDesk } from './transfer-desk';
import { syncUnscheduled } from './unscheduled-sync';
import { sweepUnfinished } from './unfinished-folder';
import { createUserFiles } from './user-files';
import { createVaultFiles } from './vault-files';
import { createWriterPlace } from './writer-place';

type Http = NonNullable<HostOptions['http']>;

const noKeychain = (): Promise<{ readonly problem: string }> => Promise.resolve({ problem: 'this way of starting Tenantscope has none' });
const isDebugging = (): boolean => (process.env['TENANTSCOPE_DEBUG'] ?? '') !== '';
const enginePaths = async ({ engine }: HostOptions): Promise<EnginePaths> => engine ?? (await import('./engine-paths')).bundledPaths;
const ask = async (call: Promise<Reply>): Promise<unknown> => {
  const reply = await call;
  if (!reply.ok) throw Failure.fromReport(reply.error);
  return reply.value;
};

class NodeHost implements Host {
  readonly #options: HostOptions & { readonly kind: NonNullable<HostOptions['kind']> };
  readonly #main: MainContext;
  readonly #engine: EngineLink;
  readonly #http: Http;
  readonly #transfers: TransferDesk | null;
  readonly #listeners = new Set<(push: Push) => void>();
  readonly #underWay = new Map<AbortController, OperationName>();
  readonly #keepFault: (error: unknown) => string;
  #tried: Promise<void> = Promise.resolve();
  #readableByOthers = 0;
  #isClosed = false;

  constructor(options: HostOptions) {
    this.#options = { ...options, kind: options.kind ?? 'cli' };
    this.#http = options.http ?? createNodeHttp(process.env);
    this.#transfers = options.transfers === undefined ? null : createTransferDesk(options.transfers);
    this.#main = this.#mainContext();
    const { log } = this.#main;
    this.#keepFault = createFaultKeeper(isDebugging(), (reference, error) => { log.write('fault', { reference, trace: traceOf(error) }); });
    this.#engine = createEngineLink({
      paths: () => enginePaths(options),
      start: { dataDir: options.dataDir, now: options.now, isDebugging: isDebugging(), files: this.#options.kind === 'loopback' ? 'transfers' : 'paths' },
      answers: answersOf(this.#main, this.#transfers),
      onPush: push => { this.#push(push); },
      keepFault: this.#keepFault,
      onFault: (reference, trace) => { log.write('fault', { reference, trace }); },
    });
  }

  #mainContext(): MainContext {
    const { dataDir, kind, passphrase, keychain, effects } = this.#options;
    const clock = createClock(null, 'background');
    const vault = openVault({ files: createVaultFiles(dataDir), crypto: createVaultCrypto(), passphrase, keychain: keychain ?? noKeychain });
    const place = { dataDir, now: clock.now, mayWrite: () => !vault.isInMemory() };
    const log = kind === 'cli' ? silentLog : openActivityLog(place);
    const outcomes = openSyncOutcomes({ ...place, onDamage: () => { log.write('syncs.damaged'); } });
    return {
      kind, dataDir, log, effects: effects ?? null, shown: { support: null },
      vault,
      auth0: createAuth0Client({
        http: this.#http, clock: createClock(null), random: Math.random,
        waiting: (tenant, ms) => { this.#push({ name: 'auth0.waiting', value: { tenant, until: formatInstant(Date.now() + ms) } }); },
      }),
      settings: openSettings({ ...place, onDamage: () => { log.write('settings.damaged'); } }),
      outcomes,
      schedule: kind === 'cli' ? null : this.#schedule(clock, outcomes),
      purges: kind === 'cli' ? null : this.#purges(clock),
      files: createUserFiles(kind === 'loopback' && this.#transfers !== null ? createPageFiles(this.#transfers.doors) : null),
      writerPlace: createWriterPlace(dataDir), takePlace: () => { this.#takePlace(); },
      whenTried: () => this.#tried,
      push: push => { this.#push(push); },
      closeArchives: () => this.#closeArchives(),
      keepArchives: folder => this.#engine.keep(folder),
      readableByOthers: () => this.#readableByOthers,
      licensesPath: async () => (await enginePaths(this.#options)).licensesPath,
    };
  }

  #schedule(clock: ReturnType<typeof createClock>, outcomes: SyncOutcomes): SyncSchedule {
    return new SyncSchedule({
      clock,
      connectedTenants: () => this.#main.vault.tenants().filter(({ connected }) => connected).map(({ tenant }) => tenant),
      settings: () => this.#main.settings.read(),
      canStore: () => this.#canStore(),
      sync: (input, signal) => this.#sync(input, signal),
      tell: value => { this.#push({ name: 'sync.state', value }); },
      notify: this.#options.effects?.notify ?? null,
      outcomes,
      log: (event, facts) => { this.#main.log.write(event, facts); },
    });
  }

  async #sync(input: CheckedInput<'tenant.sync'>, signal: AbortSignal): Promise<SyncReceipt> {
    return (await ask(this.#engine.call('tenant.sync', input, signal))) as SyncReceipt;
  }

  #purges(clock: ReturnType<typeof createClock>): PurgeSchedule {
    return new PurgeSchedule({
      clock,
      tenants: () => this.#main.vault.tenants().map(({ tenant }) => tenant),
      settings: () => this.#main.settings.read(),
      canStore: async () => (await this.#canStore()) === true,
      purge: (tenant, signal) => ask(this.#engine.call('archive.purge', { tenant }, signal)),
    });
  }

  /** What a killed process had begun to destroy is destroyed before anything else is written. */
  #takePlace(): void {
    const { writerPlace, vault, dataDir } = this.#main;
    writerPlace.take();
    vault.finishForgetting();
    changing(() => { sweepUnfinished(dataDir); });
  }

  async #canStore(): Promise<boolean | Failure> {
    const { state } = await this.#main.vault.state();
    if (state !== 'open') return state === 'memory';
    try {
      this.#takePlace();
      return true;
    } catch (error) {
      return error instanceof Failure && isOfDisk(error.code) ? error : false;
    }
  }

  /** Files of the data folder that others may read, as after a copy, are closed to them. */
  #closeFolder(): void {
    const { repaired, open } = closeFolderToOthers(this.#main.dataDir);
    this.#readableByOthers = open;
    if (repaired > 0) this.#main.log.write('modes.repaired', { count: repaired });
    if (open > 0) this.#main.log.write('modes.open', { count: open });
  }

  /** Syncs first, so that they end as stopped and not as failed. */
  async #closeArchives(): Promise<void> {
    for (const [controller, name] of this.#underWay) if (Object.hasOwn(operations, name) && operations[name].runs === 'engine') controller.abort();
    const { schedule } = this.#main;
    const never = new AbortController().signal;
    await Promise.all((schedule?.states() ?? []).map(({ tenant }) => schedule?.stop(tenant, never)));
    await this.#engine.rest();
  }

  /** Opens the folder by what needs no asking, and begins what runs unattended. */
  begin(): void {
    const { kind, vault, schedule, log } = this.#main;
    this.#closeFolder();
    if (kind === 'cli') return;
    log.write('host.started', { version, status: kind });
    this.#tried = (async () => {
      try {
        if ((await vault.state()).state === 'locked') await vault.checkPassphrase();
      } catch {
        // It stays locked, and says so when it is asked.
        return;
      }
    })();
    void this.#tried.then(() => {
      schedule?.start();
      this.#main.purges?.start();
    }).catch(this.#keepFault);
  }

  readonly call: Host['call'] = async (name, input, options) => {
    const controller = new AbortController();
    const cancel = (): void => { controller.abort(); };
    options?.signal?.addEventListener('abort', cancel, { once: true });
    if (options?.signal?.aborted === true || this.#isClosed) cancel();
    this.#underWay.set(controller, name);
    try {
      return (await ask(this.#reply(name, input, controller.signal))) as never;
    } finally {
      this.#underWay.delete(controller);
      options?.signal?.removeEventListener('abort', cancel);
    }
  };

  async #reply(name: OperationName, input: unknown, signal: AbortSignal): Promise<Reply> {
    const reply = await this.#attempt(name, input, signal);
    const isTold = reply.ok || reply.error.code === 'operation.cancelled' || reply.error.code === 'operation.unknown';
    if (!isTold) this.#main.log.write('call.failed', { status: name, errCode: reply.error.code });
    return reply;
  }

  async #attempt(name: OperationName, input: unknown, signal: AbortSignal): Promise<Reply> {
    try {
      if (signal.aborted) throw new Failure('operation.cancelled');
      if (!Object.hasOwn(operations, name)) throw new Failure('operation.unknown', { operation: String(name) });
      const { kind } = this.#main;
      const placed = await placeFiles({ kind, transfers: this.#options.transfers ?? null, now: Date.now }, { name, input, signal });
      // Tenants in memory have nothing to write there, until they are kept.
      if (operations[name].access === 'write' && !this.#main.vault.isInMemory()) this.#takePlace();
      const run = (): Promise<Reply> => this.#run(name, placed.input, signal);
      const reply = placed.transferIds.length === 0 || this.#transfers === null ? await run() : await this.#transfers.during(placed.transferIds, signal, run);
      // An engine that is closed answers what waited in it with an error of its own.
      return signal.aborted && !reply.ok ? { ok: false, error: new Failure('operation.cancelled').report() } : reply;
    } catch (error) {
      if (signal.aborted) return { ok: false, error: new Failure('operation.cancelled').report() };
      const failure = error instanceof Failure ? error : new Failure('internal', { reference: this.#keepFault(error) });
      return { ok: false, error: failure.report() };
    }
  }

  async #run(name: OperationName, input: unknown, signal: AbortSignal): Promise<Reply> {
    if (operations[name].runs === 'main') return dispatch({ handlers: mainHandlers, context: this.#main, keepFault: this.#keepFault }, { name, input, signal });
    const { schedule } = this.#main;
    // A rewriting waits for the syncs of its tenant, and one of them may go on for ever.
    const rewrites = name === 'user.forget' || name === 'tenant.forget' ? operations[name].input.safeParse(input) : null;
    if (rewrites?.success === true) await schedule?.stop(rewrites.data.tenant, signal);
    const sync = name === 'tenant.sync' ? operations['tenant.sync'].input.safeParse(input) : null;
    if (sync?.success !== true) return this.#engine.call(name, input, signal);
    return { ok: true, value: schedule === null ? await syncUnscheduled(this.#main, sync.data, work => this.#sync(work, signal)) : await schedule.sync(sync.data, signal) };
  }

  #push(push: Push): void {
    for (const listener of this.#listeners) listener(push);
  }

  onPush(listener: (push: Push) => void): () => void {
    this.#listeners.add(listener);
    return () => { this.#listeners.delete(listener); };
  }

  wouldLose(): readonly string[] {
    const { vault } = this.#main;
    return vault.isInMemory() ? vault.tenants().map(({ tenant }) => tenant) : [];
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const controller of this.#underWay.keys()) controller.abort();
    const { schedule, purges, writerPlace, log } = this.#main;
    await Promise.all([schedule?.end(), purges?.end()]);
    await this.#engine.close();
    await this.#http.close();
    log.write('host.closed');
    writerPlace.release();
  }
}

export function openHost(options: HostOptions): Promise<Host> {
  const host = new NodeHost(options);
  host.begin();
  return Promise.resolve(host);
}
