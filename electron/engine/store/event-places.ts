/** Where the events of a frame stand in journal order. */
import type { FrameContent } from './frame';

/** One entry an event: its `seq`; null for another version, which has no place of its own. */
export function seqsOf({ events, firstSeq, removal }: Pick<FrameContent, 'events' | 'firstSeq' | 'removal'>): readonly (number | null)[] {
  let nth = -1;
  return events.map(({ isRevision }) => {
    if (isRevision) return null;
    nth += 1;
    return firstSeq + (removal?.offsets?.[nth] ?? nth);
  });
}
