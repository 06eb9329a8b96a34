/** Syncs a tenant: resumes behind its checkpoint, reads to the end of the log, and goes on following it when asked. */
import type { CheckedInput, SyncReceipt } from '../../../shared/contract';
import type { EpochMs, LogId } from '../../../shared/domain/ids';
import { compareLogIds, ingestedAt, logIdAt } from '../../../shared/domain/ids';
import { formatInstant } from '../../../shared/domain/time';
import type { ErrorCode } from '../../../shared/errors';
import { Failure } from '../../../shared/errors';
import type { Archives } from '../archives';
import type { LogStart } from './find-start';
import { findLogStart, firstAccepted, overlapMs, resumePlaces } from './find-start';
import { beginSearch, checkpointBefore, isFoundAgain } from './lost-frames';
import type { Expected } from './read-log';
import { readLog } from './read-log';
import { SyncRun } from './sync-run';

/** While following, so few events are read again at each poll; more only every five minutes. */
const cheapOverlap = 500;
const passing: readonly ErrorCode[] = ['auth0.unreachable', 'auth0.timeout', 'auth0.server-error', 'auth0.rate-limited', 'auth0.bad-response'];

const laterOf = (a: LogId | null, b: LogId): LogId => (a !== null && compareLogIds(a, b) > 0 ? a : b);

/** Reads from the start of what Auth0 has. `lost`: the checkpoint that can no longer be resumed from. */
async function readFromStart(run: SyncRun, lost: LogId | null): Promise<void> {
  const start = await findLogStart(run);
  if (start.kind === 'empty') return;
  if (start.kind === 'seeded') storeSeed(run, start, lost);
  const end = await readLog(run, start.page, start.kind === 'page' && lost !== null ? { logId: lost, knownUpTo: lost } : null);
  if (end.kind === 'refused') throw new Failure('auth0.start-refused', { host: run.archive.tenant, message: 'the log moved on faster than it could be read' });
}

function storeSeed(run: SyncRun, start: Extract<LogStart, { kind: 'seeded' }>, lost: LogId | null): void {
  const { seed, page } = start;
  const isLost = lost !== null && compareLogIds(lost, page.from) < 0;
  const to = ingestedAt(page.from) ?? run.ports.clock.now();
  const gap = isLost ? { from: formatInstant(ingestedAt(lost) ?? to), to: formatInstant(to), cause: 'retention' } : null;
  run.store({ events: seed.events, setAside: seed.setAside, checkpoint: laterOf(run.archive.checkpoint, page.from), gap }, seed.count);
}

/** Reads to the end of the log from before an event that is stored; what retention took in between becomes a gap. Returns whether the event came by. */
async function readFromAnchor(run: SyncRun, anchor: Expected, from: EpochMs | null): Promise<boolean> {
  const page = await firstAccepted(run, resumePlaces(run, anchor.logId, from));
  const isBefore = page !== null && page.from !== anchor.logId;
  const end = page === null ? null : await readLog(run, page, isBefore ? anchor : null);
  if (end?.kind === 'end' && end.expected !== 'not-met') return isBefore && end.expected === 'came-by';
  await readFromStart(run, laterOf(end?.kind === 'refused' ? run.archive.checkpoint : null, anchor.knownUpTo));
  return false;
}

/** Looks again for what damage took, as long as Auth0 has it; tried once for each damage. */
async function heal(run: SyncRun): Promise<void> {
  const { archive } = run;
  const lost = archive.unhealed;
  const [first] = lost;
  if (first === undefined || archive.checkpoint === null) return;
  const { checkpoint } = archive;
  const search = beginSearch(run, lost);
  const anchor = await checkpointBefore(run, first.from);
  // What retention took behind the checkpoint is a gap all the same; what it took before is the gap that damage left.
  const isProven = anchor === null
    ? await readFromStart(run, checkpoint).then(() => false)
    : await readFromAnchor(run, { logId: anchor, knownUpTo: checkpoint }, before(ingestedAt(anchor)));
  const complete = await isFoundAgain(run, search, isProven ? 'proven' : 'unproven');
  run.store({ events: [], setAside: [], checkpoint: null, gap: null, healed: lost.map(range => ({ ...range, complete })) }, 0);
}

/** From the checkpoint, looking back to a moment before it. */
async function readOnce(run: SyncRun, from: EpochMs | null): Promise<void> {
  const { checkpoint } = run.archive;
  if (checkpoint === null) await readFromStart(run, null);
  else await readFromAnchor(run, { logId: checkpoint, knownUpTo: checkpoint }, from);
}

const positionOf = (run: SyncRun): EpochMs | null => (run.archive.checkpoint === null ? null : ingestedAt(run.archive.checkpoint));
const before = (at: EpochMs | null): EpochMs | null => (at === null ? null : at - overlapMs);

/** When the last look back was made, by both clocks, and how far the log had been read then. */
type LookBack = { readonly elapsed: number; readonly now: EpochMs; readonly position: EpochMs | null };
const lookBackNow = (run: SyncRun): LookBack => ({ elapsed: run.ports.clock.elapsed(), now: run.ports.clock.now(), position: positionOf(run) });

/** A poll looks back to before where the last look back stood, when that is due (by either clock: one stands still while the machine sleeps) or costs little. */
function isDue(run: SyncRun, last: LookBack): boolean {
  const { clock } = run.ports;
  if (last.position === null || clock.elapsed() - last.elapsed >= overlapMs || clock.now() - last.now >= overlapMs) return true;
  const { checkpoint } = run.archive;
  return checkpoint === null || run.archive.rows.countFrom(logIdAt(last.position - overlapMs, checkpoint)) <= cheapOverlap;
}

async function poll(run: SyncRun, last: LookBack): Promise<LookBack> {
  const due = isDue(run, last);
  const next = lookBackNow(run);
  try {
    await readOnce(run, due ? before(last.position ?? positionOf(run)) : positionOf(run));
    return due ? next : last;
  } catch (error) {
    // A following sync outlives a passing fault; the next poll resumes at the checkpoint.
    if (!(error instanceof Failure) || !passing.includes(error.code)) throw error;
    run.tell('waiting');
    return last;
  }
}

async function follow(run: SyncRun, everyMs: number, first: LookBack): Promise<never> {
  let last = first;
  for (;;) {
    run.tell('following');
    await run.ports.clock.sleep(everyMs, run.signal);
    if (run.signal.aborted) throw new Failure('operation.cancelled');
    last = await poll(run, last);
  }
}

/**
 * One sync of a tenant, or one that goes on until its signal fires when `followSeconds` is given.
 * @throws Failure auth0.*, archive.*, vault.*, operation.cancelled; pages stored before stay, with their checkpoint
 */
export function syncTenant(archives: Archives, input: CheckedInput<'tenant.sync'>, signal: AbortSignal): Promise<SyncReceipt> {
  return archives.gate.shared(input.tenant, signal, () => runSync(archives, input, signal));
}

async function runSync(archives: Archives, input: CheckedInput<'tenant.sync'>, signal: AbortSignal): Promise<SyncReceipt> {
  const archive = await archives.write(input.tenant, 'existing', signal);
  const run = new SyncRun(archives.ports, archive, signal);
  run.tell('starting');
  await heal(run);
  const first = lookBackNow(run);
  await readOnce(run, before(first.position));
  if (input.followSeconds !== undefined) await follow(run, input.followSeconds * 1_000, first);
  run.tell('done');
  return { tenant: archive.tenant, ...run.counts, ...(run.forgotten === 0 ? {} : { forgotten: run.forgotten }), checkpoint: archive.checkpoint, gaps: run.gaps };
}
