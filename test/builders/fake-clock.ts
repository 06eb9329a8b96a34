/** A clock that stands until a test moves it. */
import type { ClockPort } from '../../electron/engine/ports';

export type FakeClock = ClockPort & {
  /** Moves time on and lets everything that waited for it run, in order. */
  readonly advance: (ms: number) => Promise<void>;
  /** Moves the wall clock alone, as sleep or a change of the system's time does. */
  readonly shiftWall: (ms: number) => void;
};

type Sleeper = { readonly at: number; readonly wake: () => void };

/** Lets promises that are ready settle. */
export const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise(resolve => { setImmediate(resolve); });
};

export function fakeClock(start: number): FakeClock {
  let elapsed = 0;
  let wallOffset = start;
  let sleepers: Sleeper[] = [];
  const advance = async (ms: number): Promise<void> => {
    const end = elapsed + ms;
    await settle();
    for (;;) {
      const [next] = [...sleepers].sort((one, other) => one.at - other.at);
      if (next === undefined || next.at > end) break;
      elapsed = Math.max(elapsed, next.at);
      sleepers = sleepers.filter(sleeper => sleeper !== next);
      next.wake();
      await settle();
    }
    elapsed = end;
  };
  return {
    now: () => wallOffset + elapsed,
    elapsed: () => elapsed,
    sleep: (ms, signal) => new Promise(resolve => {
      if (signal?.aborted === true) {
        resolve();
        return;
      }
      const wake = (): void => {
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      sleepers.push({ at: elapsed + ms, wake });
      signal?.addEventListener('abort', wake, { once: true });
    }),
    advance,
    shiftWall: ms => { wallOffset += ms; },
  };
}
