/** Whether the window is as narrow as that of a telephone, or of a screen magnified four times. */
import { useSyncExternalStore } from 'react';

/** The style sheets say the same width. */
const query = '(max-width: 720px)';

function subscribe(onChange: () => void): () => void {
  const media = window.matchMedia(query);
  media.addEventListener('change', onChange);
  return () => { media.removeEventListener('change', onChange); };
}

export const useSmallWindow = (): boolean => useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
