import { describe, expect, it } from 'vitest';
import { Failure } from '../../shared/errors';
import type { FaultWorld } from '../builders/fault-world';
import { contentDigestOfEvents, eventsInFrames, faultEvents, faultWorld, isFull, smallPages } from '../builders/fault-world';
import { recordingFiles } from '../builders/recording-files';

const pageEvents = 5;
const events = faultEvents(500);
const digest = contentDigestOfEvents(events);
/** Every write of such a sync is more than 200; a sample takes the first and then some. */
const writes = isFull ? Array.from({ length: 200 }, (_, index) => index + 1) : [1, 2, 3, 4, 5, 6, 7, 8, ...Array.from({ length: 17 }, (_, index) => 11 + index * 11)];

/** Lets the disk be full from the nth write on; of that write `share` is still written. */
function fillAtWrite(world: FaultWorld, number: number, share: number): void {
  let count = 0;
  world.recording.strike = op => {
    count += op.kind === 'write' ? 1 : 0;
    const isRefused = count >= number && (op.kind === 'write' || op.kind === 'create');
    return isRefused ? { failure: new Failure('archive.disk-full'), written: op.kind === 'write' && count === number ? Math.floor(op.bytes.length * share) : 0 } : null;
  };
}

const outcomeOf = (world: FaultWorld): Promise<string> => world.sync().then(() => 'ok', (error: unknown) => (error instanceof Failure ? error.code : String(error)));

/** What is wrong after the disk was full at the nth write and has space again; null when nothing is. */
async function wrongAfterFull(number: number, share: number): Promise<string | null> {
  const world = faultWorld({ auth0: smallPages(events, pageEvents), seed: number });
  fillAtWrite(world, number, share);
  const told = await outcomeOf(world);
  if (told !== 'archive.disk-full') return `the sync ends with ${told}`;
  const acknowledged = world.acknowledged.at(-1)?.logIds ?? [];
  const readable = await world.readableIds();
  if (acknowledged.some(logId => !readable.includes(logId))) return `${String(acknowledged.length)} events were acknowledged, ${String(readable.length)} can be read`;
  const again = await outcomeOf(world);
  if (again !== 'archive.disk-full') return `while the disk is still full, another sync ends with ${again}`;
  world.recording.strike = null;
  const after = await outcomeOf(world);
  if (after !== 'ok') return `with space again, the sync ends with ${after}`;
  await world.close();
  const next = faultWorld({ auth0: smallPages(events, pageEvents), recording: recordingFiles(world.recording.content()), seed: number });
  const status = await next.status();
  const inFrames = eventsInFrames(world.recording.content(), next.ports);
  await next.close();
  return status.contentDigest === digest && status.gaps.length === 0 && inFrames === events.length ? null : `in the end ${String(status.events)} of ${String(events.length)} events are stored, ${String(inFrames)} in frames, gaps ${JSON.stringify(status.gaps)}`;
}

describe('when the disk is full', () => {
  it.each([{ what: 'nothing', share: 0 }, { what: 'half', share: 0.5 }, { what: 'all', share: 1 }].slice(0, isFull ? 3 : 2))('at any write, of which $what was written, a sync says so, reading goes on, and with space again it completes', async ({ share }) => {
    const wrong: string[] = [];
    for (const number of writes.filter((_, index) => isFull || index % 2 === (share === 0 ? 0 : 1))) {
      const problem = await wrongAfterFull(number, share);
      if (problem !== null) wrong.push(`seed ${String(number)}, full at write ${String(number)}: ${problem}`);
    }
    expect(wrong).toEqual([]);
  }, 600_000);
});
