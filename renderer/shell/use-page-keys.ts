/** The keys that work on every screen. */
import { useCallback, useState } from 'react';
import { navigate, toScreen, toSettings, toTimeline } from '../address';
import { useShortcuts } from '../hooks/use-shortcuts';

export type Sheet = { readonly open: boolean; readonly close: () => void };

/** Registers them; the sheet that lists all keys is one of them. */
export function usePageKeys(tenant: string): Sheet {
  const [open, setOpen] = useState(false);
  useShortcuts([
    { keys: '?', label: 'Show the keys', group: 'Everywhere', run: () => { setOpen(true); } },
    { keys: 'g t', label: 'Go to the timeline', group: 'Everywhere', run: () => { navigate(toTimeline(tenant)); } },
    { keys: 'g i', label: 'Import files', group: 'Everywhere', run: () => { navigate(toScreen('import')); } },
    { keys: 'g s', label: 'Go to the settings', group: 'Everywhere', run: () => { navigate(toSettings()); } },
    { keys: '/', label: 'Search', group: 'Everywhere', run: () => { document.querySelector<HTMLInputElement>('main input[type="search"]')?.focus(); } },
    { keys: 'Esc', label: 'Close what is open', group: 'Everywhere' },
  ]);
  return { open, close: useCallback(() => { setOpen(false); }, []) };
}
