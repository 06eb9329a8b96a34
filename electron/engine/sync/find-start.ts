/** Where a sync begins to read: before its checkpoint, or at the oldest event Auth0 still has. */
import type { LogId } from '../../../shared/domain/ids';
import { ingestedAt, logIdAt } from '../../../shared/domain/ids';
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
 * An empty page is believed only of the last place: a made-up id may be accepted and lead nowhere.
 */
export async function firstAccepted(run: SyncRun, places: readonly LogId[]): Promise<FirstPage | null> {
  let empty: FirstPage | null = null;
  for (const from of new Set(places)) {
    const reply = await run.ports.auth0.logs(run.archive.tenant, { mode: 'checkpoint', from, take: pageSize }, run.signal);
    if (reply.kind === 'refused') continue;
    if (!isEmptyBody(reply.body)) return { from, reply };
    empty = { from, reply };
  }
  return empty;
}

/**
 * Places to resume from, best first: a stored id older than the overlap, the bare position there, the oldest stored id,
 * and last the checkpoint itself, behind which nothing late can be found.
 */
export function resumePlaces(run: SyncRun, checkpoint: LogId, lookBackMs: number): readonly LogId[] {
  const at = ingestedAt(checkpoint);
  if (at === null) return [run.archive.rows.oldestLogId(checkpoint), checkpoint].filter(place => place !== null);
  const position = logIdAt(at - lookBackMs, checkpoint);
  return [run.archive.rows.logIdBefore(position), position, run.archive.rows.oldestLogId(checkpoint), checkpoint].filter(place => place !== null);
}

/** The oldest events by date, from Auth0's search; null when the log is empty. */
async function oldestPage(run: SyncRun): Promise<ParsedPage | null> {
  const reply = await run.ports.auth0.logs(run.archive.tenant, { mode: 'oldest', take: pageSize }, run.signal);
  if (reply.kind === 'refused') throw new Failure('auth0.start-refused', { host: run.archive.tenant, message: reply.message });
  const page = parsePage(reply.body, createNormalizer());
  if (page.kind === 'unreadable') throw new Failure('auth0.bad-response', { host: run.archive.tenant, problem: page.problem });
  return page.count === 0 ? null : page;
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
  const seed = await oldestPage(run);
  if (seed === null) return { kind: 'empty' };
  const oldest = seed.first;
  if (oldest === null) throw new Failure('auth0.start-refused', { host: run.archive.tenant, message: 'no event of the search has a log id' });
  const at = ingestedAt(oldest);
  const position = at === null ? null : await firstAccepted(run, [logIdAt(at - beforeOldestMs, oldest)]);
  if (position !== null && !isEmptyBody(position.reply.body)) return { kind: 'page', page: position };
  const page = await firstAccepted(run, [oldest]);
  if (page === null) throw new Failure('auth0.start-refused', { host: run.archive.tenant, message: 'the oldest event is not accepted as a start' });
  return { kind: 'seeded', seed, page };
}

const isEmptyBody = (body: Uint8Array): boolean => body.length < 16 && /^\s*\[\s*\]\s*$/.test(new TextDecoder().decode(body));
