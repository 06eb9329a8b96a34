/** The vault's key files below a data folder, each replaced in one step. */
import { closeSync, existsSync, fstatSync, fsyncSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { VaultFiles } from '../vault/ports';
import { changing, placeInside, readingIfThere } from './data-folder-paths';
import { renameOver, syncFolderAt, writeSomeTo, writeWhole } from './durable-files';
import { makePrivateFolder, privateFileMode } from './file-modes';

function writeSynced(place: string, bytes: Uint8Array): void {
  // One that a killed process left behind may be wider open than ours would be, or a link.
  rmSync(place, { force: true });
  const fd = openSync(place, 'wx', privateFileMode);
  try {
    writeWhole(writeSomeTo(fd), bytes, null);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function replace(place: string, bytes: Uint8Array): void {
  const temporary = `${place}.tmp`;
  try {
    writeSynced(temporary, bytes);
    renameOver(temporary, place);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolderAt(dirname(place));
}

function overwrite(place: string): void {
  if (!existsSync(place)) return;
  const fd = openSync(place, 'r+');
  try {
    writeWhole(writeSomeTo(fd), new Uint8Array(fstatSync(fd).size), 0);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function renameFolder(from: string, to: string): void {
  renameOver(from, to);
  for (const folder of new Set([dirname(from), dirname(to)])) syncFolderAt(folder);
}

function removeFolder(place: string): void {
  rmSync(place, { recursive: true, force: true });
  syncFolderAt(dirname(place));
}

/** @throws Failure archive.unreadable; archive.unwritable; archive.disk-full */
export function createVaultFiles(root: string): VaultFiles {
  return {
    list: folder => readingIfThere(folder, [], () => readdirSync(placeInside(root, folder)).sort()),
    read: path => readingIfThere(path, null, () => new Uint8Array(readFileSync(placeInside(root, path)))),
    writeAtomically: (path, bytes) => changing(() => replace(placeInside(root, path), bytes)),
    makeFolder: folder => changing(() => void makePrivateFolder(placeInside(root, folder))),
    renameFolder: (from, to) => changing(() => renameFolder(placeInside(root, from), placeInside(root, to))),
    overwrite: path => changing(() => overwrite(placeInside(root, path))),
    removeFolder: folder => changing(() => removeFolder(placeInside(root, folder))),
  };
}
