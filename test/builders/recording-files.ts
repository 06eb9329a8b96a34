/** Files in memory that record each change in its order, can be made to fail at any, and tell what a crash would leave of them. */
import type { ArchiveFile, ArchiveFiles } from '../../electron/engine/ports';
import type { Failure } from '../../shared/errors';
import type { CrashKind, DiskContent, DiskOp, DiskStart } from './crash-state';
import { applyName, crashState, folderOf, overwritten, resized } from './crash-state';
import type { Random } from './seeded-random';

/** Of a failing write so many bytes are written all the same. `isDeath`: the process is killed there, so that a sync is not made and not refused either. */
export type Strike = { readonly failure: Failure; readonly written: number; readonly isDeath?: boolean };

export type RecordingFiles = {
  readonly files: ArchiveFiles;
  /** The names of all files, and what each stands for. */
  readonly names: ReadonlyMap<string, number>;
  /** Does and records what the port for archives does not offer. */
  readonly act: (op: DiskOp) => void;
  readonly ops: readonly DiskOp[];
  /** Asked before each operation; null lets it pass. */
  strike: ((op: DiskOp) => Strike | null) | null;
  /** What the files hold now, as any process sees it. */
  readonly content: () => DiskContent;
  /** What a crash behind the first `count` operations leaves. */
  readonly crash: (count: number, kind: CrashKind, random: Random) => DiskContent;
};

type Disk = { readonly names: Map<string, number>; readonly bytes: Map<number, Uint8Array>; nextFile: number };

function diskOf(content: DiskContent): Disk {
  const entries = [...content];
  return {
    names: new Map(entries.map(([path], file) => [path, file])),
    bytes: new Map(entries.map(([, bytes], file) => [file, bytes.slice()])),
    nextFile: entries.length,
  };
}

/** A closed file refuses everything, as the system does. */
function openFile(disk: Disk, path: string, file: number, act: (op: DiskOp) => void): ArchiveFile {
  let isOpen = true;
  const bytes = (): Uint8Array => {
    if (!isOpen) throw new Error(`${path} is closed`);
    return disk.bytes.get(file) ?? new Uint8Array(0);
  };
  return {
    size: () => bytes().length,
    readAt: (offset, length) => bytes().slice(offset, offset + length),
    writeAt: (offset, written) => { if (bytes().length >= 0) act({ kind: 'write', path, file, offset, bytes: written.slice() }); },
    truncate: size => { if (bytes().length >= 0) act({ kind: 'truncate', path, file, size }); },
    sync: () => { if (bytes().length >= 0) act({ kind: 'sync', path, file, failed: false }); },
    close: () => { isOpen = false; },
  };
}

function change(disk: Disk, op: DiskOp): void {
  if (op.kind === 'write') disk.bytes.set(op.file, overwritten(disk.bytes.get(op.file) ?? new Uint8Array(0), op.offset, op.bytes));
  if (op.kind === 'truncate') disk.bytes.set(op.file, resized(disk.bytes.get(op.file) ?? new Uint8Array(0), op.size));
  if (op.kind !== 'write' && op.kind !== 'truncate' && op.kind !== 'sync' && op.kind !== 'sync-folder') applyName(disk.names, op);
}

/** What of a failed operation happens all the same. */
function remains(op: DiskOp, { written, isDeath = false }: Strike): DiskOp | null {
  if (op.kind === 'sync') return isDeath ? null : { ...op, failed: true };
  return op.kind === 'write' && written > 0 ? { ...op, bytes: op.bytes.slice(0, written) } : null;
}

/** All that `content` holds is on the disk for certain. */
export function recordingFiles(content: DiskContent = new Map()): RecordingFiles {
  const disk = diskOf(content);
  const start: DiskStart = { names: new Map(disk.names), bytes: new Map(disk.bytes) };
  const ops: DiskOp[] = [];
  const record = (op: DiskOp): void => {
    ops.push(op);
    change(disk, op);
  };
  const act = (op: DiskOp): void => {
    const strike = recording.strike?.(op) ?? null;
    const happens = strike === null ? op : remains(op, strike);
    if (happens !== null) record(happens);
    if (strike !== null) throw strike.failure;
  };
  const fileAt = (path: string, mode: 'read' | 'write'): number | null => {
    const known = disk.names.get(path);
    if (known !== undefined || mode === 'read') return known ?? null;
    act({ kind: 'create', path, file: disk.nextFile });
    disk.nextFile += 1;
    return disk.nextFile - 1;
  };
  const files: ArchiveFiles = {
    list: folder => namesIn(disk, folder),
    makeFolder: () => undefined,
    open: (path, mode) => {
      const file = fileAt(path, mode);
      return file === null ? null : openFile(disk, path, file, act);
    },
    isBeingWritten: () => false,
    syncFolder: folder => { act({ kind: 'sync-folder', path: folder }); },
    rename: (from, to) => {
      const file = disk.names.get(from);
      if (file === undefined) throw new Error(`${from} is not there`);
      act({ kind: 'rename', from, path: to, file });
    },
    remove: path => {
      const file = disk.names.get(path);
      if (file !== undefined) act({ kind: 'remove', path, file });
    },
  };
  const recording: RecordingFiles = {
    files, names: disk.names, act, ops, strike: null,
    content: () => new Map([...disk.names].map(([path, file]) => [path, (disk.bytes.get(file) ?? new Uint8Array(0)).slice()])),
    crash: (count, kind, random) => crashState(start, ops, count, kind, random),
  };
  return recording;
}

/** Files and folders directly inside a folder, sorted. */
function namesIn(disk: Disk, folder: string): readonly string[] {
  const inside = [...disk.names.keys()].filter(path => path.startsWith(`${folder}/`)).map(path => path.slice(folder.length + 1));
  return [...new Set(inside.map(name => name.split('/')[0] ?? name))].sort();
}

/** What the last part of a path is called: `head`, or the name of a segment. */
export const nameOf = (path: string): string => path.slice(folderOf(path).length + 1);
