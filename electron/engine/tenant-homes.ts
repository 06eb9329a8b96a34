/** Leads each tenant's files to where the tenant lives: the data folder, or memory alone. */
import { tenantFolder } from '../../shared/domain/data-folder';
import type { TenantId } from '../../shared/domain/ids';
import type { MemoryBytes } from './memory-files';
import { memoryFiles } from './memory-files';
import type { ArchiveFiles, TenantHome } from './ports';

const copiedAtOnce = 1_048_576;

export class TenantHomes {
  /** Of all tenants; one not told of lives in the data folder. */
  readonly files: ArchiveFiles;
  readonly #disk: ArchiveFiles;
  readonly #memory = memoryFiles();
  readonly #inMemory = new Map<string, TenantId>();

  constructor(disk: ArchiveFiles) {
    this.#disk = disk;
    const at = (path: string): ArchiveFiles => (this.#isInMemory(path) ? this.#memory : disk);
    this.files = {
      list: folder => at(folder).list(folder),
      makeFolder: folder => { at(folder).makeFolder(folder); },
      open: (path, mode) => at(path).open(path, mode),
      isBeingWritten: () => disk.isBeingWritten(),
      syncFolder: folder => { at(folder).syncFolder(folder); },
      rename: (from, to) => { at(from).rename(from, to); },
      remove: path => { at(path).remove(path); },
    };
  }

  #isInMemory(path: string): boolean {
    return [...this.#inMemory.keys()].some(folder => path === folder || path.startsWith(`${folder}/`));
  }

  homeOf(tenant: TenantId): TenantHome {
    return this.#inMemory.has(tenantFolder(tenant)) ? 'memory' : 'disk';
  }

  /** To be told before anything of the tenant is opened. */
  settle(tenant: TenantId, home: TenantHome): void {
    if (home === 'memory') this.#inMemory.set(tenantFolder(tenant), tenant);
  }

  get tenantsInMemory(): readonly TenantId[] {
    return [...this.#inMemory.values()];
  }

  /** Writes all that is in memory below a folder of the data folder, durably, in the places it would have there. `breathe` is awaited between pieces. @throws Failure archive.* */
  async copyTo(folder: string, breathe: () => Promise<void>): Promise<void> {
    for (const of of this.#inMemory.keys()) {
      const files = [...this.#memory.below(of)];
      const folders = new Set(files.map(([name]) => parentOf(`${folder}/${of}/${name}`)));
      for (const each of folders) this.#disk.makeFolder(each);
      for (const [name, bytes] of files) await this.#copy(bytes, `${folder}/${of}/${name}`, breathe);
      for (const each of folders) this.#disk.syncFolder(each);
    }
  }

  async #copy(bytes: MemoryBytes, path: string, breathe: () => Promise<void>): Promise<void> {
    const file = this.#disk.open(path, 'write');
    if (file === null) return;
    try {
      for (let done = 0; done < bytes.size; done += copiedAtOnce) {
        file.writeAt(done, bytes.read(done, copiedAtOnce));
        await breathe();
      }
      file.sync();
    } finally {
      file.close();
    }
  }

  /** Destroys what is in memory of a tenant, which lives in the data folder from now on, or not at all. */
  leave(tenant: TenantId): void {
    const folder = tenantFolder(tenant);
    if (!this.#inMemory.delete(folder)) return;
    this.#memory.removeFolder(folder);
  }
}

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));
