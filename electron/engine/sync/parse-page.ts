/** A page of Auth0's log: accepted whole, with what cannot be indexed set aside, or not at all. */
import type { LogId } from '../../../shared/domain/ids';
import { compareLogIds } from '../../../shared/domain/ids';
import { splitArray } from '../json/split-array';
import type { Incoming } from '../store/archive';
import type { SetAside } from '../store/frame';
import type { createNormalizer } from './normalize-log-event';

export type ParsedPage = {
  readonly kind: 'page';
  readonly count: number;
  readonly events: readonly Incoming[];
  readonly setAside: readonly SetAside[];
  /** The last log id in log id order, whatever order the events came in; null when none has one. */
  readonly last: LogId | null;
  readonly first: LogId | null;
};
export type UnreadablePage = { readonly kind: 'unreadable'; readonly problem: string };

const isJson = (bytes: Uint8Array): boolean => {
  try {
    JSON.parse(new TextDecoder().decode(bytes));
    return true;
  } catch {
    return false;
  }
};

/** Copies keep the frame alive, not the whole body of the answer. */
export function parsePage(body: Uint8Array, normalize: ReturnType<typeof createNormalizer>): ParsedPage | UnreadablePage {
  const elements = splitArray(body);
  if ('problem' in elements) return { kind: 'unreadable', problem: elements.problem };
  const events: Incoming[] = [];
  const setAside: SetAside[] = [];
  let last: LogId | null = null;
  let first: LogId | null = null;
  for (const { start, end } of elements) {
    const bytes = body.subarray(start, end);
    const event = normalize(bytes, null);
    if (event.kind === 'rejected') {
      if (!isJson(bytes)) return { kind: 'unreadable', problem: 'an event is not JSON' };
      setAside.push({ reason: event.reason, bytes });
    } else {
      const { logId } = event.value;
      events.push({ bytes, envelopeLogId: null, event: event.value });
      if (last === null || compareLogIds(logId, last) > 0) last = logId;
      if (first === null || compareLogIds(logId, first) < 0) first = logId;
    }
  }
  return { kind: 'page', count: elements.length, events, setAside, last, first };
}
