/** The archives a running engine has open, each once. */
import type { TenantId } from '../../shared/domain/ids';
import { sampleTenant } from '../../shared/domain/ids';
import { Failure } from '../../shared/errors';
import type { Ports } from './ports';
import type { ReadableArchive } from './store/archive';
import { Archive } from './store/archive';
import { openSampleArchive } from './store/sample-archive';

export class Archives {
  readonly ports: Ports;
  readonly #open = new Map<TenantId, Promise<Archive>>();
  #sample: Promise<ReadableArchive> | null = null;

  constructor(ports: Ports) {
    this.ports = ports;
  }

  /** For reading, as of the last durable state. @throws Failure tenant.unknown, vault.*, archive.* */
  async read(tenant: TenantId): Promise<ReadableArchive> {
    if (tenant === sampleTenant) {
      this.#sample ??= openSampleArchive(this.ports, this.ports.clock.now());
      return this.#sample;
    }
    const key = await this.ports.keys.dataKey(tenant);
    if (key === null) throw new Failure('tenant.unknown', { tenant });
    const archive = await this.#opened(tenant, key);
    archive.refresh();
    return archive;
  }

  /** For appending. `existing`: the tenant must be there; `new`: it is made. This process must hold the folder's writer place. */
  async write(tenant: TenantId, kind: 'existing' | 'new'): Promise<Archive> {
    if (tenant === sampleTenant) throw new Failure('tenant.reserved');
    const key = kind === 'new' ? await this.ports.keys.createDataKey(tenant) : await this.ports.keys.dataKey(tenant);
    if (key === null) throw new Failure('tenant.unknown', { tenant });
    const archive = await this.#opened(tenant, key);
    archive.becomeWriter();
    return archive;
  }

  #opened(tenant: TenantId, key: Uint8Array): Promise<Archive> {
    const known = this.#open.get(tenant);
    if (known !== undefined) return known;
    const opening = Archive.open(this.ports, tenant, key);
    this.#open.set(tenant, opening);
    opening.catch(() => this.#open.delete(tenant));
    return opening;
  }

  async close(): Promise<void> {
    const opened = await Promise.allSettled(this.#open.values());
    for (const archive of opened) if (archive.status === 'fulfilled') archive.value.close();
    this.#open.clear();
  }
}
