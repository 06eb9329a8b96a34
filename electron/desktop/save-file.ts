/** Asks where a file goes with the system's own dialog; the desktop has no other uploads or downloads. */
import path from 'node:path';
import type { BaseWindow, Dialog } from 'electron';
import { Failure } from '../../shared/errors';
import type { Transfers } from '../node/host';

export type SavePorts = {
  readonly dialog: Pick<Dialog, 'showSaveDialog'>;
  /** The window the dialog belongs to; null when there is none. */
  readonly window: () => BaseWindow | null;
  /** Where the dialog opens. */
  readonly folder: () => string;
};

export function createTransfers({ dialog, window, folder }: SavePorts): Transfers {
  const noUpload = (id: string): Failure => new Failure('import.unreadable', { file: id, problem: 'the desktop reads files by their path' });
  const noDownload = (id: string): Failure => new Failure('export.unwritable', { file: id, problem: 'the desktop writes files by their path' });
  return {
    uploadSize: () => null,
    readUpload: id => Promise.reject(noUpload(id)),
    writeDownload: id => Promise.reject(noDownload(id)),
    endDownload: () => Promise.resolve(),
    chooseSave: async suggestedName => {
      const options = { defaultPath: path.join(folder(), path.basename(suggestedName)), properties: ['createDirectory' as const, 'showOverwriteConfirmation' as const] };
      const owner = window();
      const { canceled, filePath } = owner === null ? await dialog.showSaveDialog(options) : await dialog.showSaveDialog(owner, options);
      return canceled || filePath === '' ? null : filePath;
    },
  };
}
