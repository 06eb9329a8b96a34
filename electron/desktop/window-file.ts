/** Keeps the window's state in a file of its own: losing it costs nothing, so no error of it is anybody's concern. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { privateFileMode } from '../node/file-modes';
import { parseWindowState } from './window-state';
import type { WindowState } from './window-state';

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

export const readWindowState = (file: string): WindowState => parseWindowState(textOf(file));

export function writeWindowState(file: string, state: WindowState): void {
  try {
    writeFileSync(`${file}.tmp`, JSON.stringify(state), { mode: privateFileMode });
    renameSync(`${file}.tmp`, file);
  } catch {
    // The next start opens a window of the default size.
  }
}
