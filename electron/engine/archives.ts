/** The archives a running engine has open, each once; one that broke is opened again from the disk. */
import type { TenantId } from '../../shared/domain/ids';
import { sampleTenant } from '../../shared/domain/ids';
import { Failure } from '../../shared/errors';
import { IdleWatch } from './idle-watch';
import type { Ports, TenantHome } from './ports';
import { Archive } from './store/archive';
import { equalBytes } from './store/bytes';
import type { ArchiveStart } from './store/open-archive';
import type { ReadableArchive } from './store/readable-archive';
import { RecentValues } from './recent-values';
import { judgeOf } from './store/judge';
import type { RewriteReport } from './store/rewrite-journal';
import { rewriteJournal } from './store/rewrite-journal';
import { openSampleArchive } from './store/sample-archive';
import { TenantGate } from './tenant-gate';
import { TenantHomes } from './tenant-homes';
import { unlessCancelled } from './unless-cancelled';

/** After so long without a question there is time for what nobody waits for. */
const idleMs = 30_000;

export class Archives {
  readonly ports: Ports;
  readonly #open = new Map<TenantId, Promise<Archive>>();
  /** Tenants whose last sync to the disk failed: what it left there is not believed. */
  readonly #distrusted = new Set<TenantId>();
  /** Totals of questions as of a moment, which do not change any more. */
  readonly totals = new RecentValues<number>(100);
  /** Whoever appends or rewrites goes through it. */
  readonly gate = new TenantGate();
  readonly #settling = new Map<TenantId, Promise<RewriteReport>>();
  /** Tenants whose archive broke: what a snapshot says of it is not believed, and its journal is read through. */
  readonly #replayed = new Set<TenantId>();
  readonly #idle: IdleWatch;
  readonly #homes: TenantHomes;
  #isClosed = false;
  #sample: Promise<ReadableArchive> | null = null;

  constructor(ports: Ports) {
    this.#homes = new TenantHomes(ports.archiveFiles);
    this.ports = { ...ports, archiveFiles: this.#homes.files };
    this.#idle = new IdleWatch(ports.clock, idleMs, () => this.#whenIdle());
  }

  /** For reading, as of the last durable state. @throws Failure tenant.unknown, vault.*, archive.*, operation.cancelled */
  async read(tenant: TenantId, signal?: AbortSignal): Promise<ReadableArchive> {
    if (tenant === sampleTenant) {
      this.#sample ??= openSampleArchive(this.ports, this.ports.clock.now()).catch((error: unknown) => {
        this.#sample = null;
        throw error;
      });
      return this.#sample;
    }
    this.#idle.used();
    for (;;) {
      // Asked again each time: the tenant may have been forgotten meanwhile, and made anew.
      const key = await this.ports.keys.dataKey(tenant);
      if (key === null) throw new Failure('tenant.unknown', { tenant });
      const archive = await unlessCancelled(this.#opened(tenant, key), signal);
      await unlessCancelled(archive.refresh(), signal).catch((error: unknown) => { if (archive.state !== 'retired') throw error; });
      if (archive.state !== 'retired') return archive;
    }
  }

  /** The same, for who reads through all of it: damage behind a snapshot has become a gap. */
  async readIntact(tenant: TenantId, signal?: AbortSignal): Promise<ReadableArchive> {
    const archive = await this.read(tenant, signal);
    if (!(archive instanceof Archive)) return archive;
    return await unlessCancelled(archive.checkSeals(), signal) ? archive : this.read(tenant, signal);
  }

