/** What a disk may hold after a crash: what was synced for certain, and of the rest what chance has kept. */
import type { Random } from './seeded-random';

/** One change of a disk. `file` is what the name stands for: it stays the same when the file is renamed. */
export type DiskOp =
  | { readonly kind: 'write'; readonly path: string; readonly file: number; readonly offset: number; readonly bytes: Uint8Array }
  | { readonly kind: 'truncate'; readonly path: string; readonly file: number; readonly size: number }
  /** `failed`: the system told an error, and whatever was not on the disk may never get there. */
  | { readonly kind: 'sync'; readonly path: string; readonly file: number; readonly failed: boolean }
  | { readonly kind: 'create' | 'remove'; readonly path: string; readonly file: number }
  | { readonly kind: 'rename'; readonly from: string; readonly path: string; readonly file: number }
  | { readonly kind: 'rename-folder'; readonly from: string; readonly path: string }
  | { readonly kind: 'remove-folder'; readonly path: string }
  | { readonly kind: 'sync-folder'; readonly path: string };

/** Bytes of each file by its path. */
export type DiskContent = ReadonlyMap<string, Uint8Array>;

/** Names and what they stand for, as `recordingFiles` found them at its start. */
export type DiskStart = { readonly names: ReadonlyMap<string, number>; readonly bytes: ReadonlyMap<number, Uint8Array> };

/**
 * `process-killed`: the system goes on and writes everything. `killed-writing`: the same, but the last write is there by half.
 * `power-lost`: nothing is kept that was not synced. `torn`: of what was not synced each sector, each truncation and each name is kept or lost by itself.
 */
export type CrashKind = 'process-killed' | 'killed-writing' | 'power-lost' | 'torn';
export const crashKinds: readonly CrashKind[] = ['process-killed', 'killed-writing', 'power-lost', 'torn'];

const sectorBytes = 512;
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** Positions of the operations that a later sync made durable. */
function durableOps(ops: readonly DiskOp[]): ReadonlySet<number> {
  const durable = new Set<number>();
  const waiting = new Map<number | string, number[]>();
  ops.forEach((op, index) => {
    if (op.kind === 'sync' || op.kind === 'sync-folder') {
      const key = op.kind === 'sync' ? op.file : op.path;
      if (op.kind === 'sync-folder' || !op.failed) for (const position of waiting.get(key) ?? []) durable.add(position);
      waiting.delete(key);
      return;
    }
    const key = op.kind === 'write' || op.kind === 'truncate' ? op.file : folderOf(op.path);
    waiting.set(key, [...(waiting.get(key) ?? []), index]);
  });
  return durable;
}

/** The bytes with others written over them; a hole before them reads as zeros. */
export function overwritten(bytes: Uint8Array, offset: number, written: Uint8Array): Uint8Array {
  const result = new Uint8Array(Math.max(bytes.length, offset + written.length));
  result.set(bytes);
  result.set(written, offset);
  return result;
}

export function resized(bytes: Uint8Array, size: number): Uint8Array {
  const result = new Uint8Array(size);
  result.set(bytes.subarray(0, size));
  return result;
}

/** Some sectors of a write; the file may have grown by all of it all the same. */
function torn(bytes: Uint8Array, op: Extract<DiskOp, { kind: 'write' }>, random: Random): Uint8Array {
  const end = op.offset + op.bytes.length;
  const kept = random.pick([0, 0.5, 0.9]);
  let result = random.chance(0.5) && end > bytes.length ? resized(bytes, end) : bytes;
  for (let at = op.offset; at < end;) {
    const next = Math.min(end, (Math.floor(at / sectorBytes) + 1) * sectorBytes);
    if (random.chance(kept)) result = overwritten(result, at, op.bytes.subarray(at - op.offset, next - op.offset));
    at = next;
  }
  return result;
}

/** A name of a file, or of a folder and with it all that are in it. */
export function applyName(names: Map<string, number>, op: Extract<DiskOp, { kind: 'create' | 'remove' | 'rename' | 'rename-folder' | 'remove-folder' }>): void {
  if (op.kind === 'rename-folder' || op.kind === 'remove-folder') {
    const from = `${op.kind === 'rename-folder' ? op.from : op.path}/`;
    for (const [name, file] of [...names].filter(([name]) => name.startsWith(from))) {
      names.delete(name);
      if (op.kind === 'rename-folder') names.set(`${op.path}/${name.slice(from.length)}`, file);
    }
    return;
  }
  if (op.kind === 'remove') names.delete(op.path);
  else names.set(op.path, op.file);
  if (op.kind === 'rename') names.delete(op.from);
}

const byHalf = (op: DiskOp): DiskOp => (op.kind === 'write' ? { ...op, bytes: op.bytes.subarray(0, op.bytes.length >> 1) } : op);

/** The disk after a crash behind the first `count` operations; `start` is what it held before them. */
export function crashState(start: DiskStart, ops: readonly DiskOp[], count: number, kind: CrashKind, random: Random): DiskContent {
  const done = ops.slice(0, count).map((op, index) => (kind === 'killed-writing' && index === count - 1 ? byHalf(op) : op));
  const durable = durableOps(done);
  const names = new Map(start.names);
  const files = new Map(start.bytes);
  done.forEach((op, index) => {
    const isWhole = durable.has(index) || kind === 'process-killed' || kind === 'killed-writing';
    if (op.kind === 'sync' || op.kind === 'sync-folder' || (!isWhole && kind === 'power-lost')) return;
    if (op.kind === 'write') {
      const bytes = files.get(op.file) ?? new Uint8Array(0);
      files.set(op.file, isWhole ? overwritten(bytes, op.offset, op.bytes) : torn(bytes, op, random));
    } else if (isWhole || random.chance(0.5)) {
      if (op.kind === 'truncate') files.set(op.file, resized(files.get(op.file) ?? new Uint8Array(0), op.size));
      else applyName(names, op);
    }
  });
  return new Map([...names].map(([path, file]) => [path, files.get(file) ?? new Uint8Array(0)]));
}
