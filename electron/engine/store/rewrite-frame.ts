/** Takes events out of the content of a frame; the places in journal order of those that stay do not change. */
import { seqsOf } from './event-places';
import type { FrameContent, Healed, Removal, StoredEvent } from './frame';
import { mergeRanges } from './frame-ranges';

/** Decides what goes. */
export type Judge = {
  readonly takesEvent: (item: StoredEvent) => boolean;
  /** `receivedAt`: when it was set aside, as it may have no date of its own. */
  readonly takesAside: (bytes: Uint8Array, receivedAt: number) => boolean;
};

/** How much was taken out: events, other versions of events, and bodies that had been set aside. */
export type Taken = { readonly events: number; readonly versions: number; readonly setAside: number };
export const nothingTaken: Taken = { events: 0, versions: 0, setAside: 0 };
export const addTaken = (a: Taken, b: Taken): Taken => ({ events: a.events + b.events, versions: a.versions + b.versions, setAside: a.setAside + b.setAside });
export const isAnyTaken = ({ events, versions, setAside }: Taken): boolean => events + versions + setAside > 0;

export type NumberedFrame = { readonly frame: number; readonly content: FrameContent };

type Kept = { readonly item: StoredEvent; readonly offset: number | null };

/** Every event with how far its place lies behind the first one of the frame; null for another version, which has none. */
function placed(content: FrameContent): readonly Kept[] {
  const seqs = seqsOf({ ...content, firstSeq: 0 });
  return content.events.map((item, slot) => ({ item, offset: seqs[slot] ?? null }));
}

function removalOf(count: number, kept: readonly Kept[]): { readonly removal?: Removal } {
  if (count === 0) return {};
  const offsets = kept.map(({ offset }) => offset).filter(offset => offset !== null);
  return { removal: offsets.every((offset, nth) => offset === nth) ? { count } : { count, offsets } };
}

export function rewriteFrame(content: FrameContent, judge: Judge): { readonly content: FrameContent; readonly taken: Taken } {
  const kept = placed(content).filter(({ item }) => !judge.takesEvent(item));
  const setAside = content.setAside.filter(({ bytes }) => !judge.takesAside(bytes, content.receivedAt));
  const versionsOf = (items: readonly StoredEvent[]): number => items.filter(item => item.isRevision).length;
  const versions = versionsOf(content.events) - versionsOf(kept.map(({ item }) => item));
  const taken: Taken = { events: content.events.length - kept.length - versions, versions, setAside: content.setAside.length - setAside.length };
  if (!isAnyTaken(taken)) return { content, taken };
  const { removal, ...rest } = content;
  return { taken, content: { ...rest, events: kept.map(({ item }) => item), setAside, ...removalOf((removal?.count ?? 0) + taken.events, kept) } };
}

/** Whether nothing but counts and a checkpoint is left, which another frame can hold. */
export const isEmptied = ({ events, setAside, gap, policy }: FrameContent): boolean => events.length + setAside.length === 0 && gap === null && policy === undefined;

const coveredAt = ({ checkpoint, receivedAt }: FrameContent): number => (checkpoint === null ? 0 : receivedAt);

function mergeHealed(all: readonly Healed[]): readonly Healed[] {
  return [...mergeRanges(all.filter(({ complete }) => complete)).map(range => ({ ...range, complete: true })), ...all.filter(({ complete }) => !complete)];
}

/** The second of two emptied frames whose numbers follow each other, standing for both: the first one's number is told to be missing no more. */
export function mergeEmptied(first: NumberedFrame, second: NumberedFrame): NumberedFrame {
  const [a, b] = [first.content, second.content];
  const count = (a.removal?.count ?? 0) + (b.removal?.count ?? 0);
  const content: FrameContent = {
    ...b,
    checkpoint: b.checkpoint ?? a.checkpoint,
    receivedAt: Math.max(coveredAt(a), coveredAt(b)) || b.receivedAt,
    healed: mergeHealed([...a.healed, ...b.healed, { from: first.frame, to: second.frame, complete: true }]),
    removal: { count },
  };
  return { frame: second.frame, content };
}
