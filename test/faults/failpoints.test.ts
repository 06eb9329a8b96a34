import { beforeAll, describe, expect, it } from 'vitest';
import { crashesAt, journalFailpoints, recoveryFailpoints } from '../builders/failpoints';
import { isFull } from '../builders/fault-world';
import type { RecordedLife } from '../builders/recorded-syncs';
import { acknowledgedBefore, recordLife, recordRecovery, wrongAfterCrash } from '../builders/recorded-syncs';
import { seededRandom } from '../builders/seeded-random';

const seed = 9;
const most = isFull ? 4 : 1;

describe('killed at a named place', () => {
  let life: RecordedLife;
  beforeAll(async () => { life = await recordLife({ seed, failingSync: null }); });

  it.each(Object.entries(journalFailpoints))('(%s) an archive loses and doubles nothing', async (name, isOp) => {
    const crashes = crashesAt(life, name, isOp, most, seed);
    expect(crashes.length).toBeGreaterThan(0);
    const wrong: string[] = [];
    for (const { label, count, disk } of crashes) {
      const problem = await wrongAfterCrash(disk, acknowledgedBefore(life, count), life.events);
      if (problem !== null) wrong.push(`seed ${String(seed)}, ${label}: ${problem}`);
    }
    expect(wrong).toEqual([]);
  }, 600_000);
});

describe('killed again while it recovers', () => {
  /** A crash at each named place once, inside the operation. */
  const recoveries = async (): Promise<readonly { readonly label: string; readonly life: RecordedLife }[]> => {
    const life = await recordLife({ seed, failingSync: null });
    const first = Object.entries(journalFailpoints).flatMap(([name, isOp]) => crashesAt(life, name, isOp, 1, seed).slice(isFull ? 0 : -3));
    const chosen = isFull ? first : first.filter((_, index) => index % 5 === 0);
    const found = [];
    for (const { label, count, disk } of chosen) found.push({ label, life: await recordRecovery(disk, acknowledgedBefore(life, count), life.events) });
    return found;
  };

  it('in its first frame, after it was killed before its first head was written, an archive can be synced all the same', async () => {
    const life = await recordLife({ seed, failingSync: null });
    const at = (recording: RecordedLife['recording'], name: string): number => recording.ops.findIndex(op => journalFailpoints[name]?.(op) === true);
    const headless = life.recording.crash(at(life.recording, 'write a slot of the head'), 'process-killed', seededRandom(seed));
    const second = await recordRecovery(headless, [], life.events);
    for (const kind of ['killed-writing', 'torn'] as const) {
      const disk = second.recording.crash(at(second.recording, 'write a frame') + 1, kind, seededRandom(seed));
      expect(await wrongAfterCrash(disk, [], life.events), `seed ${String(seed)}, ${kind}`).toBeNull();
    }
  });

  it('at any named place, an archive loses and doubles nothing', async () => {
    const met = new Set<string>();
    const wrong: string[] = [];
    for (const first of await recoveries()) {
      for (const [name, isOp] of Object.entries({ ...journalFailpoints, ...recoveryFailpoints })) {
        for (const { label, count, disk } of crashesAt(first.life, name, isOp, 1, seed).slice(isFull ? 0 : 1, isFull ? 8 : 2)) {
          met.add(name);
          const problem = await wrongAfterCrash(disk, acknowledgedBefore(first.life, count), first.life.events);
          if (problem !== null) wrong.push(`seed ${String(seed)}, ${first.label}, then ${label}: ${problem}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect([...met]).toEqual(expect.arrayContaining(['write a frame', ...Object.keys(recoveryFailpoints)]));
  }, 600_000);
});
