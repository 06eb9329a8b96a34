/** What is known of frames that damage took: how far Auth0 had been read before them, how much they held, and how much of it was stored again. */
import type { LogId } from '../../../shared/domain/ids';
import { Failure } from '../../../shared/errors';
import type { Archive } from '../store/archive';
import type { FrameContent } from '../store/frame';
import type { FrameRange } from '../store/journal';
import { pauseNowAndThen } from '../store/open-archive';
import type { SyncRun } from './sync-run';

/** A search for lost frames; `since`: the frame it began with, so that one that was broken off counts what it had found. */
export type Search = { readonly lost: readonly FrameRange[]; readonly since: number; readonly forgottenBefore: number };

/** Goes on with the search that was broken off, else begins one, durably: a range without a frame says where. */
export function beginSearch(run: SyncRun, lost: readonly FrameRange[]): Search {
  const { archive, forgotten } = run;
  const [last, mark] = [lost.at(-1), archive.healed.at(-1)];
  if (last !== undefined && mark !== undefined && mark.from === mark.to && mark.from >= last.to) return { lost, since: mark.from, forgottenBefore: forgotten };
  const since = archive.journalPlace.nextFrame;
  run.store({ events: [], setAside: [], checkpoint: null, gap: null, healed: [{ from: since, to: since, complete: false }] }, 0);
  return { lost, since, forgottenBefore: forgotten };
}

const numbersOf = ({ journalPlace }: Archive): readonly number[] => [...journalPlace.located.keys()].sort((a, b) => a - b);

/** Null where it has been damaged meanwhile: then others tell less, and more is looked for. */
function contentOf({ journalPlace }: Archive, frame: number): FrameContent | null {
  try {
    return journalPlace.frame(frame);
  } catch (error) {
    if (error instanceof Failure && error.code === 'archive.damaged') return null;
    throw error;
  }
}

/** How far Auth0 had been read when a frame was written, as the last intact frame before it says that does; imports say nothing of it. */
export async function checkpointBefore({ archive, ports }: SyncRun, frame: number): Promise<LogId | null> {
  const pause = pauseNowAndThen(ports.clock);
  for (const number of [...numbersOf(archive)].reverse()) {
    const checkpoint = number < frame ? contentOf(archive, number)?.checkpoint ?? null : null;
    if (checkpoint !== null) return checkpoint;
    await pause();
  }
  return null;
}

/** The place in journal order behind a frame; of one that is empty where it begins, as it may stand for others before it. */
function endOf({ firstSeq, events, removal }: FrameContent): number {
  const places = events.filter(item => !item.isRevision).length;
  return firstSeq + (places === 0 ? 0 : places + (removal?.count ?? 0));
}

/** How many events were in lost frames: the places in journal order between their neighbours, and never more than are missing in all. */
function countLost(archive: Archive, ranges: readonly FrameRange[]): number {
  const numbers = numbersOf(archive);
  const counts = ranges.map(({ from, to }) => {
    const before = numbers.findLast(number => number < from);
    const behind = numbers.find(number => number >= to);
    const end = before === undefined ? null : contentOf(archive, before);
    const start = behind === undefined ? null : contentOf(archive, behind);
    return start === null ? archive.lostEvents : start.firstSeq - (end === null ? 1 : endOf(end));
  });
  return Math.min(archive.lostEvents, counts.reduce((sum, count) => sum + count, 0));
}

/** Of the lost frames those at the end of the journal behind pages of the log: what they held stands behind the checkpoint that is left. */
function lostAtEnd(archive: Archive, { lost, since }: Search): readonly FrameRange[] {
  const last = lost.at(-1);
  if (last === undefined || numbersOf(archive).some(number => number >= last.to && number < since)) return [];
  const before = numbersOf(archive).findLast(number => number < last.from);
  return before === undefined || contentOf(archive, before)?.checkpoint == null ? [] : [last];
}

/**
 * Whether as many events were found again as were lost. What stands behind the old checkpoint is new, and vouches for nothing but frames
 * lost at the end of the journal, and for those only when `proven`: when Auth0 has forgotten nothing since.
 */
export async function isFoundAgain(run: SyncRun, search: Search, reading: 'proven' | 'unproven'): Promise<boolean> {
  const { archive } = run;
  const { lost, since, forgottenBefore } = search;
  const atEnd = reading === 'proven' ? lostAtEnd(archive, search) : [];
  const oldCheckpoint = await checkpointBefore(run, since);
  const forgotten = run.forgotten - forgottenBefore;
  const found = (oldCheckpoint === null ? 0 : archive.rows.countFromFrame(since, oldCheckpoint)) + forgotten;
  if (atEnd.length === 0) return found >= countLost(archive, lost);
  return found >= countLost(archive, lost.slice(0, -1)) && archive.rows.countFromFrame(since, null) + forgotten >= countLost(archive, lost);
}
