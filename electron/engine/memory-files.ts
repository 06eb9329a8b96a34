/** Files held in memory, for tenants of which nothing may be stored; they behave as those of a data folder do. */
import { Failure } from '../../shared/errors';
import type { ArchiveFile, ArchiveFiles } from './ports';

/** Segments grow at their end: what is there already is not moved for it. */
const blockBytes = 65_536;

/** The bytes of one file; whoever has it open keeps it, whatever becomes of its name. */
export class MemoryBytes {
  readonly #blocks: Uint8Array[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** A copy; fewer bytes than asked for only at the end. */
  read(offset: number, length: number): Uint8Array {
    const bytes = new Uint8Array(Math.max(0, Math.min(length, this.#size - offset)));
    for (let done = 0; done < bytes.length;) {
      const at = offset + done;
      const piece = this.#block(at).subarray(at % blockBytes, at % blockBytes + bytes.length - done);
      bytes.set(piece, done);
      done += piece.length;
    }
    return bytes;
  }

  write(offset: number, bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length;) {
      const at = offset + done;
      const piece = bytes.subarray(done, done + blockBytes - at % blockBytes);
      this.#block(at).set(piece, at % blockBytes);
      done += piece.length;
    }
    if (bytes.length > 0) this.#size = Math.max(this.#size, offset + bytes.length);
  }

  /** What is cut off is zero should the file grow again. */
  resize(size: number): void {
    if (size < this.#size) {
      this.#blocks.length = Math.min(this.#blocks.length, Math.ceil(size / blockBytes));
      if (size % blockBytes > 0) this.#blocks[Math.floor(size / blockBytes)]?.fill(0, size % blockBytes);
    }
    this.#size = size;
  }

  #block(at: number): Uint8Array {
    const index = Math.floor(at / blockBytes);
    for (let last = this.#blocks.length; last <= index; last += 1) this.#blocks.push(new Uint8Array(blockBytes));
    return this.#blocks[index] ?? new Uint8Array(blockBytes);
  }
}

function openFile(path: string, file: MemoryBytes): ArchiveFile {
  let isOpen = true;
  const open = (): MemoryBytes => {
    if (!isOpen) throw new Failure('archive.unreadable', { file: path, problem: 'EBADF' });
    return file;
  };
  return {
    size: () => open().size,
    readAt: (offset, length) => open().read(offset, length),
    writeAt: (offset, bytes) => { open().write(offset, bytes); },
    truncate: size => { open().resize(size); },
    sync: () => { open(); },
    close: () => { isOpen = false; },
  };
}

export type MemoryFiles = ArchiveFiles & {
  /** All files below a folder, by their paths in it. */
  readonly below: (folder: string) => ReadonlyMap<string, MemoryBytes>;
  readonly removeFolder: (folder: string) => void;
};

export function memoryFiles(): MemoryFiles {
  const files = new Map<string, MemoryBytes>();
  const folders = new Set<string>();
  const below = (folder: string): ReadonlyMap<string, MemoryBytes> =>
    new Map([...files].filter(([path]) => path.startsWith(`${folder}/`)).map(([path, file]) => [path.slice(folder.length + 1), file]));
  return {
    below,
    removeFolder: folder => {
      for (const name of below(folder).keys()) files.delete(`${folder}/${name}`);
      for (const made of folders) if (made === folder || made.startsWith(`${folder}/`)) folders.delete(made);
    },
    list: folder => {
      const paths = [...files.keys(), ...folders].filter(path => path.startsWith(`${folder}/`));
      return [...new Set(paths.map(path => path.slice(folder.length + 1).split('/')[0] ?? ''))].sort();
    },
    makeFolder: folder => { folders.add(folder); },
    open: (path, mode) => {
      const file = files.get(path) ?? (mode === 'write' ? new MemoryBytes() : null);
      if (file === null) return null;
      files.set(path, file);
      return openFile(path, file);
    },
    isBeingWritten: () => false,
    syncFolder: () => undefined,
    rename: (from, to) => {
      const file = files.get(from);
      if (file === undefined) throw new Failure('archive.unwritable', { problem: 'ENOENT' });
      files.delete(from);
      files.set(to, file);
    },
    remove: path => { files.delete(path); },
  };
}
