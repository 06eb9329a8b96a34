/** Where a vault's key files are: on the disk, or, while nothing may be stored, in memory alone. */
import { memoryKeyFiles } from './memory-key-files';
import type { MemoryKeyFiles } from './memory-key-files';
import type { VaultFiles } from './ports';

export type VaultHome = {
  /** Of wherever they are at the moment. */
  readonly files: VaultFiles;
  readonly disk: VaultFiles;
  /** Null while they are on the disk. */
  readonly held: () => MemoryKeyFiles | null;
  /** From now on nothing is written to the disk; there are no key files at first. */
  readonly hold: () => void;
  /** From now on they are on the disk, where somebody has put them. */
  readonly settle: () => void;
};

export function vaultHome(disk: VaultFiles): VaultHome {
  let held: MemoryKeyFiles | null = null;
  const files = (): VaultFiles => held?.files ?? disk;
  return {
    disk,
    held: () => held,
    hold: () => { held ??= memoryKeyFiles(); },
    settle: () => { held = null; },
    files: {
      list: folder => files().list(folder),
      read: path => files().read(path),
      writeAtomically: (path, bytes) => { files().writeAtomically(path, bytes); },
      makeFolder: folder => { files().makeFolder(folder); },
      renameFolder: (from, to) => { files().renameFolder(from, to); },
      overwrite: path => { files().overwrite(path); },
      removeFolder: folder => { files().removeFolder(folder); },
    },
  };
}
