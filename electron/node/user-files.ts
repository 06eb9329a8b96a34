/** The files a user names: what is imported and where an export goes. */
import { Failure } from '../../shared/errors';
import type { UserFiles } from '../engine/ports';
import { createExport } from './export-target';
import { openImport, openStandardInput } from './import-source';

/** Make one for a process: after standard input was read, its descriptor may belong to another file. */
export function createUserFiles(): UserFiles {
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
