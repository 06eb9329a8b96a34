/** Turns Ctrl-C and the request to terminate into a signal that an operation can wind up by. */
import { exitInterrupted } from './command';
import type { Command } from './command';

/** What is needed of `process`. */
export type SignalSource = {
  readonly on: (signal: 'SIGINT' | 'SIGTERM', listener: () => void) => unknown;
  readonly off: (signal: 'SIGINT' | 'SIGTERM', listener: () => void) => unknown;
  readonly exit: (code: number) => void;
};

export type Interrupts = { readonly signal: AbortSignal; readonly ignore: () => void };

/** npm passes on the Ctrl-C that the terminal has already sent to the whole group: two signals, one wish. */
const samePressMs = 250;

export type InterruptListening = {
  readonly source: SignalSource;
  readonly elapsed: () => number;
  readonly say: (text: string) => void;
};

/** The first signal aborts, or leaves at once where there is nothing to wind up; the second always leaves at once. */
export function listenForInterrupts(kind: Command['interrupt'], { source, elapsed, say }: InterruptListening): Interrupts {
  const controller = new AbortController();
  let firstAt: number | null = null;
  const onSignal = (): void => {
    const now = elapsed();
    if (kind === 'leave' || (firstAt !== null && now - firstAt > samePressMs)) return source.exit(exitInterrupted);
    if (firstAt !== null) return;
    firstAt = now;
    say('\nStopping; once more to leave at once.\n');
    controller.abort();
  };
  source.on('SIGINT', onSignal);
  source.on('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    ignore: () => {
      source.off('SIGINT', onSignal);
      source.off('SIGTERM', onSignal);
    },
  };
}
