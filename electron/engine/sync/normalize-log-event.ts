/** Turns the JSON of one log event into what the index knows of it, or says why it cannot be stored. */
import type { LogId } from '../../../shared/domain/ids';
import type { LogEvent } from '../../../shared/domain/log-event';
import { errorText } from '../../../shared/domain/error-text';
import { findMember } from '../json/find-member';
import { isJsonObject } from '../json/json-object';
import type { JsonObject } from '../json/json-object';
import { syntaxProblem } from '../json/syntax-problem';
import { readInstant } from './read-instant';

export type Normalized =
  | { readonly kind: 'log-event'; readonly value: LogEvent }
  | { readonly kind: 'rejected'; readonly logId: LogId | null; readonly reason: string };

/** An event without a type is kept, counted and filtered under this code. */
const UNTYPED = 'unknown';
const LONGEST_LOG_ID = 512;
const control = /[\u0000-\u001f\u007f-\u009f]/;
/** Half a surrogate pair has no UTF-8 form, so that two such ids could not be told apart on disk. */
const unpaired = /\p{Surrogate}/u;

type LogIdReading = { readonly logId: LogId } | { readonly problem: string };
type Source = { readonly event: JsonObject; readonly bytes: Uint8Array; readonly text: (bytes: Uint8Array) => string };

/**
 * The function it returns takes an event's own JSON object in UTF-8 and the id its envelope gave, which counts when the event
 * has none. Only a missing or unusable `log_id` or `date`, and what is not a JSON object, is rejected; every other field is
 * taken as far as it can be read. Bytes that are not UTF-8 become replacement characters here: the body itself is kept elsewhere.
 */
export function createNormalizer(): (bytes: Uint8Array, envelopeLogId: LogId | null) => Normalized {
  const decoder = new TextDecoder();
  const text = (bytes: Uint8Array): string => decoder.decode(bytes);
  return (bytes, envelopeLogId) => {
    const json = text(bytes);
    const event = parse(json);
    if (event === undefined) return rejected(null, syntaxProblem(json));
    return isJsonObject(event) ? normalize({ event, bytes, text }, envelopeLogId) : rejected(null, 'not a JSON object');
  };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function rejected(logId: LogId | null, reason: string): Normalized {
  return { kind: 'rejected', logId, reason };
}

function normalize(source: Source, envelopeLogId: LogId | null): Normalized {
  const { event } = source;
  const id = readLogId(event.log_id, envelopeLogId);
  if ('problem' in id) return rejected(null, id.problem);
  if (event.date === undefined || event.date === null) return rejected(id.logId, 'date is missing');
  const occurredAt = readInstant(event.date);
  if (occurredAt === null) return rejected(id.logId, 'date is not an instant that can be read');
  return {
    kind: 'log-event',
    value: {
      logId: id.logId,
      occurredAt,
      type: plainText(source, 'type') ?? UNTYPED,
      userId: plainText(source, 'user_id'),
      userName: plainText(source, 'user_name'),
      connection: plainText(source, 'connection'),
      connectionId: plainText(source, 'connection_id'),
      strategy: plainText(source, 'strategy'),
      organizationId: plainText(source, 'organization_id'),
      organizationName: plainText(source, 'organization_name'),
      applicationId: plainText(source, 'client_id'),
      applicationName: plainText(source, 'client_name'),
      ip: plainText(source, 'ip'),
      userAgent: anyText(source, 'user_agent'),
      hostname: plainText(source, 'hostname'),
      description: anyText(source, 'description'),
      country: country(event.location_info),
      audience: plainText(source, 'audience'),
      error: errorText(event.details),
      isMobile: truth(event.isMobile) ?? truth(event.is_mobile),
    },
  };
}

function readLogId(own: unknown, envelopeLogId: LogId | null): LogIdReading {
  const outer = envelopeLogId === '' ? null : envelopeLogId;
  const inner = own === '' || own === null ? undefined : own;
  const logId = inner === undefined ? outer : inner;
  if (logId === null) return { problem: 'log_id is missing' };
  if (typeof logId === 'number') return { problem: 'log_id is a number; its digits are lost' };
  if (typeof logId !== 'string') return { problem: 'log_id is not a text' };
  if (logId.length > LONGEST_LOG_ID) return { problem: `log_id is longer than ${LONGEST_LOG_ID} characters` };
  if (control.test(logId)) return { problem: 'log_id contains control characters' };
  if (unpaired.test(logId)) return { problem: 'log_id is not valid Unicode' };
  if (outer !== null && outer !== logId) return { problem: 'log_id differs from that of its envelope' };
  return { logId };
}

/** Texts as they are, numbers and truth values as they were written; a list or an object cannot name anything. */
function plainText(source: Source, field: string): string | null {
  const value = source.event[field];
  if (typeof value === 'string') return value === '' ? null : value;
  return typeof value === 'number' || typeof value === 'boolean' ? written(source, field) : null;
}

/** The same for text that is only read: a list or an object is shown as its JSON. */
function anyText(source: Source, field: string): string | null {
  const value = source.event[field];
  return typeof value === 'object' && value !== null ? written(source, field) : plainText(source, field);
}

/** Cut from the body: a parsed number may have lost digits, and a deep value cannot be written back. */
function written({ bytes, text }: Source, field: string): string | null {
  const range = findMember(bytes, field);
  return range === null ? null : text(bytes.subarray(range.start, range.end));
}

function country(locationInfo: unknown): string | null {
  const code = isJsonObject(locationInfo) ? locationInfo.country_code : null;
  return typeof code === 'string' && /^[A-Za-z]{2}$/.test(code) ? code.toUpperCase() : null;
}

function truth(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null;
}
