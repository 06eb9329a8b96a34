import { beforeAll, describe, expect, it } from 'vitest';
import type { Allowed, WholeFolder } from '../builders/damaged-folder';
import { headPath, hit, idsWithin, pathOf, segmentPath, wholeFolder, withBitFlipped, withFile, wrongAfterDamage } from '../builders/damaged-folder';
import type { DiskContent } from '../builders/crash-state';
import { isFull } from '../builders/fault-world';
import type { Random } from '../builders/seeded-random';
import { seededRandom } from '../builders/seeded-random';

const seed = 21;
let whole: WholeFolder;
beforeAll(async () => { whole = await wholeFolder(); });

const none: ReadonlySet<string> = new Set();

/** A byte of a file of each kind, and what a change of it may cost. */
type Place = { readonly path: string; readonly byte: number; readonly allowed: Allowed };
const inFrame = (random: Random, place: (length: number) => number): Place => {
  const frame = random.pick(whole.frames);
  return { path: frame.path, byte: frame.offset + place(frame.length), allowed: { mayMiss: new Set(frame.logIds), mayFail: 'nothing' } };
};
const inFile = (random: Random, path: string, mayFail: Allowed['mayFail']): Place => ({ path, byte: random.below(whole.content.get(path)!.length), allowed: { mayMiss: none, mayFail } });
const places: Readonly<Record<string, (random: Random) => Place>> = {
  'the header of a segment': random => ({ path: segmentPath(1 + random.below(2)), byte: random.below(64), allowed: { mayMiss: none, mayFail: 'nothing' } }),
  'the header of a frame': random => inFrame(random, () => random.below(52)),
  'the body of a frame': random => inFrame(random, length => 52 + random.below(length - 52)),
  'the head': random => inFile(random, headPath, 'nothing'),
  'tenant.json': random => inFile(random, pathOf(hit, 'tenant.json'), 'vault'),
  'vault.json': random => inFile(random, 'vault.json', 'vault'),
};

describe('one flipped bit', () => {
  it.each(Object.entries(places))('in %s is never silent, costs no other frame, and a sync makes the archive whole', async (kind, place) => {
    const wrong: string[] = [];
    for (let flip = 0; flip < (isFull ? 334 : 25); flip += 1) {
      const random = seededRandom(seed * 10_000 + flip);
      const { path, byte, allowed } = place(random);
      const bit = byte * 8 + random.below(8);
      const problem = await wrongAfterDamage(withBitFlipped(whole.content, path, bit), allowed);
      if (problem !== null) wrong.push(`seed ${String(seed)}, flip ${String(flip)} in ${kind} (${path}, bit ${String(bit)}): ${problem}`);
    }
    expect(wrong).toEqual([]);
  }, 600_000);
});

describe('a segment cut short', () => {
  const cutAt = (path: string, size: number): DiskContent => withFile(whole.content, path, whole.content.get(path)!.slice(0, size));

  it('at the edge of a frame or inside one is never silent, and a sync makes the archive whole', async () => {
    const ends = [whole.frames[0]!, whole.frames.findLast(frame => frame.path === segmentPath(1))!, whole.frames.at(-1)!];
    const edges = whole.frames.map(frame => ({ path: frame.path, size: frame.offset }));
    const starts = [0, 1, 63].map(size => ({ path: segmentPath(1), size }));
    const inside = ends.flatMap(frame => Array.from({ length: frame.length - 1 }, (_, index) => ({ path: frame.path, size: frame.offset + 1 + index })));
    const random = seededRandom(seed);
    const cuts = [...starts, ...edges, ...(isFull ? inside : Array.from({ length: 60 - edges.length - starts.length }, () => random.pick(inside)))];
    const wrong: string[] = [];
    for (const { path, size } of cuts) {
      const problem = await wrongAfterDamage(cutAt(path, size), { mayMiss: idsWithin(whole, path, size, Number.POSITIVE_INFINITY), mayFail: 'nothing' });
      if (problem !== null) wrong.push(`${path} cut at ${String(size)}: ${problem}`);
    }
    expect(wrong).toEqual([]);
  }, 600_000);
});