  /** For appending. `existing`: the tenant must be there; `new`: it is made. This process must hold the folder's writer place. */
  async write(tenant: TenantId, kind: 'existing' | 'new', signal?: AbortSignal): Promise<Archive> {
    if (tenant === sampleTenant) throw new Failure('tenant.reserved');
    const key = kind === 'new' ? await this.ports.keys.createDataKey(tenant) : await this.ports.keys.dataKey(tenant);
    if (key === null) throw new Failure('tenant.unknown', { tenant });
    this.#idle.used();
    const archive = await unlessCancelled(this.#writable(tenant, key), signal);
    if (!archive.policies.isUnfinished) return archive;
    await unlessCancelled(this.settle(archive, key), signal);
    return unlessCancelled(this.#writable(tenant, key), signal);
  }

  async #writable(tenant: TenantId, key: Uint8Array): Promise<Archive> {
    const opened = await this.#opened(tenant, key);
    const archive = await opened.checkSeals() ? opened : await this.#opened(tenant, key);
    await archive.becomeWriter();
    this.#distrusted.delete(tenant);
    if (this.#replayed.delete(tenant)) archive.snapshots.discard();
    return archive;
  }

  /** Makes the journal's files follow the archive's policies; one that a kill cut short is done again by the next writer. @throws Failure archive.* */
  settle(archive: Archive, key: Uint8Array): Promise<RewriteReport> {
    const { tenant } = archive;
    const settling = this.#settling.get(tenant) ?? this.#settle(archive, key).finally(() => { this.#settling.delete(tenant); });
    this.#settling.set(tenant, settling);
    return settling;
  }

  async #settle(archive: Archive, key: Uint8Array): Promise<RewriteReport> {
    const { policies, tenant, journalPlace } = archive;
    const report = await rewriteJournal({
      ports: this.ports, place: journalPlace, judge: judgeOf(policies, logId => archive.eventBytes(logId)),
      unopened: policies.tombstones.size > 0 ? 'drop' : 'keep',
      breathe: async () => {
        await this.ports.clock.sleep(0);
        if (this.#isClosed || archive.state !== 'sound') throw new Failure('operation.cancelled');
      },
      retire: () => { archive.retire(); },
    });
    (await this.#writable(tenant, key)).decide({ state: 'done', forgotten: [], purged: null });
    return report;
  }

  /** Lets a tenant's archive go, as it is about to be destroyed, or opened from elsewhere; what was in memory alone is gone then. */
  async release(tenant: TenantId): Promise<void> {
    const archive = await this.#open.get(tenant)?.catch(() => undefined);
    this.#open.delete(tenant);
    this.#distrusted.delete(tenant);
    // One that broke has nobody to read on from it, and would keep its files open.
    if (archive?.state === 'sound') archive.retire();
    else if (archive !== undefined) closeQuietly(archive);
    this.#homes.leave(tenant);
  }

  /** Where a tenant that was opened lives. */
  homeOf(tenant: TenantId): TenantHome {
    return tenant === sampleTenant ? 'disk' : this.#homes.homeOf(tenant);
  }

  /** Moves every tenant in memory to the disk, by way of a folder of the data folder. What fails leaves them all in memory. @throws Failure archive.*, vault.exists */
  keep(folder: string): Promise<void> {
    return this.gate.everywhere(async () => {
      await this.#homes.copyTo(folder, () => this.ports.clock.sleep(0));
      await this.ports.home.putInPlace(folder);
      // Who reads goes on from the disk.
      for (const tenant of this.#homes.tenantsInMemory) await this.release(tenant);
    });
  }

  async #opened(tenant: TenantId, key: Uint8Array): Promise<Archive> {
    const opening = this.#open.get(tenant);
    const known = await opening?.catch(() => undefined);
    const isOther = known !== undefined && !equalBytes(known.journalPlace.context.key, key);
    if (isOther) known.retire();
    if (known?.state === 'sound') return known;
    if (known !== undefined && this.#open.get(tenant) === opening) this.#drop(tenant, known);
    return this.#open.get(tenant) ?? this.#openAgain(tenant, key);
  }

  #openAgain(tenant: TenantId, key: Uint8Array): Promise<Archive> {
    const opening = this.#openAtHome(tenant, key);
    this.#open.set(tenant, opening);
    opening.catch(() => {
      if (this.#open.get(tenant) === opening) this.#open.delete(tenant);
    });
    return opening;
  }

  async #openAtHome(tenant: TenantId, key: Uint8Array): Promise<Archive> {
    this.#homes.settle(tenant, await this.ports.home.of(tenant));
    const trusted: ArchiveStart = this.#replayed.has(tenant) ? 'replay' : 'all-intact';
    const archive = await Archive.open(this.ports, tenant, key, this.#distrusted.has(tenant) ? 'vouched-only' : trusted);
    // It would only take as much memory again.
    if (this.homeOf(tenant) === 'memory') archive.snapshots.stop();
    return archive;
  }

  #drop(tenant: TenantId, archive: Archive): void {
    this.#open.delete(tenant);
    this.#replayed.add(tenant);
    if (archive.state === 'sync-failed') this.#distrusted.add(tenant);
    closeQuietly(archive);
  }

  async #whenIdle(): Promise<void> {
    for (const opening of [...this.#open.values()]) {
      const archive = await opening.catch(() => null);
      // What is found damaged is replayed by the next question.
      if (archive !== null && await archive.checkSeals().catch(() => false)) await archive.snapshots.take();
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#idle.end();
    const opened = await Promise.allSettled([...this.#open.values()]);
    this.#open.clear();
    for (const archive of opened) {
      if (archive.status !== 'fulfilled') continue;
      await archive.value.snapshots.take();
      closeQuietly(archive.value);
    }
    (await this.#sample?.catch(() => null))?.close();
    this.#sample = null;
  }
}

/** What was acknowledged is on the disk; a file that will not close must not keep the others open. */
function closeQuietly(archive: Archive): void {
  try {
    archive.close();
  } catch {
    return;
  }
}
