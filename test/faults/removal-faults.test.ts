import { beforeAll, describe, expect, it, vi } from 'vitest';
import type * as Segment from '../../electron/engine/store/segment';
import { Failure } from '../../shared/errors';
import type { CrashKind, DiskContent, DiskOp } from '../builders/crash-state';
import { crashKinds } from '../builders/crash-state';
import { fakeLog } from '../builders/fake-log';
import type { FaultWorld } from '../builders/fault-world';
import { faultTenant, faultWorld, isFull } from '../builders/fault-world';
import { heldBodies } from '../builders/held-bodies';
import type { RawEvent } from '../builders/log-event';
import { logEvent } from '../builders/log-event';
import type { RecordingFiles } from '../builders/recording-files';
import { recordingFiles } from '../builders/recording-files';
import { seededRandom } from '../builders/seeded-random';

/** So small that each frame begins a segment: a rewriting then puts several files in the place of others. */
vi.mock('../../electron/engine/store/segment', async original => ({ ...(await original<typeof Segment>()), segmentLimitBytes: 2_000 }));

const seed = 61;
const user = 'auth0|3';
const snapshot = `tenants/t-${faultTenant}/snapshot-a`;
/** One every two hours, up to days before the moment at which the clock of these tests stands. */
const event = (index: number, fields: Record<string, unknown> = {}): RawEvent => logEvent(index, { date: new Date(Date.UTC(2026, 5, 1) + index * 7_200_000).toISOString(), ...fields });
const fromLog = [event(0), event(1, { user_id: user }), { ...event(2, { user_id: user }), date: 'no date' }];
const imported = Array.from({ length: 250 }, (_, index) => event(10 + index));
/** Of the user's event, and of one that is purged, there is a version that is neither's by itself, in a later segment. */
const versions = [event(10, { user_id: 'auth0|9', date: '2026-06-28T00:00:00.000Z' }), event(13, { user_id: user, description: 'changed' }), event(10 + 7, { user_id: 'auth0|9', date: '2026-06-28T00:00:00.000Z' })];
const last = event(900, { user_id: 'auth0|1' });
const cut = '2026-06-20T00:00:00.000Z';

/** `isGone`: whether a body goes that is the first of its log id, or was set aside. */
type Removal = { readonly run: (world: FaultWorld) => Promise<unknown>; readonly isGone: (body: RawEvent) => boolean };
const removals: Readonly<Record<string, Removal>> = {
  'a user is forgotten': { run: world => world.forget(user), isGone: body => body['user_id'] === user },
  'an archive is purged': { run: world => world.purge(), isGone: body => body.date < cut },
};
/** A frame of which some sectors are there is kept and told, as nobody knows whether it was acknowledged. */
const tornEnd = 'bytes at the end are not an intact frame';

const worldOn = (recording: RecordingFiles, number: number): FaultWorld =>
  faultWorld({ auth0: fakeLog(fromLog), recording, seed: seed + number, ports: { retentionDays: () => Promise.resolve(10) } });
const codeOf = (error: unknown): string => (error instanceof Failure ? error.code : String(error));

let whole: DiskContent;
let wholeBodies: readonly string[];
beforeAll(async () => {
  const world = worldOn(recordingFiles(), 0);
  await world.sync();
  await world.import(imported);
  await world.import(versions);
  await world.close();
  whole = new Map([...world.recording.content(), [snapshot, new Uint8Array(100).fill(5)]]);
  wholeBodies = [...heldBodies(whole)].sort();
});

/** What is left when a removal is over: whose first body goes takes its versions along. */
function bodiesAfter({ isGone }: Removal): readonly string[] {
  const firsts = new Map<string, RawEvent>();
  const bodies = wholeBodies.map(body => JSON.parse(body) as RawEvent);
  for (const body of [...fromLog, ...imported]) firsts.set(body.log_id, body);
  return wholeBodies.filter((_body, index) => !isGone(bodies[index]!) && !isGone(firsts.get(bodies[index]!.log_id)!));
}

const same = (a: readonly string[], b: readonly string[]): boolean => JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());

/** What is wrong with what a fault left of an archive, once the next writer has written; null when nothing is. */
async function wrongOn(disk: DiskContent, removal: Removal, isSaid: boolean): Promise<string | null> {
  const after = bodiesAfter(removal);
  if (isSaid && (!same(heldBodies(disk), after) || disk.has(snapshot))) return 'it was said to be done, and something is still there, or something else is not';
  const world = worldOn(recordingFiles(disk), 1);
  try {
    const before = await world.readableIds();
    const missing = after.map(body => JSON.parse(body) as RawEvent).filter(body => body.date !== 'no date' && !before.includes(body.log_id));
    if (missing.length > 0) return `${String(missing.length)} events that stay cannot be read`;
    await world.import([last]);
    const settled = heldBodies(world.recording.content()).filter(body => body !== JSON.stringify(last));
    if (!same(settled, wholeBodies) && !same(settled, after)) return `it is done by half: ${String(settled.length)} bodies are left, ${String(wholeBodies.length)} there were, ${String(after.length)} stay`;
    if (isSaid && !same(settled, after)) return 'what was said to be gone is back';
    await removal.run(world);
    return await wrongAtLast(world, after);
  } catch (error) {
    return `it ends with ${codeOf(error)}`;
  } finally {
    await world.close();
  }
}

