/** The files a user names: what is imported and where an export goes. */
import { Failure } from '../../shared/errors';
import type { ExportTarget, ImportSource, UserFiles } from '../engine/ports';
import { createExport } from './export-target';
import { openImport, openStandardInput } from './import-source';

/** Files that come from a page and go to it, each known by an id. */
export type PageFiles = { readonly openUpload: (id: string) => ImportSource; readonly createDownload: (id: string) => ExportTarget };

const transferName = /^(upload|download):([A-Za-z0-9_-]{1,64})$/;

/** The id in `upload:ID` or `download:ID`; null for anything else. */
export function transferId(kind: 'upload' | 'download', name: string): string | null {
  const [, found, id] = transferName.exec(name) ?? [];
  return found === kind && id !== undefined ? id : null;
}

/** A page names nothing but what it sends and takes: no path reaches the file system. */
function filesOfPage(page: PageFiles): UserFiles {
  return {
    openImport: name => {
      const id = transferId('upload', name);
      if (id === null) throw new Failure('import.unreadable', { file: name, problem: 'it is no upload' });
      return page.openUpload(id);
    },
    createExport: name => {
      const id = transferId('download', name);
      if (id === null) throw new Failure('export.unwritable', { file: name, problem: 'it is no download' });
      return page.createDownload(id);
    },
  };
}

/**
 * Where a page names the files, `page` supplies them; else names are paths and `-` is standard input.
 * Make one for a process: after standard input was read, its descriptor may belong to another file.
 */
export function createUserFiles(page: PageFiles | null = null): UserFiles {
  if (page !== null) return filesOfPage(page);
  let isInputTaken = false;
  return {
    openImport: path => {
      if (path !== '-') return openImport(path);
      if (isInputTaken) throw new Failure('import.unreadable', { file: 'standard input', problem: 'it was read already' });
      isInputTaken = true;
      return openStandardInput();
    },
    createExport,
  };
}
