/** The named places at which a writer of an archive may die: each is an operation on the disk, known by its kind and its file. */
import type { CrashKind, DiskContent, DiskOp } from './crash-state';
import type { RecordingFiles } from './recording-files';
import { nameOf } from './recording-files';
import { seededRandom } from './seeded-random';

type IsOp = (op: DiskOp) => boolean;
const on = (kind: DiskOp['kind'], name: RegExp, more: IsOp = () => true): IsOp => op => op.kind === kind && name.test(nameOf(op.path)) && more(op);
const head = /^head$/;
const segment = /^\d{8}\.tsj$/;
const isAtStart: IsOp = op => op.kind === 'write' && op.offset === 0;

export const journalFailpoints: Readonly<Record<string, IsOp>> = {
  'create the head': on('create', head),
  'create a segment': on('create', segment),
  'write the header of a segment': on('write', segment, isAtStart),
  'sync a segment': on('sync', segment),
  'sync the names of the journal': on('sync-folder', /^journal$/),
  'write a frame': on('write', segment, op => !isAtStart(op)),
  'write a slot of the head': on('write', head),
  'sync the head': on('sync', head),
};

/** Only met while recovering: what a crash left at the end of a segment is cut off. */
export const recoveryFailpoints: Readonly<Record<string, IsOp>> = { 'cut a torn frame off': on('truncate', segment) };

const newSegment = /^\d{8}\.tsj\.tmp$/;

/** Met when a journal is rewritten. */
export const rewriteFailpoints: Readonly<Record<string, IsOp>> = {
  'write down what is to go': on('write', segment),
  'create a new segment': on('create', newSegment),
  'write the header of a new segment': on('write', newSegment, isAtStart),
  'write a frame of a new segment': on('write', newSegment, op => !isAtStart(op)),
  'sync a new segment': on('sync', newSegment),
  'put a new segment in place': on('rename', segment),
  'sync the names of the journal': on('sync-folder', /^journal$/),
  'write a slot of the head': on('write', head),
  'sync the head': on('sync', head),
};

const newSnapshot = /^snapshot\.tmp$/;

/** Met when a snapshot is taken. */
export const snapshotFailpoints: Readonly<Record<string, IsOp>> = {
  'create a snapshot': on('create', newSnapshot),
  'write the header of a snapshot': on('write', newSnapshot, isAtStart),
  'write a part of a snapshot': on('write', newSnapshot, op => !isAtStart(op)),
  'sync a snapshot': on('sync', newSnapshot),
  'put a snapshot in place': on('rename', /^snapshot-[ab]$/),
  'sync the name of a snapshot': on('sync-folder', /^t-/),
};

/** Just before the operation; inside it, where it writes; behind it with the power gone; and with chance deciding what is kept. */
const moments: readonly { readonly kind: CrashKind; readonly behind: 0 | 1 }[] = [
  { kind: 'process-killed', behind: 0 }, { kind: 'killed-writing', behind: 1 }, { kind: 'power-lost', behind: 1 }, { kind: 'torn', behind: 1 },
];

export type CrashAt = { readonly label: string; readonly count: number; readonly disk: DiskContent };

/** Crashes at one failpoint: at the first `most` of its operations and at the last, at each moment. Empty when it is never met. */
export function crashesAt({ recording }: { readonly recording: RecordingFiles }, name: string, isOp: IsOp, most: number, seed: number): readonly CrashAt[] {
  const met = recording.ops.flatMap((op, index) => (isOp(op) ? [index] : []));
  const chosen = [...new Set([...met.slice(0, most), ...met.slice(-1)])];
  return chosen.flatMap(index => moments.map(({ kind, behind }) => {
    const count = index + behind;
    return { label: `${name}, operation ${String(index)}, ${kind}`, count, disk: recording.crash(count, kind, seededRandom(seed + index)) };
  }));
}