/** Removed once more, and as another start finds it. */
async function wrongAtLast(world: FaultWorld, after: readonly string[]): Promise<string | null> {
  await world.close();
  const content = world.recording.content();
  if (!same(heldBodies(content), [...after, JSON.stringify(last)])) return 'removed once more, something is still there, or something else is not';
  const again = worldOn(recordingFiles(content), 2);
  const [{ gaps }, { damaged }] = [await again.status(), await again.verify()];
  await again.close();
  const names = [...content.keys()].filter(path => path.endsWith('.tmp') || path === snapshot);
  const told = damaged.filter(({ what }) => !what.endsWith(tornEnd));
  const isClean = gaps.every(({ cause }) => cause === 'purged by policy') && told.length === 0 && names.length === 0;
  return isClean ? null : `in the end there are ${JSON.stringify({ gaps, told, names })}`;
}

/** Every place in full runs; else one in some, not the same for each kind. */
const chosen = (number: number, kind: number): boolean => isFull || (number + kind * 3) % 13 === 0;

describe.each(Object.entries(removals))('while %s,', (name, removal) => {
  it('a crash behind any operation leaves the old state or the new one, and never takes back what was said', async () => {
    const world = worldOn(recordingFiles(whole), 3);
    await removal.run(world);
    const saidAt = world.recording.ops.length;
    await world.close();
    expect(world.recording.ops.filter(op => op.kind === 'rename').length).toBeGreaterThan(2);
    const wrong: string[] = [];
    const crashes = Array.from({ length: saidAt + 1 }, (_, count) => crashKinds.map((kind, nth) => ({ count, kind, nth }))).flat();
    for (const { count, kind } of crashes.filter(({ count, nth }) => chosen(count, nth) || count === saidAt)) {
      const problem = await wrongOn(world.recording.crash(count, kind, seededRandom(seed + count)), removal, count >= saidAt);
      if (problem !== null) wrong.push(`seed ${String(seed)}, ${name}, ${kind} behind operation ${String(count)} of ${String(saidAt)}: ${problem}`);
    }
    expect(wrong).toEqual([]);
  }, 600_000);

  it.each(['fails', 'kills'] as const)('an operation that %s leaves the old state or the new one, and doing it again ends it for good', async how => {
    const wrong: string[] = [];
    for (const [index, { kind }] of (await changesOf(removal)).entries()) {
      const number = index + 1;
      // What is durable hangs on these.
      if (!chosen(number, how === 'fails' ? 0 : 1) && kind !== 'sync-folder' && kind !== 'rename') continue;
      const found = await struck(number, how, removal);
      if (found !== null) wrong.push(`seed ${String(seed)}, ${name}, operation ${String(number)} ${how}: ${found}`);
    }
    expect(wrong).toEqual([]);
  }, 600_000);
});

/** The operations of a removal that meets no fault. */
async function changesOf(removal: Removal): Promise<readonly DiskOp[]> {
  const world = worldOn(recordingFiles(whole), 3);
  await removal.run(world);
  const changes = [...world.recording.ops];
  await world.close();
  return changes;
}

/** Lets one operation fail, or the process die in it; then the removal is done again, and the power is lost when it says that it is done. */
async function struck(number: number, how: 'fails' | 'kills', removal: Removal): Promise<string | null> {
  const recording = recordingFiles(whole);
  const world = worldOn(recording, 4);
  let count = 0;
  recording.strike = (op: DiskOp) => {
    count += 1;
    const isStruck = how === 'fails' ? count === number : count >= number;
    return isStruck ? { failure: new Failure('archive.unwritable', { problem: 'EIO' }), written: op.kind === 'write' ? op.bytes.length >> 1 : 0, isDeath: how === 'kills' } : null;
  };
  const told = await removal.run(world).then(() => 'ok', codeOf);
  recording.strike = null;
  if (count < number) return 'it is not met';
  const left = await wrongOn(recording.content(), removal, told === 'ok');
  if (left !== null) return `told ${told}; ${left}`;
  const next = how === 'fails' ? world : worldOn(recording, 5);
  const again = await removal.run(next).then(() => 'ok', codeOf);
  if (again !== 'ok') return `again, it ends with ${again}`;
  const kinds: readonly CrashKind[] = ['process-killed', 'power-lost'];
  for (const kind of kinds) {
    const problem = await wrongOn(recording.crash(recording.ops.length, kind, seededRandom(seed)), removal, true);
    if (problem !== null) return `told ${told}, done again, then ${kind}: ${problem}`;
  }
  await next.close();
  return null;
}
