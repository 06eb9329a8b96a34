/** Saves a setting at once, and says for a moment that it was saved, or what went wrong until the next try. */
import { useEffect, useState } from 'react';
import type { Input } from '../../../shared/contract';
import type { Failure } from '../../../shared/errors';
import { useWriteSettings } from '../../hooks/use-settings';

export type Save = { readonly save: (changes: Input<'settings.write'>) => void; readonly state: 'still' | 'saving' | 'saved'; readonly failure: Failure | null };

const saidMs = 2500;

export function useSave(): Save {
  const write = useWriteSettings();
  const [savedAt, setSavedAt] = useState<number | null>(null);
  useEffect(() => {
    if (savedAt === null) return undefined;
    const timer = window.setTimeout(() => { setSavedAt(null); }, saidMs);
    return () => { window.clearTimeout(timer); };
  }, [savedAt]);
  const save = (changes: Input<'settings.write'>): void => { write.mutate(changes, { onSuccess: () => { setSavedAt(Date.now()); } }); };
  return { save, state: write.isPending ? 'saving' : savedAt === null ? 'still' : 'saved', failure: write.error };
}
