/** Prepares what is to come into a data folder beside its place there, and puts it in place wholly or not at all. */
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tenantsFolder } from '../../shared/domain/data-folder';
import { readingIfThere } from './data-folder-paths';
import { renameOver, syncFolderAt } from './durable-files';

/** What is prepared: a backup's content, or tenants that were in memory only. */
type Purpose = 'restore' | 'keep';

/** Inside the data folder, so that moving from it is only renaming; named after the process, so that one a killed process left is told. */
const pattern = /^(?:restore|keep)\.(\d+)\.[0-9a-f]{16}\.tmp$/;

export const newUnfinished = (purpose: Purpose): string => `${purpose}.${String(process.pid)}.${randomBytes(8).toString('hex')}.tmp`;

/** Removes what killed processes left. Whoever has the writer's place is the only living process that prepares anything. */
export function sweepUnfinished(dataDir: string): void {
  const names = readingIfThere('', [], () => readdirSync(dataDir));
  const left = names.filter(name => ![undefined, String(process.pid)].includes(pattern.exec(name)?.[1]));
  for (const name of left) rmSync(join(dataDir, name), { recursive: true, force: true });
}

/** Moves names from the folder to the data folder (absolute paths) at one go of this thread, in their order; takes back what was moved when one move fails, or making them durable. */
export function putInPlace(dataDir: string, unfinished: string, order: readonly string[]): void {
  const moving = order.filter(name => existsSync(join(unfinished, name)));
  const moved: string[] = [];
  try {
    if (moving.includes(tenantsFolder) && existsSync(join(dataDir, tenantsFolder))) rmdirSync(join(dataDir, tenantsFolder));
    for (const name of moving) {
      renameOver(join(unfinished, name), join(dataDir, name));
      moved.push(name);
    }
    syncFolderAt(dataDir);
  } catch (error) {
    for (const name of moved.reverse()) renameOver(join(dataDir, name), join(unfinished, name));
    throw error;
  }
}

/** Removes the folder, and of the folders above it that were made for it those that hold nothing. */
export function removeUnfinished(unfinished: string, topmost: string | null): void {
  rmSync(unfinished, { recursive: true, force: true });
  try {
    for (let folder = dirname(unfinished); topmost !== null && folder.length >= topmost.length; folder = dirname(folder)) rmdirSync(folder);
  } catch {
    return;
  }
}
