/** Data folders to back up and to restore into, and backups made by hand. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { onTestFinished } from 'vitest';
import { backUp, restore } from '../../electron/node/backup';
import type { BackupProgress } from '../../electron/node/backup';
import { entryBytes, headerBytes, trailerBytes } from '../../electron/node/backup-format';
import { createVaultFiles } from '../../electron/node/vault-files';
import { openVault } from '../../electron/vault';
import type { TestEngine } from '../builders/test-engine';
import { testEngine } from '../builders/test-engine';
import { logEvents, toJsonLines } from '../builders/log-event';
import { withoutKeychain, quickCrypto } from '../vault/memory-vault';
import { temporaryFolder } from './temporary-folder';

export const never = new AbortController().signal;

export type ArchiveFolder = { readonly dataDir: string; readonly engine: TestEngine; readonly importEvents: (count: number, from: number) => Promise<void> };

/** A real vault with a real archive of the tenant `acme` in `ROOT/data`. */
export function archiveFolder(root: string = temporaryFolder()): ArchiveFolder {
  const dataDir = join(root, 'data');
  const vault = openVault({ files: createVaultFiles(dataDir), crypto: quickCrypto, passphrase: () => Promise.resolve('correct horse'), keychain: withoutKeychain });
  const keys = { dataKey: vault.dataKey, createDataKey: vault.createDataKey, tenants: () => Promise.resolve(vault.tenants().map(({ tenant }) => tenant)) };
  const engine = testEngine({ root, ports: { keys } });
  onTestFinished(() => engine.end());
  return {
    dataDir, engine,
    importEvents: async (count, from) => {
      const file = engine.file(`events-${String(from)}.jsonl`, toJsonLines(logEvents(count, from)));
      await engine.call('archive.import', { tenant: 'acme', files: [file] });
    },
  };
}

/** Every file of a folder by its path in it, and its content. */
export function filesIn(folder: string): Record<string, Buffer> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  const paths = entries.map(entry => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/')).sort();
  return Object.fromEntries(paths.map(path => [path, readFileSync(join(folder, path))]));
}

/** Everything below a folder, folders too, with its mode. */
export function modesIn(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(entries.map(path => [path, (statSync(join(folder, path)).mode & 0o777).toString(8)]));
}

export function fill(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

export type Taken = { readonly bytes: Buffer; readonly receipt: { readonly bytes: number; readonly sha256: string }; readonly progress: readonly BackupProgress[] };

export async function backupOf(dataDir: string, onWrite: () => Promise<void> | void = () => undefined): Promise<Taken> {
  const [pieces, progress]: [Uint8Array[], BackupProgress[]] = [[], []];
  const receipt = await backUp(dataDir, async bytes => {
    pieces.push(bytes);
    await onWrite();
  }, { signal: never, onProgress: told => progress.push(told) });
  return { bytes: Buffer.concat(pieces), receipt, progress };
}

export async function* inPieces(bytes: Uint8Array, sizes: readonly number[] = [65_536]): AsyncGenerator<Uint8Array> {
  for (let done = 0, turn = 0; done < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length]!;
    await Promise.resolve();
    yield bytes.slice(done, done + size);
    done += size;
  }
}

export const restoreInto = (dataDir: string, bytes: Uint8Array, sizes?: readonly number[]) =>
  restore(dataDir, inPieces(bytes, sizes), { signal: never, onProgress: () => undefined });

const withDigest = (bytes: Buffer): Buffer => Buffer.concat([bytes, createHash('sha256').update(bytes).digest()]);

/** A backup with any paths and a digest that fits. */
export function plantedBackup(entries: readonly (readonly [path: string, content: string])[], counted: number = entries.length): Buffer {
  const parts = entries.flatMap(([path, content]) => [entryBytes(path, Buffer.byteLength(content)), Buffer.from(content)]);
  return withDigest(Buffer.concat([headerBytes(), ...parts, trailerBytes(counted)]));
}

/** The same backup with some bytes changed and the digest made to fit again. */
export function replanted(bytes: Buffer, change: (copy: Buffer) => void): Buffer {
  const copy = Buffer.from(bytes.subarray(0, -32));
  change(copy);
  return withDigest(copy);
}
