/** Looks something up for a click, and forgets it when a later click came or the screen was left. */
import { useEffect, useState } from 'react';

export type TryEnds<Found> = { readonly onFound: (found: Found) => void; readonly onFailed: (error: unknown) => void };

export type Tries = {
  /** Ends the try before; of this one, neither end is told once it was ended. */
  readonly begin: <Found>(find: (signal: AbortSignal) => Promise<Found>, ends: TryEnds<Found>) => void;
  readonly end: () => void;
};

export function createTries(): Tries {
  let running = new AbortController();
  return {
    begin: (find, { onFound, onFailed }) => {
      running.abort();
      running = new AbortController();
      const { signal } = running;
      find(signal).then(
        found => { if (!signal.aborted) onFound(found); },
        (error: unknown) => { if (!signal.aborted) onFailed(error); },
      );
    },
    end: () => { running.abort(); },
  };
}

/** Ends what is under way when the component goes, or `question` is another. */
export function useTries(question: unknown): Tries {
  const [tries] = useState(createTries);
  useEffect(() => tries.end, [tries, question]);
  return tries;
}
