/** The vault's files on a disk that is recorded, each step by itself as the host makes it. */
import type { VaultFiles } from '../../electron/vault';
import { folderOf } from './crash-state';
import type { RecordingFiles } from './recording-files';

export function recordedVaultFiles({ files, names, act }: RecordingFiles): VaultFiles {
  const inFolder = (folder: string): readonly string[] => [...names.keys()].filter(path => path.startsWith(`${folder}/`));
  const write = (path: string, bytes: Uint8Array): void => {
    const file = files.open(path, 'write');
    file?.writeAt(0, bytes);
    file?.sync();
    file?.close();
  };
  return {
    list: files.list,
    read: path => {
      const file = files.open(path, 'read');
      return file === null ? null : file.readAt(0, file.size());
    },
    writeAtomically: (path, bytes) => {
      files.remove(`${path}.tmp`);
      write(`${path}.tmp`, bytes);
      files.rename(`${path}.tmp`, path);
      files.syncFolder(folderOf(path));
    },
    makeFolder: () => undefined,
    renameFolder: (from, to) => {
      act({ kind: 'rename-folder', from, path: to });
      files.syncFolder(folderOf(to));
    },
    overwrite: path => {
      const file = files.open(path, 'read');
      if (file !== null) write(path, new Uint8Array(file.size()));
    },
    removeFolder: folder => {
      for (const path of inFolder(folder)) files.remove(path);
      act({ kind: 'remove-folder', path: folder });
      files.syncFolder(folderOf(folder));
    },
  };
}
