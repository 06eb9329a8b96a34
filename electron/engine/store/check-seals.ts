/** Compares the frames in a journal's files with those it knows, by their seals alone. */
import { equalBytes } from './bytes';
import { openSeal } from './frame';
import type { Journal, Segment } from './journal';
import type { FramePlace } from './segment';
import { segmentHeaderBytes, walkSegment } from './segment';
import type { Pause } from './snapshot-file';

/** A frame that stands in another place too counts where it was read. */
function isSealed(journal: Journal, segment: Segment, place: FramePlace, bytes: Uint8Array): boolean {
  const located = journal.located.get(place.frame);
  const isElsewhere = located !== undefined && (located.segment.name !== segment.name || located.offset !== place.offset);
  if (isElsewhere || (segment.fileId !== null && !equalBytes(segment.fileId, place.fileId))) return false;
  return openSeal(journal.context, bytes) !== null;
}

function* countIntact(journal: Journal, segment: Segment, end: number): Generator<undefined, number> {
  let count = 0;
  const parts = walkSegment(segment.file, segmentHeaderBytes, (place, bytes) => (place.offset < end && isSealed(journal, segment, place, bytes) ? true : null));
  for (const part of parts) {
    if (part.kind === 'frame') count += 1;
    yield undefined;
    if (part.kind === 'torn' || (part.kind === 'frame' ? part.place.offset + part.place.length : part.offset) >= end) break;
  }
  return count;
}

/**
 * One step a frame, and in the end whether the files hold just the frames that were read of them up to the first step: for a journal that a
 * snapshot told of, as nothing of it has been read again. What stands behind is not looked at. The journal must stay open.
 */
function* checkSeals(journal: Journal): Generator<undefined, boolean> {
  const known = journal.segments.map(segment => ({ segment, end: segment.readUpTo, count: 0 }));
  const countOf = new Map(known.map(entry => [entry.segment.name, entry]));
  for (const { segment } of journal.located.values()) {
    const entry = countOf.get(segment.name);
    if (entry !== undefined) entry.count += 1;
  }
  for (const { segment, end, count } of known) {
    if (end > segmentHeaderBytes && (yield* countIntact(journal, segment, end)) !== count) return false;
  }
  return true;
}

/** The same, pausing now and then; true when it is not wanted to its end. @throws Failure archive.unreadable */
export async function sealsHold(journal: Journal, pause: Pause, isWanted: () => boolean): Promise<boolean> {
  for (const steps = checkSeals(journal); isWanted(); await pause()) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
  return true;
}
