/** The wall clock, or a fixed instant in its place, and waits that can be cut short. */
import type { EpochMs } from '../../shared/domain/ids';
import type { ClockPort } from '../engine/ports';

/** The longest wait a timer of Node takes; beyond it, it fires at once. */
const longestTimerMs = 2_147_483_647;

/** `background`: a wait that keeps no process alive. */
type Waits = 'foreground' | 'background';

function sleepOnce(ms: number, signal: AbortSignal | undefined, waits: Waits): Promise<void> {
  return new Promise(resolve => {
    const wake = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, ms);
    if (waits === 'background') timer.unref();
    signal?.addEventListener('abort', wake, { once: true });
  });
}

/** `now`: the instant at which the wall clock stands (TENANTSCOPE_NOW); null lets it run. Waits are always real. */
export function createClock(now: EpochMs | null, waits: Waits = 'foreground'): ClockPort {
  return {
    now: () => now ?? Date.now(),
    elapsed: () => performance.now(),
    sleep: async (ms, signal) => {
      // Even no wait lets messages through, a cancellation among them.
      if (ms <= 0) await new Promise(resolve => { setImmediate(resolve); });
      for (let left = ms; left > 0 && signal?.aborted !== true; left -= longestTimerMs) {
        await sleepOnce(Math.min(left, longestTimerMs), signal, waits);
      }
    },
  };
}
