/** The archives a running engine has open, each once; one that broke is opened again from the disk. */
import type { TenantId } from '../../shared/domain/ids';
import { sampleTenant } from '../../shared/domain/ids';
import { Failure } from '../../shared/errors';
import type { Ports } from './ports';
import type { ArchiveStart, ReadableArchive } from './store/archive';
import { Archive } from './store/archive';
import { RecentValues } from './recent-values';
import { openSampleArchive } from './store/sample-archive';

export class Archives {
  readonly ports: Ports;
  readonly #open = new Map<TenantId, Promise<Archive>>();
  /** Tenants whose last sync to the disk failed: what it left there is not believed. */
  readonly #distrusted = new Set<TenantId>();
  /** Totals of questions as of a moment, which do not change any more. */
  readonly totals = new RecentValues<number>(100);
  #sample: Promise<ReadableArchive> | null = null;

  constructor(ports: Ports) {
    this.ports = ports;
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
    const key = await this.ports.keys.dataKey(tenant);
    if (key === null) throw new Failure('tenant.unknown', { tenant });
    const archive = await unlessCancelled(this.#opened(tenant, key), signal);
    await unlessCancelled(archive.refresh(), signal);
    return archive;
  }

  /** For appending. `existing`: the tenant must be there; `new`: it is made. This process must hold the folder's writer place. */
  async write(tenant: TenantId, kind: 'existing' | 'new', signal?: AbortSignal): Promise<Archive> {
    if (tenant === sampleTenant) throw new Failure('tenant.reserved');
    const key = kind === 'new' ? await this.ports.keys.createDataKey(tenant) : await this.ports.keys.dataKey(tenant);
    if (key === null) throw new Failure('tenant.unknown', { tenant });
    const archive = await unlessCancelled(this.#opened(tenant, key), signal);
    await unlessCancelled(archive.becomeWriter(), signal);
    this.#distrusted.delete(tenant);
    return archive;
  }

  async #opened(tenant: TenantId, key: Uint8Array): Promise<Archive> {
    const opening = this.#open.get(tenant);
    const known = await opening?.catch(() => undefined);
    if (known?.state === 'sound') return known;
    if (known !== undefined && this.#open.get(tenant) === opening) this.#drop(tenant, known);
    return this.#open.get(tenant) ?? this.#openAgain(tenant, key);
  }

  #openAgain(tenant: TenantId, key: Uint8Array): Promise<Archive> {
    const start: ArchiveStart = this.#distrusted.has(tenant) ? 'vouched-only' : 'all-intact';
    const opening = Archive.open(this.ports, tenant, key, start);
    this.#open.set(tenant, opening);
    opening.catch(() => {
      if (this.#open.get(tenant) === opening) this.#open.delete(tenant);
    });
    return opening;
  }

  #drop(tenant: TenantId, archive: Archive): void {
    this.#open.delete(tenant);
    if (archive.state === 'sync-failed') this.#distrusted.add(tenant);
    closeQuietly(archive);
  }

  async close(): Promise<void> {
    const opened = await Promise.allSettled([...this.#open.values()]);
    this.#open.clear();
    for (const archive of opened) if (archive.status === 'fulfilled') closeQuietly(archive.value);
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

/** The work goes on for whoever asks next; this caller no longer waits for it. @throws Failure operation.cancelled */
function unlessCancelled<Value>(work: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const cancel = (): void => { reject(new Failure('operation.cancelled')); };
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel, { once: true });
    work.then(resolve, reject).finally(() => { signal.removeEventListener('abort', cancel); });
  });
}
