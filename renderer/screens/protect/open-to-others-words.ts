/** What is said of a data folder whose modes could not be put right. */
import type { AppInfo } from '../../../shared/contract';

/** Null where only its owner can read it. */
export function openToOthersWords({ readableByOthers }: Pick<AppInfo, 'readableByOthers'>): string | null {
  if (readableByOthers === 0) return null;
  const what = readableByOthers === 1 ? 'One file or folder in it' : `${String(readableByOthers)} files and folders in it`;
  return `${what} could not be closed to them, as happens in a folder of another account or on a file system without modes. Events and secrets are encrypted all the same; tenant names and settings are not.`;
}
