/** A recorded life of an archive, and the questions that are asked of it after a crash at any of its moments. */
import { Failure } from '../../shared/errors';
import type { DiskContent } from './crash-state';
import type { Acknowledged } from './fault-world';
import { contentDigestOfEvents, eventsInFrames, faultEvents, faultWorld, smallPages } from './fault-world';
import type { RawEvent } from './log-event';
import type { RecordingFiles } from './recording-files';
import { recordingFiles } from './recording-files';

const pageEvents = 10;

export type RecordedLife = { readonly recording: RecordingFiles; readonly acknowledged: readonly Acknowledged[]; readonly events: readonly RawEvent[] };

const storedBefore = 235;

/** Events of the page whose sync to the disk fails: later than five minutes behind the checkpoint no sync looks for them. */
const lateAround = (failingSync: number | null): readonly number[] => (failingSync === null ? [] : [3, 6, 7].map(nth => 219 + failingSync * pageEvents + nth));

/**
 * Two syncs, the second of a log that grew; then a restart and a third. `failingSync`: the number of a sync to the disk that fails in
 * the last, after which it is begun again; three events become visible only in between, so that its pages are not the same.
 */
export async function recordLife(options: { readonly seed: number; readonly failingSync: number | null }): Promise<RecordedLife> {
  const events = faultEvents(420);
  const log = smallPages(events.slice(0, 150), pageEvents);
  const recording = recordingFiles();
  const first = faultWorld({ auth0: log, recording, seed: options.seed });
  await first.sync();
  log.events = events.slice(0, storedBefore);
  await first.sync();
  await first.close();
  const second = faultWorld({ auth0: log, recording, seed: options.seed + 1 });
  log.events = events.slice(0, 333).filter((_, index) => index < storedBefore || !lateAround(options.failingSync).includes(index));
  if (options.failingSync !== null) await syncUntilDiskFails(recording, options.failingSync, second.sync);
  log.events = events;
  await second.sync();
  await second.close();
  return { recording, acknowledged: [...first.acknowledged, ...second.acknowledged], events };
}

/** The first start and sync on a disk that a crash left, recorded in their turn. */
export async function recordRecovery(disk: DiskContent, before: readonly string[], events: readonly RawEvent[]): Promise<RecordedLife> {
  const recording = recordingFiles(disk);
  const world = faultWorld({ auth0: smallPages(events, pageEvents), recording, seed: 76 });
  await world.sync();
  await world.close();
  return { recording, acknowledged: [{ at: 0, logIds: before }, ...world.acknowledged], events };
}

/** Lets a sync to the disk fail while a log is synced. */
export async function syncUntilDiskFails(recording: RecordingFiles, number: number, sync: () => Promise<unknown>): Promise<void> {
  let count = 0;
  recording.strike = op => {
    count += op.kind === 'sync' ? 1 : 0;
    return op.kind === 'sync' && count === number ? { failure: new Failure('archive.unwritable', { problem: 'EIO' }), written: 0 } : null;
  };
  await sync().then(() => { throw new Error('the sync was to fail'); }, (error: unknown) => { if (!(error instanceof Failure)) throw error; });
  recording.strike = null;
}

export const acknowledgedBefore = (life: Pick<RecordedLife, 'acknowledged'>, count: number): readonly string[] =>
  life.acknowledged.findLast(item => item.at <= count)?.logIds ?? [];

/** What is wrong with a disk that a crash left; null when nothing is: neither before the next sync, nor behind it, nor after another start. */
export async function wrongAfterCrash(disk: DiskContent, acknowledged: readonly string[], events: readonly RawEvent[]): Promise<string | null> {
  const recording = recordingFiles(disk);
  const log = smallPages(events, pageEvents);
  const world = faultWorld({ auth0: log, recording, seed: 77 });
  try {
    const before = await world.readableIds();
    const status = await world.status();
    const lost = acknowledged.filter(logId => !before.includes(logId));
    if (lost.length > 0) return `${String(lost.length)} acknowledged events are lost, the first ${String(lost[0])}`;
    if (new Set(before).size !== before.length) return 'an event is read twice';
    if (status.gaps.length > 0) return `a crash is told as damage: ${JSON.stringify(status.gaps)}`;
    if (status.checkpoint !== null && !before.includes(status.checkpoint)) return 'the checkpoint is beyond what is stored';
    await world.sync();
    await world.close();
    return await wrongAtLast(recording.content(), events) ?? await wrongAtLast(recording.crash(recording.ops.length, 'power-lost', unused), events);
  } catch (error) {
    return `it ends with ${error instanceof Failure ? error.code : String(error)}`;
  } finally {
    await world.close();
  }
}

const unused = { next: () => 0, below: () => 0, chance: () => false, pick: () => { throw new Error('nothing is left to chance'); } };

async function wrongAtLast(disk: DiskContent, events: readonly RawEvent[]): Promise<string | null> {
  const world = faultWorld({ auth0: smallPages(events, pageEvents), recording: recordingFiles(disk), seed: 78 });
  try {
    const status = await world.status();
    if (status.contentDigest !== contentDigestOfEvents(events)) return `after the next sync ${String(status.events)} of ${String(events.length)} events are stored, or others`;
    if (status.gaps.length > 0) return `after the next sync there are gaps: ${JSON.stringify(status.gaps)}`;
    const inFrames = eventsInFrames(disk, world.ports);
    return inFrames === events.length ? null : `the frames hold ${String(inFrames)} events, not ${String(events.length)}`;
  } finally {
    await world.close();
  }
}
