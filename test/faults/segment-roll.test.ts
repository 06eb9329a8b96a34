import { describe, expect, it, vi } from 'vitest';
import type * as Segment from '../../electron/engine/store/segment';
import { Failure } from '../../shared/errors';
import type { DiskContent, DiskOp } from '../builders/crash-state';
import { contentDigestOfEvents, eventsInFrames, faultEvents, faultWorld, isFull } from '../builders/fault-world';
import { fakeLog } from '../builders/fake-log';
import type { RawEvent } from '../builders/log-event';
import type { RecordingFiles } from '../builders/recording-files';
import { recordingFiles } from '../builders/recording-files';
import { seededRandom } from '../builders/seeded-random';

/** So small that a few frames fill a segment: an import begins several before it is acknowledged. */
vi.mock('../../electron/engine/store/segment', async original => ({ ...(await original<typeof Segment>()), segmentLimitBytes: 5_000 }));

const seed = 12;
const noLog = fakeLog([]);
const before = faultEvents(60);
/** Fails, or is cut short, on its way to the disk. */
const lost = faultEvents(400, 1_000);
/** Others than those, so that frames of the same numbers do not hold the same: some that begin segments too, and some that fit into one. */
const afters = { many: faultEvents(230, 10_000), few: faultEvents(40, 10_000) };
type After = keyof typeof afters;

/** The last of its syncs is that of its commit. */
const syncsOfImport = 9;

const worldOn = (recording: RecordingFiles, number: number) => faultWorld({ auth0: noLog, recording, seed: seed + number });
const changes = (op: DiskOp): boolean => op.kind !== 'remove';

/** Lets the nth operation fail: that one alone, or with it all that follow, as when the process is killed. */
function strikeAt(recording: RecordingFiles, number: number, kind: 'fails' | 'killed', isHit: (op: DiskOp) => boolean = changes): { readonly isMet: () => boolean } {
  let count = 0;
  recording.strike = op => {
    count += isHit(op) ? 1 : 0;
    const isStruck = kind === 'fails' ? isHit(op) && count === number : count >= number;
    return isStruck ? { failure: new Failure('archive.unwritable', { problem: 'EIO' }), written: op.kind === 'write' ? op.bytes.length >> 1 : 0, isDeath: kind === 'killed' } : null;
  };
  return { isMet: () => count >= number };
}

/** What is wrong with a disk on which some events were acknowledged; null when nothing is. */
async function wrongOn(disk: DiskContent, acknowledged: readonly string[], after: readonly RawEvent[]): Promise<string | null> {
  const world = worldOn(recordingFiles(disk), 8);
  try {
    const [readable, status] = [await world.readableIds(), await world.status()];
    const missing = acknowledged.filter(logId => !readable.includes(logId));
    if (missing.length > 0) return `${String(missing.length)} acknowledged events are lost, the first ${String(missing[0])}`;
    if (new Set(readable).size !== readable.length) return 'an event is read twice';
    if (status.gaps.length > 0) return `a fault is told as damage: ${JSON.stringify(status.gaps)}`;
    for (const events of [before, lost, after]) await world.import(events);
    await world.close();
    const again = worldOn(recordingFiles(world.recording.content()), 9);
    const [{ contentDigest }, { damaged }] = [await again.status(), await again.verify()];
    await again.close();
    if (damaged.length > 0) return `imported again, something is told as damaged: ${JSON.stringify(damaged)}`;
    const inFrames = eventsInFrames(world.recording.content(), world.ports);
    return contentDigest === contentDigestOfEvents([...before, ...lost, ...after]) && inFrames === before.length + lost.length + after.length ? null : `imported again, the frames hold ${String(inFrames)} events, or others`;
  } catch (error) {
    return `it ends with ${error instanceof Failure ? error.code : String(error)}`;
  } finally {
    await world.close();
  }
}

/** Of a disk as another process sees it, and as it is when the power is lost. */
async function wrongAfter(recording: RecordingFiles, acknowledged: readonly string[], after: readonly RawEvent[]): Promise<string | null> {
  const count = recording.ops.length;
  return await wrongOn(recording.content(), acknowledged, after) ?? await wrongOn(recording.crash(count, 'power-lost', seededRandom(seed)), acknowledged, after);
}

/** `step`: where not all are tried, each so many. */
type Struck = { readonly kind: 'fails' | 'killed'; readonly after: After; readonly step: number; readonly isHit?: (op: DiskOp) => boolean };

