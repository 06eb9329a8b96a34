/** Key files held in memory, for a folder in which nothing may be stored. */
import type { VaultFiles } from './ports';

export type MemoryKeyFiles = {
  readonly files: VaultFiles;
  /** All of them, by their paths. */
  readonly content: ReadonlyMap<string, Uint8Array>;
};

/** Folders are there when a file is in them. */
export function memoryKeyFiles(): MemoryKeyFiles {
  const content = new Map<string, Uint8Array>();
  const below = (folder: string): readonly string[] => [...content.keys()].filter(path => folder === '' || path.startsWith(`${folder}/`));
  const files: VaultFiles = {
    list: folder => [...new Set(below(folder).map(path => path.slice(folder === '' ? 0 : folder.length + 1).split('/')[0] ?? ''))].sort(),
    read: path => content.get(path)?.slice() ?? null,
    writeAtomically: (path, bytes) => { content.set(path, bytes.slice()); },
    makeFolder: () => undefined,
    renameFolder: (from, to) => {
      for (const path of below(from)) {
        content.set(`${to}${path.slice(from.length)}`, content.get(path) ?? new Uint8Array(0));
        content.delete(path);
      }
    },
    overwrite: path => { content.get(path)?.fill(0); },
    removeFolder: folder => { for (const path of below(folder)) content.delete(path); },
  };
  return { files, content };
}
