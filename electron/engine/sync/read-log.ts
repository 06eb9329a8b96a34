/** Reads a tenant's log page by page to its end, storing each page with its checkpoint before the one that follows it; that is on its way meanwhile. */
import type { Gap } from '../../../shared/contract';
import type { LogId } from '../../../shared/domain/ids';
import { compareLogIds, ingestedAt } from '../../../shared/domain/ids';
import type { LogsReply } from '../../../shared/domain/logs-page';
import { formatInstant } from '../../../shared/domain/time';
import { Failure } from '../../../shared/errors';
import type { FirstPage } from './find-start';
import { pageSize } from './find-start';
import { createNormalizer } from './normalize-log-event';
import type { ParsedPage } from './parse-page';
import { parsePage } from './parse-page';
import type { SyncRun } from './sync-run';

/** A page that cannot be read, or does not get further, is asked for again after these waits; then the sync stops. */
const unreadableWaitsMs = [250, 1_000];
const maxStalls = 2;

const later = (a: LogId | null, b: LogId | null): LogId | null => (a === null ? b : b === null || compareLogIds(a, b) >= 0 ? a : b);

/** An event that must come by if Auth0 has forgotten nothing; and up to which one all is stored, or told otherwise, where that is a later one. */
export type Expected = { readonly logId: LogId; readonly knownUpTo: LogId };

/** `refused`: Auth0 no longer accepts the place reached, as its retention has passed it by. `expected`: whether the event came by (or none was expected), or others behind it. */
export type ReadingEnd = { readonly kind: 'end'; readonly expected: 'came-by' | 'passed-by' | 'not-met' } | { readonly kind: 'refused'; readonly from: LogId };

type Reply = Extract<LogsReply, { kind: 'page' }>;
type Reading = {
  readonly run: SyncRun;
  readonly normalize: ReturnType<typeof createNormalizer>;
  /** Null once it has come by or was passed by, or where none is expected. */
  expected: Expected | null;
  isPassedBy: boolean;
  /** The largest id that came by. */
  furthest: LogId;
  stalls: number;
};

const ask = (run: SyncRun, from: LogId): Promise<LogsReply> => run.ports.auth0.logs(run.archive.tenant, { mode: 'checkpoint', from, take: pageSize }, run.signal);

/** Parses a page; one that cannot be read is asked for again. @throws Failure auth0.bad-response */
async function readable(reading: Reading, from: LogId, first: Reply): Promise<{ readonly reply: Reply; readonly page: ParsedPage } | null> {
  let reply = first;
  for (const wait of [...unreadableWaitsMs, null]) {
    const page = parsePage(reply.body, reading.normalize);
    if (page.kind === 'page') return { reply, page };
    if (wait === null) throw new Failure('auth0.bad-response', { host: reading.run.archive.tenant, problem: page.problem });
    await reading.run.ports.clock.sleep(wait, reading.run.signal);
    if (reading.run.signal.aborted) throw new Failure('operation.cancelled');
    const again = await ask(reading.run, from);
    if (again.kind === 'refused') return null;
    reply = again;
  }
  return null;
}

/** What was asked for before it was known to be right; its failing is told only to who waits for it. */
type Early = { readonly from: LogId; readonly reply: Promise<LogsReply> };

function askEarly(run: SyncRun, from: LogId): Early {
  const reply = ask(run, from);
  reply.catch(() => undefined);
  return { from, reply };
}

/** Most pages say themselves where to read on, so that the next one can come while this one is parsed. */
const linkedPage = (run: SyncRun, from: LogId, { nextFrom }: Reply): Early | null => (nextFrom === null || compareLogIds(nextFrom, from) <= 0 ? null : askEarly(run, nextFrom));

const instantOf = (run: SyncRun, logId: LogId): string => formatInstant(ingestedAt(logId) ?? run.ports.clock.now());

/** A gap when the page passes the expected id without bringing it: Auth0 has forgotten it, and perhaps what followed. */
function gapBefore(reading: Reading, page: ParsedPage): Gap | null {
  const { expected, run } = reading;
  if (expected === null || page.last === null) return null;
  if (page.ids.includes(expected.logId)) {
    reading.expected = null;
    return null;
  }
  const next = page.ids.find(logId => compareLogIds(logId, expected.logId) > 0);
  if (next === undefined) return null;
  reading.expected = null;
  reading.isPassedBy = true;
  if (compareLogIds(next, expected.knownUpTo) <= 0) return null;
  return { from: instantOf(run, expected.knownUpTo), to: instantOf(run, next), cause: 'retention' };
}

const endOf = ({ expected, isPassedBy }: Reading): ReadingEnd => ({ kind: 'end', expected: isPassedBy ? 'passed-by' : expected === null ? 'came-by' : 'not-met' });

/** Where to read on: the `Link` when it leads further, else the last id of the page; null when neither does. */
function nextPlace(from: LogId, page: ParsedPage, linked: LogId | null): LogId | null {
  const further = (place: LogId | null): place is LogId => place !== null && compareLogIds(place, from) > 0;
  if (further(linked) && page.last !== null && compareLogIds(linked, page.last) <= 0) return linked;
  if (further(page.last)) return page.last;
  return page.last === null && further(linked) ? linked : null;
}

/** Only a page that brings an id beyond all before it gets further, wherever its Link points. */
function advance(reading: Reading, page: ParsedPage): void {
  const isFurther = page.last !== null && compareLogIds(page.last, reading.furthest) > 0;
  reading.stalls = isFurther ? 0 : reading.stalls + 1;
  if (isFurther && page.last !== null) reading.furthest = page.last;
}

/** @throws Failure auth0.*, archive.*, operation.cancelled; what was stored before stays, with its checkpoint */
export async function readLog(run: SyncRun, first: FirstPage, expected: Expected | null): Promise<ReadingEnd> {
  const reading: Reading = { run, normalize: createNormalizer(), expected, isPassedBy: false, furthest: first.from, stalls: 0 };
  let from = first.from;
  let reply: LogsReply = first.reply;
  for (;;) {
    if (run.signal.aborted) throw new Failure('operation.cancelled');
    if (reply.kind === 'refused') return { kind: 'refused', from };
    const linked = linkedPage(run, from, reply);
    const read = await readable(reading, from, reply);
    if (read === null) return { kind: 'refused', from };
    if (read.page.count === 0) return endOf(reading);
    const next = nextPlace(from, read.page, read.reply.nextFrom) ?? from;
    advance(reading, read.page);
    if (reading.stalls >= maxStalls) throw new Failure('auth0.not-advancing', { host: run.archive.tenant });
    const coming = linked?.from === next ? linked : askEarly(run, next);
    storePage(reading, read.page, read.reply);
    from = next;
    reply = await coming.reply;
  }
}

function storePage(reading: Reading, page: ParsedPage, reply: Reply): void {
  const { run } = reading;
  const gap = gapBefore(reading, page);
  run.store({ events: page.events, setAside: page.setAside, checkpoint: later(run.archive.checkpoint, page.last), gap }, page.count);
  run.reached(page.last, reply.budget);
  run.tell('reading');
}