/** Imports, is struck while it imports more, and imports others then: in the same process, or in another one. */
async function liveThrough(number: number, { kind, after, isHit }: Omit<Struck, 'step'>): Promise<{ readonly isMet: boolean; readonly problem: string | null }> {
  const recording = recordingFiles();
  const first = worldOn(recording, 1);
  await first.import(before);
  const strike = strikeAt(recording, number, kind, isHit);
  const told = await first.import(lost).then(() => 'ok', (error: unknown) => (error instanceof Failure ? error.code : String(error)));
  recording.strike = null;
  if (!strike.isMet()) return { isMet: false, problem: null };
  const shown = await first.readableIds();
  // Nobody knows whether it is on the disk.
  if (isHit !== undefined && shown.length !== before.length) return { isMet: true, problem: `${String(shown.length)} events are shown, of which ${String(before.length)} were acknowledged` };
  const second = kind === 'fails' ? first : worldOn(recording, 2);
  const ended = await second.import(afters[after]).then(() => 'ok', (error: unknown) => (error instanceof Failure ? error.code : String(error)));
  const acknowledged = second.acknowledged.at(-1)?.logIds ?? [];
  if (told === 'ok' || ended !== 'ok') return { isMet: true, problem: `the first import ends with ${told}, the next with ${ended}` };
  return { isMet: true, problem: await wrongAfter(recording, acknowledged, afters[after]) };
}

async function problemsOf(struck: Struck, from = 1): Promise<{ readonly wrong: readonly string[]; readonly met: number }> {
  const wrong: string[] = [];
  let met = 0;
  for (let number = from; ; number += isFull ? 1 : struck.step) {
    const { isMet, problem } = await liveThrough(number, struck);
    if (!isMet) return { wrong, met };
    met += 1;
    if (problem !== null) wrong.push(`seed ${String(seed)}, ${struck.kind} at ${String(number)}, then ${struck.after}: ${problem}`);
  }
}

describe.each<After>(['many', 'few'])('an import that begins several segments, and is followed by %s other events,', after => {
  it('and meets a failing sync, of a full segment, of a new one or of the last, loses nothing that is acknowledged afterwards', async () => {
    const { wrong, met } = await problemsOf({ kind: 'fails', after, step: after === 'few' ? 1 : 4, isHit: op => op.kind === 'sync' });
    expect(wrong).toEqual([]);
    expect(met).toBeGreaterThan(2);
  }, 600_000);

  it('and cannot make the name of a segment durable, loses nothing that is acknowledged afterwards', async () => {
    const { wrong, met } = await problemsOf({ kind: 'fails', after, step: 2, isHit: op => op.kind === 'sync-folder' });
    expect(wrong).toEqual([]);
    expect(met).toBeGreaterThan(1);
  }, 600_000);

  it.each(['fails', 'killed'] as const)('and at any operation %s, loses nothing that is acknowledged afterwards', async kind => {
    const { wrong } = await problemsOf({ kind, after, step: 7 }, isFull ? 1 : after.length);
    expect(wrong).toEqual([]);
  }, 600_000);
});

describe('an import whose segments are to be cut off, as their sync failed,', () => {
  /** Killed at the nth operation of the recovery; then another process goes on. */
  async function killedWhileCutting(number: number): Promise<{ readonly isMet: boolean; readonly problem: string | null }> {
    const recording = recordingFiles();
    const first = worldOn(recording, 1);
    await first.import(before);
    const commit = strikeAt(recording, syncsOfImport, 'fails', op => op.kind === 'sync');
    await first.import(lost).catch(() => undefined);
    if (!commit.isMet()) throw new Error('the import makes fewer syncs');
    const strike = strikeAt(recording, number, 'killed');
    await first.import(afters.many).catch(() => undefined);
    recording.strike = null;
    const next = worldOn(recording, 2);
    const problem = await wrongOn(recording.content(), [], afters.few);
    await next.import(afters.few);
    return { isMet: strike.isMet(), problem: problem ?? await wrongAfter(recording, next.acknowledged.at(-1)?.logIds ?? [], afters.few) };
  }

  it('and that is killed at any operation of the recovery, makes no gap of it and loses nothing afterwards', async () => {
    const wrong: string[] = [];
    for (let number = 1; number <= 9; number += isFull ? 1 : 2) {
      const { isMet, problem } = await killedWhileCutting(number);
      expect(isMet).toBe(true);
      if (problem !== null) wrong.push(`seed ${String(seed)}, killed at ${String(number)}: ${problem}`);
    }
    expect(wrong).toEqual([]);
  }, 600_000);
});
