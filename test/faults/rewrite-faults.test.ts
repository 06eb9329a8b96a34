import { beforeAll, describe, expect, it } from 'vitest';
import { Failure } from '../../shared/errors';
import type { DiskContent } from '../builders/crash-state';
import { crashesAt, rewriteFailpoints } from '../builders/failpoints';
import type { FaultWorld } from '../builders/fault-world';
import { contentDigestOfEvents, eventsInFrames, faultEvents, faultWorld, isFull, smallPages } from '../builders/fault-world';
import { syncUntilDiskFails } from '../builders/recorded-syncs';
import { recordingFiles } from '../builders/recording-files';

const seed = 31;
const user = 'auth0|3';
const events = faultEvents(120);
const others = events.filter(event => event['user_id'] !== user);
const allDigest = contentDigestOfEvents(events);
const othersDigest = contentDigestOfEvents(others);

const worldOn = (content: DiskContent, number = 0): FaultWorld => faultWorld({ auth0: smallPages(events, 10), recording: recordingFiles(content), seed: seed + number });

/** An archive of two segments. */
async function archiveOfTwoSegments(): Promise<DiskContent> {
  const log = smallPages(events.slice(0, 70), 10);
  const world = faultWorld({ auth0: log, seed });
  await world.sync();
  log.events = [...events];
  await syncUntilDiskFails(world.recording, 1, world.sync);
  await world.sync();
  await world.close();
  return world.recording.content();
}

/** Lets the world go and tells what another start finds. */
async function openedAgain(world: FaultWorld): Promise<{ readonly digest: string; readonly gaps: number; readonly inFrames: number; readonly leftovers: readonly string[] }> {
  await world.close();
  const content = world.recording.content();
  const again = worldOn(content, 9);
  const { contentDigest, gaps } = await again.status();
  await again.close();
  return { digest: contentDigest, gaps: gaps.length, inFrames: eventsInFrames(content, again.ports), leftovers: [...content.keys()].filter(path => path.endsWith('.tmp')) };
}

/** What is wrong with a disk that a crash left while a user was forgotten; null when nothing is. */
async function wrongAfterCrash(disk: DiskContent, isForgotten: boolean): Promise<string | null> {
  const world = worldOn(disk, 1);
  try {
    const before = await world.readableIds();
    const lost = others.filter(event => !before.includes(event.log_id));
    if (lost.length > 0) return `${String(lost.length)} events of other users are lost`;
    if (new Set(before).size !== before.length) return 'an event is read twice';
    if (isForgotten && before.length !== others.length) return 'a forgotten user is back';
    if ((await world.status()).gaps.length > 0) return 'a crash is told as damage';
    await world.sync();
    const after = await openedAgain(world);
    const isWhole = (after.digest === allDigest && after.inFrames === events.length && !isForgotten) || (after.digest === othersDigest && after.inFrames === others.length);
    if (!isWhole || after.gaps > 0) return `after the next sync it is neither whole nor without the user: ${JSON.stringify(after)}`;
    return await wrongWhenForgottenAgain(world.recording.content());
  } catch (error) {
    return `it ends with ${error instanceof Failure ? error.code : String(error)}`;
  } finally {
    await world.close();
  }
}

async function wrongWhenForgottenAgain(content: DiskContent): Promise<string | null> {
  const world = worldOn(content, 2);
  await world.forget(user);
  await world.sync();
  const end = await openedAgain(world);
  const isRight = end.digest === othersDigest && end.inFrames === others.length && end.gaps === 0 && end.leftovers.length === 0;
  return isRight ? null : `forgotten again: ${JSON.stringify(end)}`;
}

let whole: DiskContent;
beforeAll(async () => { whole = await archiveOfTwoSegments(); });

describe('a crash while a user is forgotten', () => {
  it.each(Object.entries(rewriteFailpoints))('(%s) leaves a journal with the user or without, and loses nobody else', async (name, isOp) => {
    const world = worldOn(whole);
    await world.forget(user);
    const forgottenAt = world.recording.ops.length;
    await world.close();
    const crashes = crashesAt(world, name, isOp, isFull ? 10 : 1, seed);
    expect(crashes.length).toBeGreaterThan(0);
    const wrong: string[] = [];
    for (const { label, count, disk } of crashes) {
      const problem = await wrongAfterCrash(disk, count >= forgottenAt);
      if (problem !== null) wrong.push(`seed ${String(seed)}, ${label}: ${problem}`);
    }
    expect(wrong).toEqual([]);
  }, 600_000);
});

describe('a disk that is full while a user is forgotten', () => {
  it('at any write says so, and with space again the user is forgotten', async () => {
    const wrong: string[] = [];
    for (let number = 1; number <= 40; number += isFull ? 1 : 4) {
      const world = worldOn(whole, number);
      let count = 0;
      world.recording.strike = op => {
        count += op.kind === 'write' ? 1 : 0;
        return count >= number && (op.kind === 'write' || op.kind === 'create') ? { failure: new Failure('archive.disk-full'), written: 0 } : null;
      };
      const told = await world.forget(user).then(() => 'ok', (error: unknown) => (error instanceof Failure ? error.code : String(error)));
      const readable = await world.readableIds();
      world.recording.strike = null;
      if (told !== 'archive.disk-full' && count >= number) wrong.push(`full at write ${String(number)}: it ends with ${told}`);
      if (others.some(event => !readable.includes(event.log_id))) wrong.push(`full at write ${String(number)}: other users cannot be read`);
      await world.close();
      const problem = await wrongAfterCrash(world.recording.content(), told === 'ok');
      if (problem !== null) wrong.push(`full at write ${String(number)}, then space: ${problem}`);
    }
    expect(wrong).toEqual([]);
  }, 600_000);
});
