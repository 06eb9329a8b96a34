/** A page of Auth0's log: accepted whole, with what cannot be indexed set aside, or not at all. */
import type { EpochMs, LogId } from '../../../shared/domain/ids';
import { compareLogIds } from '../../../shared/domain/ids';
import { splitArray } from '../json/split-array';
import type { Incoming } from '../store/batch';
import type { SetAside } from '../store/frame';
import type { Normalized } from './normalize-log-event';

export type ParsedPage = {
  readonly kind: 'page';
  readonly count: number;
  readonly events: readonly Incoming[];
  readonly setAside: readonly SetAside[];
  /** Every log id, those of what is set aside too, in log id order. */
  readonly ids: readonly LogId[];
  /** The last log id in log id order, whatever order the events came in; null when none has one. */
  readonly last: LogId | null;
  readonly first: LogId | null;
  /** When the event with the latest date occurred; null when none has one. */
  readonly latest: EpochMs | null;
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

type Element = { readonly bytes: Uint8Array; readonly read: Normalized };

/** Events and what is set aside both tell where in the log the page stands. */
function placeOf(elements: readonly Element[]): Pick<ParsedPage, 'ids' | 'first' | 'last' | 'latest'> {
  const ids = elements.map(({ read }) => (read.kind === 'log-event' ? read.value.logId : read.logId)).filter(id => id !== null).sort(compareLogIds);
  const latest = elements.reduce<EpochMs | null>((best, { read }) => (read.kind === 'log-event' ? Math.max(best ?? read.value.occurredAt, read.value.occurredAt) : best), null);
  return { ids, first: ids[0] ?? null, last: ids.at(-1) ?? null, latest };
}

export function parsePage(body: Uint8Array, normalize: (bytes: Uint8Array, envelopeLogId: LogId | null) => Normalized): ParsedPage | UnreadablePage {
  const ranges = splitArray(body);
  if ('problem' in ranges) return { kind: 'unreadable', problem: ranges.problem };
  const elements = ranges.map(({ start, end }) => ({ bytes: body.subarray(start, end), read: normalize(body.subarray(start, end), null) }));
  const broken = elements.some(({ bytes, read }) => read.kind === 'rejected' && !isJson(bytes));
  if (broken) return { kind: 'unreadable', problem: 'an event is not JSON' };
  const events: Incoming[] = [];
  const setAside: SetAside[] = [];
  for (const { bytes, read } of elements) {
    if (read.kind === 'log-event') events.push({ bytes, envelopeLogId: null, event: read.value });
    else setAside.push({ reason: read.reason, bytes });
  }
  return { kind: 'page', count: elements.length, events, setAside, ...placeOf(elements) };
}
