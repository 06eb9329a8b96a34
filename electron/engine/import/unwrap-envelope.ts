/** Finds the log event inside the envelope in which a log stream delivered it. */
import type { LogId } from '../../../shared/domain/ids';
import { findMember } from '../json/find-member';
import { isJsonObject } from '../json/json-object';
import type { JsonObject } from '../json/json-object';

export type Unwrapped = { readonly bytes: Uint8Array; readonly envelopeLogId: LogId | null };

/** An event bus around a stream's envelope makes two; one more is allowed for whoever forwards them. */
const MOST_ENVELOPES = 3;

/**
 * `{log_id, data}`, `{detail: {log_id, data}}`, `{detail: event}` and `{data: event}` give the event's own bytes and the id of
 * the nearest envelope that names one; everything else is taken as the event itself. `value` is what `bytes` say.
 */
export function unwrapEnvelope(bytes: Uint8Array, value: JsonObject): Unwrapped {
  let event = { bytes, value, envelopeLogId: null as LogId | null };
  for (let depth = 0; depth < MOST_ENVELOPES; depth += 1) {
    const key = innerKey(event.value);
    const inner = key === null ? null : event.value[key];
    const range = key === null ? null : findMember(event.bytes, key);
    if (range === null || !isJsonObject(inner)) break;
    const { log_id: logId } = event.value;
    event = {
      bytes: event.bytes.subarray(range.start, range.end),
      value: inner,
      envelopeLogId: typeof logId === 'string' ? logId : event.envelopeLogId,
    };
  }
  return { bytes: event.bytes, envelopeLogId: event.envelopeLogId };
}

/** A log event has a date. What has only a type may be an event bus's envelope, and is one when a dated object is inside. */
function innerKey(value: JsonObject): 'detail' | 'data' | null {
  if (Object.hasOwn(value, 'date')) return null;
  const key = isJsonObject(value.detail) ? 'detail' : 'data';
  const inner = value[key];
  if (!isJsonObject(inner)) return null;
  return Object.hasOwn(value, 'type') && !Object.hasOwn(inner, 'date') ? null : key;
}
