/** GET /api/v2/logs: pages by checkpoint, ordered by log id, and pages of a search with its reach of 1,000 records. */
import { compareLogIds } from '../../shared/domain/ids';
import type { LogId } from '../../shared/domain/ids';
import type { EventLog, LogEntry } from './event-log';
import type { Fault, Strike } from './faults';
import { linkHeader } from './link-header';
import { fieldPicker, isBeyondReach, readNumber, readOffsetPage } from './parameters';
import type { Query } from './parameters';
import { apiError, bytesReply, jsonReply, queryError } from './replies';
import type { Reply } from './replies';
import { parseQuery } from './search-query';
import type { Predicate } from './search-query';

export type LogRules = {
  /** What becomes of a `from` that retention has removed, and of one that never existed unless `syntheticFrom` says otherwise. */
  readonly unknownFrom: 'oldest' | 'refuse-400' | 'refuse-404';
  readonly syntheticFrom: 'accept' | 'refuse-400' | null;
  /** The most events a page holds, whatever was asked for. */
  readonly maxTake: number;
};

export type LogsCall = { readonly query: Query; readonly origin: string; readonly strike: Strike | null };

export function readLogs(log: EventLog, rules: LogRules, call: LogsCall): Reply {
  if (call.query['from'] !== undefined && call.query['from'] !== '') return checkpointPage(log, rules, call);
  return searchPage(log, rules, call);
}

function fromRefusal(log: EventLog, rules: LogRules, from: LogId): Reply | null {
  const { state } = log.find(from);
  if (state === 'visible') return null;
  if (!/^\d+$/.test(from)) return queryError(`Invalid log id ${from}`, 'from');
  const answer = state === 'never' ? (rules.syntheticFrom ?? rules.unknownFrom) : rules.unknownFrom;
  if (answer === 'refuse-400') return queryError('No log event with this id', 'from');
  if (answer === 'refuse-404') return apiError(404, 'log not found');
  return null;
}

function struckEntries(entries: readonly LogEntry[], fault: Fault | undefined): readonly LogEntry[] {
  if (fault?.kind === 'descending') return [...entries].reverse();
  if (fault?.kind === 'double-events') return entries.flatMap(entry => [entry, entry]);
  return entries;
}

/** Where a page starts: the request's `from`, or the one that a repeated page was first asked with. */
function startOf(from: LogId, strike: Strike | null): LogId {
  if (strike?.fault.kind !== 'repeat-page') return from;
  if (!strike.memory.has('from')) strike.memory.set('from', from);
  return strike.memory.get('from') ?? from;
}

/** Every other parameter is ignored here, as Auth0 does. The empty page's Link equals the request. */
function checkpointPage(log: EventLog, rules: LogRules, { query, origin, strike }: LogsCall): Reply {
  const take = readNumber(query, { name: 'take', fallback: 50, minimum: 1, maximum: 100 });
  if ('refusal' in take) return take.refusal;
  const from = startOf(query['from'] ?? '', strike);
  const refusal = fromRefusal(log, rules, from);
  if (refusal !== null) return refusal;
  const fault = strike?.fault;
  const size = fault?.kind === 'take' ? fault.take : Math.min(take.value, rules.maxTake);
  const entries = log.after(from, size);
  const link = linkHeader({ origin, from, last: entries.at(-1)?.logId ?? from, take: take.value }, fault);
  return bytesReply(200, log.body(struckEntries(entries, fault)), link === null ? {} : { link });
}

type Sorted = { readonly entries: readonly LogEntry[]; readonly isDescending: boolean };

/** Without `sort` a search is ordered by log id, newest first, and so not strictly by date. */
function sorted(log: EventLog, sort: string | undefined): Sorted | null {
  if (sort === undefined) return { entries: log.visible(), isDescending: true };
  const match = /^(date|log_id):(-?1)$/.exec(sort);
  if (match === null) return null;
  return { entries: match[1] === 'date' ? log.byDate() : log.visible(), isDescending: match[2] === '-1' };
}

function found(log: EventLog, { entries, isDescending }: Sorted, matches: Predicate, reach: { readonly start: number; readonly count: number }): readonly LogEntry[] {
  const hits: LogEntry[] = [];
  for (let index = 0; index < entries.length && hits.length < reach.start + reach.count; index += 1) {
    const entry = entries[isDescending ? entries.length - 1 - index : index]!;
    const fields = (): Readonly<Record<string, unknown>> => JSON.parse(log.bytes(entry).toString()) as Record<string, unknown>;
    if (matches({ logId: entry.logId, occurredAt: entry.occurredAt, fields })) hits.push(entry);
  }
  return hits.slice(reach.start);
}

const reachText = (page: number): string =>
  `Requesting page ${page} exceeds the allowed maximum of 1000 records: please consider searching by checkpoint https://auth0.com/docs/logs/retrieve-log-events-using-mgmt-api#retrieve-logs-by-checkpoint`;

function searchPage(log: EventLog, rules: LogRules, { query, strike }: LogsCall): Reply {
  const offset = readOffsetPage(query);
  if ('refusal' in offset) return offset.refusal;
  if (isBeyondReach(offset.value)) return apiError(400, reachText(offset.value.page + 1));
  const order = sorted(log, query['sort']);
  if (order === null) return queryError(`Unsupported sort ${query['sort'] ?? ''}`, 'sort');
  const parsed = parseQuery(query['q'] ?? '');
  if (parsed.kind === 'invalid') return queryError(parsed.problem, 'q');
  const fault = strike?.fault;
  const count = fault?.kind === 'take' ? fault.take : Math.min(offset.value.perPage, rules.maxTake);
  const entries = struckEntries(found(log, order, parsed.matches, { start: offset.value.start, count }), fault);
  return wrapped(query, { start: offset.value.start, limit: offset.value.perPage, length: entries.length }, searchBody(log, query, entries));
}

function searchBody(log: EventLog, query: Query, entries: readonly LogEntry[]): Buffer {
  const pick = fieldPicker(query);
  if (pick === null) return log.body(entries);
  return Buffer.from(JSON.stringify(entries.map(entry => pick(JSON.parse(log.bytes(entry).toString()) as Record<string, unknown>))));
}

/** `total` is only the page's length: the log has no count of hits. */
function wrapped(query: Query, sizes: { readonly start: number; readonly limit: number; readonly length: number }, body: Buffer): Reply {
  if (query['include_totals'] !== 'true') return bytesReply(200, body);
  const head = JSON.stringify({ ...sizes, total: sizes.length }).slice(0, -1);
  return bytesReply(200, Buffer.concat([Buffer.from(`${head},"logs":`), body, Buffer.from('}')]));
}

/** GET /api/v2/logs/{id}. */
export function readLog(log: EventLog, logId: LogId): Reply {
  const found = log.find(logId);
  return found.state === 'visible' ? bytesReply(200, log.bytes(found.entry)) : apiError(404, 'log not found');
}

/** GET /api/v2/users/{id}/logs: by offset only, newest first. */
export function readUserLogs(log: EventLog, userId: string, query: Query): Reply {
  const offset = readOffsetPage(query);
  if ('refusal' in offset) return offset.refusal;
  const entries = [...log.visible()].sort((a, b) => compareLogIds(b.logId, a.logId));
  const mine: Predicate = event => event.fields()['user_id'] === userId;
  const hits = found(log, { entries, isDescending: false }, mine, { start: offset.value.start, count: offset.value.perPage });
  return jsonReply(hits.map(entry => JSON.parse(log.bytes(entry).toString()) as unknown));
}
