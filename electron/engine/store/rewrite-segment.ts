/** Writes one segment of a journal anew, without what a judge takes out of it, beside the one it is to replace. */
import type { ArchiveFile, ArchiveFiles } from '../ports';
import { equalBytes } from './bytes';
import type { SealingContext } from './frame';
import { openFrame, sealFrame } from './frame';
import type { JournalDamage } from './journal';
import type { Judge, NumberedFrame, Taken } from './rewrite-frame';
import { addTaken, isAnyTaken, isEmptied, mergeEmptied, nothingTaken, rewriteFrame } from './rewrite-frame';
import type { SegmentPart } from './segment';
import { readSegmentHeader, segmentHeaderBytes, walkSegment, writeSegmentHeader } from './segment';

export type SegmentPlace = { readonly files: ArchiveFiles; readonly folder: string; readonly name: string; readonly context: SealingContext };
export type Rewritten = { readonly taken: Taken; readonly dropped: readonly JournalDamage[] };

type Part = SegmentPart<NumberedFrame['content']>;

/** The name under which a segment is written before it takes the place of the old one. */
export const newNameOf = (name: string): string => `${name}.tmp`;

function* partsOf(file: ArchiveFile, context: SealingContext): Generator<Part> {
  const header = readSegmentHeader(file);
  const fileId = header === null || header === 'newer' ? null : header.fileId;
  yield* walkSegment(file, segmentHeaderBytes, (place, bytes) => (fileId !== null && !equalBytes(fileId, place.fileId) ? null : openFrame(context, bytes)));
}

function damageOf(name: string, part: Exclude<Part, { kind: 'frame' }>, size: number): JournalDamage {
  const length = part.kind === 'torn' ? size - part.offset : part.length;
  return { file: name, offset: part.offset, what: `${String(length)} bytes are not an intact frame` };
}

/** Whether the judge takes anything out of a segment, and which of its bytes cannot be judged as they do not open. Steps, so that others get their turn. */
export function* surveySegment({ files, folder, name, context }: SegmentPlace, judge: Judge): Generator<undefined, { readonly takes: boolean; readonly unopened: readonly JournalDamage[] }> {
  const unopened: JournalDamage[] = [];
  let takes = false;
  const file = files.open(`${folder}/${name}`, 'read');
  if (file === null) return { takes, unopened };
  try {
    for (const part of partsOf(file, context)) {
      if (part.kind === 'frame') takes ||= isAnyTaken(rewriteFrame(part.content, judge).taken);
      else unopened.push(damageOf(name, part, file.size()));
      yield undefined;
    }
    return { takes, unopened };
  } finally {
    file.close();
  }
}

/** Collects frames; emptied ones whose numbers follow each other become one. */
class SegmentSink {
  readonly #file: ArchiveFile;
  readonly #fileId: Uint8Array;
  readonly #context: SealingContext;
  #emptied: NumberedFrame | null = null;
  #size = segmentHeaderBytes;
  #first: number | null = null;

  constructor(file: ArchiveFile, fileId: Uint8Array, context: SealingContext) {
    this.#file = file;
    this.#fileId = fileId;
    this.#context = context;
  }

  add(next: NumberedFrame): void {
    const before = this.#emptied;
    if (!isEmptied(next.content)) {
      this.flush();
      this.#write(next);
    } else if (before !== null && before.frame + 1 === next.frame) {
      this.#emptied = mergeEmptied(before, next);
    } else {
      this.flush();
      this.#emptied = next;
    }
  }

  /** The number of the first frame that was written. */
  get first(): number {
    return this.#first ?? 0;
  }

  flush(): void {
    if (this.#emptied !== null) this.#write(this.#emptied);
    this.#emptied = null;
  }

  #write({ frame, content }: NumberedFrame): void {
    const bytes = sealFrame(this.#context, { frame, fileId: this.#fileId }, content);
    this.#file.writeAt(this.#size, bytes);
    this.#size += bytes.length;
    this.#first ??= frame;
  }
}

type NewSegment = { readonly segment: number; readonly archiveId: Uint8Array };

/** Writes and syncs the new segment; bytes that do not open are left out, and told. Steps, so that others get their turn. */
export function* rewriteSegment({ files, folder, name, context }: SegmentPlace, judge: Judge, { segment, archiveId }: NewSegment): Generator<undefined, Rewritten> {
  const from = files.open(`${folder}/${name}`, 'read');
  const to = files.open(`${folder}/${newNameOf(name)}`, 'write');
  const dropped: JournalDamage[] = [];
  let taken = nothingTaken;
  try {
    if (from === null || to === null) return { taken, dropped };
    const fileId = context.crypto.randomBytes(16);
    const sink = new SegmentSink(to, fileId, context);
    for (const part of partsOf(from, context)) {
      if (part.kind !== 'frame') {
        dropped.push(damageOf(name, part, from.size()));
        continue;
      }
      const rewritten = rewriteFrame(part.content, judge);
      taken = addTaken(taken, rewritten.taken);
      sink.add({ frame: part.place.frame, content: rewritten.content });
      yield undefined;
    }
    sink.flush();
    to.writeAt(0, writeSegmentHeader({ segment, fileId, archiveId, firstFrame: sink.first }));
    to.sync();
    return { taken, dropped };
  } finally {
    from?.close();
    to?.close();
  }
}
