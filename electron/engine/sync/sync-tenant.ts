/** Syncs a tenant: resumes behind its checkpoint, reads to the end of the log, and goes on following it when asked. */
import type { CheckedInput, SyncReceipt } from '../../../shared/contract';
import type { LogId } from '../../../shared/domain/ids';
import { ingestedAt, logIdAt } from '../../../shared/domain/ids';
import { formatInstant } from '../../../shared/domain/time';
import type { ErrorCode } from '../../../shared/errors';
import { Failure } from '../../../shared/errors';
import type { Archives } from '../archives';
import type { LogStart } from './find-start';
import { findLogStart, firstAccepted, overlapMs, resumePlaces } from './find-start';
import { readLog } from './read-log';
import { SyncRun } from './sync-run';

/** While following, so few events are read again at each poll; more only every five minutes. */
const cheapOverlap = 500;
const passing: readonly ErrorCode[] = ['auth0.unreachable', 'auth0.timeout', 'auth0.server-error', 'auth0.rate-limited', 'auth0.bad-response'];

/** Reads from the start of what Auth0 has. `lost`: the checkpoint that can no longer be resumed from. */
async function readFromStart(run: SyncRun, lost: LogId | null): Promise<void> {
  const start = await findLogStart(run);
  if (start.kind === 'empty') return;
  if (start.kind === 'seeded') storeSeed(run, start, lost);
  const end = await readLog(run, start.page, start.kind === 'page' ? lost : null);
  if (end.kind === 'refused') throw new Failure('auth0.start-refused', { host: run.archive.tenant, message: 'the log moved on faster than it could be read' });
}

function storeSeed(run: SyncRun, start: Extract<LogStart, { kind: 'seeded' }>, lost: LogId | null): void {
  const { seed, page } = start;
  const to = ingestedAt(page.from) ?? run.ports.clock.now();
  const gap = lost === null ? null : { from: formatInstant(ingestedAt(lost) ?? to), to: formatInstant(to), cause: 'retention' };
  run.store({ events: seed.events, setAside: seed.setAside, checkpoint: page.from, gap }, seed.count);
}

/** From the checkpoint to the end of the log; what retention took in between becomes a gap. */
async function readFromCheckpoint(run: SyncRun, checkpoint: LogId, lookBackMs: number): Promise<void> {
  const places = lookBackMs > 0 ? resumePlaces(run, checkpoint, lookBackMs) : [checkpoint];
  const page = await firstAccepted(run, places);
  if (page === null) return readFromStart(run, checkpoint);
  const end = await readLog(run, page, page.from === checkpoint ? null : checkpoint);
  return end.kind === 'refused' ? readFromStart(run, run.archive.checkpoint) : undefined;
}

const readOnce = (run: SyncRun, lookBackMs: number): Promise<void> => {
  const { checkpoint } = run.archive;
  return checkpoint === null ? readFromStart(run, null) : readFromCheckpoint(run, checkpoint, lookBackMs);
};

/** How far back a poll looks: to where the last look back began, but only when that is due or costs little. */
function lookBackOf(run: SyncRun, lookedBackAt: number): number {
  const since = run.ports.clock.elapsed() - lookedBackAt;
  const { checkpoint } = run.archive;
  const at = checkpoint === null ? null : ingestedAt(checkpoint);
  if (checkpoint === null || at === null || since >= overlapMs) return overlapMs + since;
  return run.archive.rows.countFrom(logIdAt(at - overlapMs - since, checkpoint)) <= cheapOverlap ? overlapMs + since : 0;
}

async function follow(run: SyncRun, everyMs: number): Promise<never> {
  let lookedBackAt = run.ports.clock.elapsed();
  for (;;) {
    run.tell('following');
    await run.ports.clock.sleep(everyMs, run.signal);
    if (run.signal.aborted) throw new Failure('operation.cancelled');
    const lookBack = lookBackOf(run, lookedBackAt);
    const startedAt = run.ports.clock.elapsed();
    try {
      await readOnce(run, lookBack);
      if (lookBack > 0) lookedBackAt = startedAt;
    } catch (error) {
      // A following sync outlives a passing fault; the next poll resumes at the checkpoint.
      if (!(error instanceof Failure) || !passing.includes(error.code)) throw error;
      run.tell('waiting');
    }
  }
}

/**
 * One sync of a tenant, or one that goes on until its signal fires when `followSeconds` is given.
 * @throws Failure auth0.*, archive.*, vault.*, operation.cancelled; pages stored before stay, with their checkpoint
 */
export async function syncTenant(archives: Archives, input: CheckedInput<'tenant.sync'>, signal: AbortSignal): Promise<SyncReceipt> {
  const archive = await archives.write(input.tenant, 'existing');
  const run = new SyncRun(archives.ports, archive, signal);
  run.tell('starting');
  await readOnce(run, overlapMs);
  if (input.followSeconds !== undefined) await follow(run, input.followSeconds * 1_000);
  run.tell('done');
  return { tenant: archive.tenant, ...run.counts, checkpoint: archive.checkpoint, gaps: run.gaps };
}
