import { beforeAll, describe, expect, it } from 'vitest';
import { Failure } from '../../shared/errors';
import { partsFromSnapshot } from '../../electron/engine/store/open-archive';
import type { DiskContent } from '../builders/crash-state';
import { withBitFlipped, withFile } from '../builders/damaged-folder';
import { crashesAt, snapshotFailpoints } from '../builders/failpoints';
import type { FaultWorld } from '../builders/fault-world';
import { contentDigestOfEvents, faultEvents, faultKey, faultTenant, faultWorld, isFull, smallPages } from '../builders/fault-world';
import { nameOf, recordingFiles } from '../builders/recording-files';
import { seededRandom } from '../builders/seeded-random';

const seed = 41;
/** A snapshot is taken at the end when there are more than 5,000 new events. */
const events = faultEvents(10_200);
const half = events.slice(0, 5_100);
const digest = contentDigestOfEvents(events);
const worldOn = (content: DiskContent, log = events): FaultWorld => faultWorld({ auth0: smallPages(log, 100), recording: recordingFiles(content), seed });

/** An archive with one snapshot; the recording of the sync and the snapshot that follow; and what there is behind them. */
let first: DiskContent;
let second: FaultWorld;
let whole: DiskContent;
beforeAll(async () => {
  const world = worldOn(new Map(), half);
  await world.sync();
  await world.close();
  first = world.recording.content();
  second = worldOn(first);
  await second.sync();
  await second.close();
  whole = second.recording.content();
}, 60_000);

const snapshotsOf = (content: DiskContent): readonly string[] => [...content.keys()].filter(path => nameOf(path).startsWith('snapshot')).sort();

/** Whether a start from a snapshot is possible at all. */
async function isUsable(content: DiskContent): Promise<boolean> {
  const { ports } = worldOn(content);
  const parts = await partsFromSnapshot({ ports, tenant: faultTenant, key: faultKey });
  parts?.journal.close();
  parts?.rows.close();
  return parts !== null;
}

/** What is wrong with an archive whose journal has all events; null when nothing is. */
async function wrongWith(content: DiskContent): Promise<string | null> {
  const world = worldOn(content);
  try {
    for (const moment of ['at the start', 'after the next sync']) {
      const status = await world.status();
      if (status.contentDigest !== digest) return `${moment} ${String(status.events)} of ${String(events.length)} events are read, or others`;
      if (status.gaps.length > 0) return `${moment} there are gaps: ${JSON.stringify(status.gaps)}`;
      await world.sync();
    }
    return null;
  } catch (error) {
    return `it ends with ${error instanceof Failure ? error.code : String(error)}`;
  } finally {
    await world.close();
  }
}

describe('a snapshot', () => {
  it('is there to be used in these tests, the newest and the one before it', async () => {
    expect({ first: await isUsable(first), whole: await isUsable(whole), names: snapshotsOf(whole).map(nameOf) }).toEqual({ first: true, whole: true, names: ['snapshot-a', 'snapshot-b'] });
  });

  it.each(Object.entries(snapshotFailpoints))('may be cut short by a crash (%s): nothing is lost', async (name, isOp) => {
    const crashes = crashesAt(second, name, isOp, 1, seed);
    expect(crashes.length).toBeGreaterThan(0);
    const wrong: string[] = [];
    for (const { label, disk } of isFull ? crashes : crashes.slice(-1)) {
      const problem = await wrongWith(disk);
      if (problem !== null) wrong.push(`seed ${String(seed)}, ${label}: ${problem}`);
    }
    expect(wrong).toEqual([]);
  }, 600_000);

  it('that is damaged, cut or of no use changes no answer', async () => {
    const wrong: string[] = [];
    const [a, b] = snapshotsOf(whole) as [string, string];
    const bytes = whole.get(b)!;
    const old = whole.get(a)!;
    const named: readonly (readonly [string, DiskContent])[] = [
      ['the older in place of the newer', withFile(whole, b, old)],
      ['each in place of the other', withFile(withFile(whole, a, bytes), b, old)],
      ['none', withFile(withFile(whole, a, null), b, null)],
      ['the newer cut in half', withFile(whole, b, bytes.slice(0, bytes.length >> 1))],
      ['the newer with something behind it', withFile(whole, b, Uint8Array.from([...bytes.subarray(0, 100), ...bytes]))],
      ['only a header', withFile(withFile(whole, a, null), b, bytes.slice(0, 88))],
      ['an unfinished one', withFile(whole, b.replace('snapshot-b', 'snapshot.tmp'), bytes.slice(0, 5_000))],
    ];
    for (const [what, disk] of isFull ? named : named.filter((_, index) => index % 2 === 0)) {
      const problem = await wrongWith(disk);
      if (problem !== null) wrong.push(`${what}: ${problem}`);
    }
    const random = seededRandom(seed);
    for (let flip = 0; flip < (isFull ? 334 : 5); flip += 1) {
      const bit = (flip % 3 === 0 ? random.below(88) : random.below(bytes.length)) * 8 + random.below(8);
      const problem = await wrongWith(withBitFlipped(whole, b, bit));
      if (problem !== null) wrong.push(`seed ${String(seed)}, flip ${String(flip)} (bit ${String(bit)}): ${problem}`);
    }
    expect(wrong).toEqual([]);
  }, 1_800_000);

  it('that outlived the journal it was taken of brings back neither a forgotten user nor a lost event', async () => {
    const world = worldOn(whole);
    await world.forget('auth0|3');
    await world.close();
    const withOld = new Map([...world.recording.content(), ...[...whole].filter(([path]) => nameOf(path).startsWith('snapshot'))]);
    const again = worldOn(withOld);
    const status = await again.status();
    await again.close();
    expect(status.contentDigest).toBe(contentDigestOfEvents(events.filter(event => event['user_id'] !== 'auth0|3')));
  }, 60_000);

  it('does not hide that the journal behind it was damaged, and a sync heals it', async () => {
    const path = [...whole.keys()].find(name => name.endsWith('00000001.tsj'))!;
    const random = seededRandom(seed + 1);
    for (let flip = 0; flip < (isFull ? 60 : 2); flip += 1) {
      const bit = (64 + random.below(whole.get(path)!.length - 64)) * 8 + random.below(8);
      const world = worldOn(withBitFlipped(whole, path, bit));
      const before = await world.status();
      expect({ flip, bit, gaps: before.gaps.map(gap => gap.cause), isLess: before.events < events.length }).toEqual({ flip, bit, gaps: ['damage'], isLess: true });
      await world.sync();
      const after = await world.status();
      await world.close();
      expect({ flip, bit, digest: after.contentDigest, gaps: after.gaps }).toEqual({ flip, bit, digest, gaps: [] });
    }
  }, 600_000);
});
