/** Judges which stored events are to go, by an archive's policies. */
import type { LogId } from '../../../shared/domain/ids';
import { createNormalizer } from '../sync/normalize-log-event';
import type { StoredEvent } from './frame';
import type { Policies } from './policies';
import type { Judge } from './rewrite-frame';
import { userOfBody } from './user-of-body';

type Deciding = Pick<Policies, 'tombstones' | 'purgedBefore'>;

/** An event that goes takes its other versions along; a version that goes by itself leaves the event. `firstBodyOf`: what is stored of a log id first. */
export function judgeOf({ tombstones, purgedBefore }: Deciding, firstBodyOf: (logId: LogId) => Uint8Array | null): Judge {
  const normalize = createNormalizer();
  const isPast = (at: number): boolean => purgedBefore !== null && at < purgedBefore;
  const takesBody = (item: Pick<StoredEvent, 'bytes' | 'envelopeLogId'>): { readonly goes: boolean; readonly logId: LogId | null } => {
    const read = normalize(item.bytes, item.envelopeLogId);
    if (read.kind === 'rejected') return { goes: tombstones.has(userOfBody(item.bytes)), logId: null };
    return { goes: tombstones.has(read.value.userId) || isPast(read.value.occurredAt), logId: read.value.logId };
  };
  return {
    takesEvent: item => {
      const { goes, logId } = takesBody(item);
      if (goes || !item.isRevision || logId === null) return goes;
      const first = firstBodyOf(logId);
      return first !== null && takesBody({ bytes: first, envelopeLogId: logId }).goes;
    },
    takesAside: (bytes, receivedAt) => isPast(receivedAt) || tombstones.has(userOfBody(bytes)),
  };
}
