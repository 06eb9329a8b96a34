/** Where a sync begins to read: before its checkpoint, or at the oldest event Auth0 still has. */
import type { EpochMs, LogId } from '../../../shared/domain/ids';
import { compareLogIds, ingestedAt, logIdAt } from '../../../shared/domain/ids';
import type { LogsReply } from '../../../shared/domain/logs-page';
import { Failure } from '../../../shared/errors';
import { createNormalizer } from './normalize-log-event';
import type { ParsedPage } from './parse-page';
import { parsePage } from './parse-page';
import type { SyncRun } from './sync-run';

/** Ids may appear late behind a checkpoint; every sync looks this far back. */
export const overlapMs = 5 * 60_000;
/** How far before the oldest event of a search the reading starts: events stand in the log by arrival, not by date. */
const beforeOldestMs = 60 * 60_000;
export const pageSize = 100;

export type FirstPage = { readonly from: LogId; readonly reply: Extract<LogsReply, { kind: 'page' }> };

/**
 * Asks for the page behind each place in turn; the first that Auth0 accepts, or null when it refuses all.
 * An empty page is believed only when no place has more: a made-up id may be accepted and lead nowhere. The first such place is the one given.
 */
export async function firstAccepted(run: SyncRun, places: readonly LogId[]): Promise<FirstPage | null> {
  let empty: FirstPage | null = null;
  for (const from of new Set(places)) {
    const reply = await run.ports.auth0.logs(run.archive.tenant, { mode: 'checkpoint', from, take: pageSize }, run.signal);
    if (reply.kind === 'refused') continue;
    if (!isEmptyBody(reply.body)) return { from, reply };
    empty ??= { from, reply };
  }
  return empty;
}

/**
 * Places from which an event that is stored must come by, best first: a stored id before a moment, the bare position there, the oldest
 * stored id of the same environment, and last the event's own id, behind which nothing late can be found and nothing is proved.
 */
export function resumePlaces(run: SyncRun, anchor: LogId, from: EpochMs | null): readonly LogId[] {
  const { rows } = run.archive;
  const at = ingestedAt(anchor);
  const position = at === null || from === null ? anchor : logIdAt(Math.min(from, at), anchor);
  return [rows.logIdBefore(position), ...(position === anchor ? [] : [position]), rows.oldestLogId(anchor), anchor].filter(place => place !== null);
}

/** The search reaches this many pages. */
const searchPages = 10;

async function oldestPage(run: SyncRun, page: number): Promise<ParsedPage> {
  const reply = await run.ports.auth0.logs(run.archive.tenant, { mode: 'oldest', take: pageSize, page }, run.signal);
  if (reply.kind === 'refused') throw new Failure('auth0.start-refused', { host: run.archive.tenant, message: reply.message });
  const parsed = parsePage(reply.body, createNormalizer());
  if (parsed.kind === 'unreadable') throw new Failure('auth0.bad-response', { host: run.archive.tenant, problem: parsed.problem });
  return parsed;
}

/** One page of several, with the outermost ids. */
function joinPages(a: ParsedPage, b: ParsedPage): ParsedPage {
  const earlier = a.first !== null && (b.first === null || compareLogIds(a.first, b.first) <= 0) ? a.first : b.first;
  const later = a.last !== null && (b.last === null || compareLogIds(a.last, b.last) >= 0) ? a.last : b.last;
  return {
    kind: 'page', count: a.count + b.count, events: [...a.events, ...b.events], setAside: [...a.setAside, ...b.setAside],
    ids: [...a.ids, ...b.ids].sort(compareLogIds), first: earlier, last: later, latest: b.latest ?? a.latest,
  };
}

/**
 * The oldest events by date, far enough that none with a smaller id than the smallest among them is left out: an event
 * arrives after it occurred, so all older arrivals have dates before the arrival of that one.
 */
async function oldestEvents(run: SyncRun, first: ParsedPage): Promise<ParsedPage> {
  let found = first;
  for (let page = 1; page < searchPages; page += 1) {
    const arrived = found.first === null ? null : ingestedAt(found.first);
    if (arrived === null || found.latest === null || found.latest > arrived) break;
    const more = await oldestPage(run, page);
    if (more.count === 0) break;
    found = joinPages(found, more);
  }
  return found;
}

export type LogStart =
  | { readonly kind: 'empty' }
  /** Read on from this page. */
  | { readonly kind: 'page'; readonly page: FirstPage }
  /** Store these events of the search first: reading can only start behind the oldest of them. */
  | { readonly kind: 'seeded'; readonly seed: ParsedPage; readonly page: FirstPage };

/**
 * The start of the log. Auth0 documents no way to it: an id made up for a moment before the oldest event serves as a position
 * where it is accepted; where not, the oldest event itself is stored from the search and read on from (docs/decisions/0005).
 * @throws Failure auth0.start-refused when neither works
 */
export async function findLogStart(run: SyncRun): Promise<LogStart> {
  const found = await oldestPage(run, 0);
  if (found.count === 0) return { kind: 'empty' };
  const oldest = found.first;
  if (oldest === null) throw new Failure('auth0.start-refused', { host: run.archive.tenant, message: 'no event of the search has a log id' });
  const at = ingestedAt(oldest);
  const position = at === null ? null : await firstAccepted(run, [logIdAt(at - beforeOldestMs, oldest)]);
  if (position !== null && !isEmptyBody(position.reply.body)) return { kind: 'page', page: position };
  const seed = await oldestEvents(run, found);
  const page = await firstAccepted(run, [seed.first ?? oldest]);
  if (page === null) throw new Failure('auth0.start-refused', { host: run.archive.tenant, message: 'the oldest event is not accepted as a start' });
  return { kind: 'seeded', seed, page };
}

const isEmptyBody = (body: Uint8Array): boolean => body.length < 16 && /^\s*\[\s*\]\s*$/.test(new TextDecoder().decode(body));
