/** A tenant's snapshots on the disk: the newest and the one before it, caches of which none is ever needed. */
import { tenantFolder } from '../../../shared/domain/data-folder';
import type { ArchiveFile, Ports } from '../ports';
import { equalBytes } from './bytes';
import type { Pause, SnapshotContent, SnapshotHeader, SnapshotKey } from './snapshot-file';
import { readSnapshotHeader, SnapshotReader, writeSnapshot } from './snapshot-file';
import { snapshotLayout } from './snapshot-layout';

const names = ['snapshot-a', 'snapshot-b'] as const;
const temporaryName = 'snapshot.tmp';

type Found = { readonly name: (typeof names)[number]; readonly header: SnapshotHeader };

/** A snapshot whose manifest opens, and which was made by this program's own code. */
export type OpenedSnapshot = { readonly archiveId: Uint8Array; readonly facts: unknown; readonly sections: (pause: Pause) => ReturnType<SnapshotReader['sections']> };

export class Snapshots {
  readonly #files: Ports['archiveFiles'];
  readonly #key: SnapshotKey;
  readonly #folder: string;
  readonly #layout: Uint8Array;

  constructor({ archiveFiles, crypto }: Pick<Ports, 'archiveFiles' | 'crypto'>, tenant: string, key: Uint8Array) {
    this.#files = archiveFiles;
    this.#key = { tenant, key, crypto };
    this.#folder = tenantFolder(tenant);
    this.#layout = snapshotLayout(crypto);
  }

  #path(name: string): string {
    return `${this.#folder}/${name}`;
  }

  /** By their headers, the newest first. */
  #found(): readonly Found[] {
    const found = names.flatMap(name => {
      const header = this.#with(name, readSnapshotHeader);
      return header === null ? [] : [{ name, header }];
    });
    return [...found].sort((one, other) => other.header.generation - one.header.generation);
  }

  #with<Value>(name: string, read: (file: ArchiveFile) => Value): Value | null {
    const file = this.#files.open(this.#path(name), 'read');
    if (file === null) return null;
    try {
      return read(file);
    } finally {
      file.close();
    }
  }

  /**
   * Hands over each snapshot that could be used, the newest first, until one is taken. A file that is damaged, foreign or of another version is passed over.
   * `take` gives null to go on to the next.
   */
  async read<Value>(take: (snapshot: OpenedSnapshot) => Promise<Value | null>, pause: Pause): Promise<Value | null> {
    for (const { name, header } of quietly(() => this.#found()) ?? []) {
      if (!equalBytes(header.layout, this.#layout)) continue;
      const taken = await this.#readOne(name, header, take, pause).catch(() => null);
      if (taken !== null) return taken;
    }
    return null;
  }

  async #readOne<Value>(name: string, header: SnapshotHeader, take: (snapshot: OpenedSnapshot) => Promise<Value | null>, pause: Pause): Promise<Value | null> {
    const file = this.#files.open(this.#path(name), 'read');
    if (file === null) return null;
    try {
      const reader = new SnapshotReader(file, this.#key);
      const facts = await reader.facts(header.manifestBytes, pause);
      return facts === null ? null : await take({ archiveId: header.archiveId, facts, sections: all => reader.sections(all) });
    } finally {
      file.close();
    }
  }

  /** Takes the place of the older of the two, or of one that is of no use. @throws Failure archive.*, and what `pause` throws; then both are as they were */
  async write(archiveId: Uint8Array, content: SnapshotContent, pause: Pause): Promise<void> {
    const found = this.#found();
    const usable = found.filter(({ header }) => equalBytes(header.layout, this.#layout) && equalBytes(header.archiveId, archiveId));
    const target = names.find(name => !usable.some(other => other.name === name)) ?? usable.at(-1)?.name ?? names[0];
    const generation = (found[0]?.header.generation ?? 0) + 1;
    const header = { generation, archiveId, fileId: this.#key.crypto.randomBytes(16), layout: this.#layout };
    try {
      await this.#writeTemporary(header, content, pause);
      this.#files.rename(this.#path(temporaryName), this.#path(target));
    } catch (error) {
      quietly(() => { this.#files.remove(this.#path(temporaryName)); });
      throw error;
    }
    this.#files.syncFolder(this.#folder);
  }

  async #writeTemporary(header: Omit<SnapshotHeader, 'manifestBytes'>, content: SnapshotContent, pause: Pause): Promise<void> {
    this.#files.remove(this.#path(temporaryName));
    const file = this.#files.open(this.#path(temporaryName), 'write');
    if (file === null) throw new Error('the file was not made');
    try {
      await writeSnapshot(file, this.#key, header, content, pause);
      file.sync();
    } finally {
      file.close();
    }
  }

  /** What the tenant's files no longer bear out. */
  discard(): void {
    for (const name of [...names, temporaryName]) quietly(() => { this.#files.remove(this.#path(name)); });
  }
}

/** Null where it fails: without a snapshot a start is only slower. */
function quietly<Value>(work: () => Value): Value | null {
  try {
    return work();
  } catch {
    return null;
  }
}
