import { beforeAll, describe, expect, it } from 'vitest';
import { crashKinds } from '../builders/crash-state';
import { isFull } from '../builders/fault-world';
import type { RecordedLife } from '../builders/recorded-syncs';
import { acknowledgedBefore, recordLife, wrongAfterCrash } from '../builders/recorded-syncs';
import { seededRandom } from '../builders/seeded-random';

const seed = 4;
const states = isFull ? 300 : 30;

const lives: readonly (readonly [string, number | null])[] = [
  ['a sync', null],
  ...(isFull ? [4, 1, 3, 7] : [4]).map(sync => [`a sync whose disk failed at page ${String(sync)} and that was begun again`, sync] as const),
];

describe.each(lives)('when the power is lost during %s', (title, failingSync) => {
  let life: RecordedLife;
  beforeAll(async () => { life = await recordLife({ seed, failingSync }); });

  it('no acknowledged event is lost or doubled, whatever was not synced is dropped, torn or reordered', async () => {
    const wrong: string[] = [];
    for (let state = 0; state < states; state += 1) {
      const random = seededRandom(seed * 100_000 + state);
      const count = random.below(life.recording.ops.length + 1);
      const kind = random.chance(0.8) ? 'torn' : random.pick(crashKinds);
      const problem = await wrongAfterCrash(life.recording.crash(count, kind, random), acknowledgedBefore(life, count), life.events);
      if (problem !== null) wrong.push(`${title}: seed ${String(seed)}, state ${String(state)} (${kind} behind operation ${String(count)}): ${problem}`);
    }
    expect(wrong).toEqual([]);
  }, 600_000);
});
