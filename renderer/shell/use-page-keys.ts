/** The keys that work on every screen. */
import { useCallback, useState } from 'react';
import { carriedParams, navigate, parseAddress, tenantOf, toScreen, toSettings, toTenantScreen } from '../address';
import type { TenantScreen } from '../address';
import { useShortcuts } from '../hooks/use-shortcuts';

/** Takes the filters along. */
function goTo(screen: TenantScreen, tenant: string): void {
  const here = parseAddress(window.location.hash);
  navigate(toTenantScreen(screen, tenant, tenantOf(here) === tenant ? carriedParams(here) : {}));
}

export type Sheet = { readonly open: boolean; readonly close: () => void };

/** Registers them; the sheet that lists all keys is one of them. */
export function usePageKeys(tenant: string): Sheet {
  const [open, setOpen] = useState(false);
  useShortcuts([
    { keys: '?', label: 'Show the keys', group: 'Everywhere', run: () => { setOpen(true); } },
    { keys: 'g a', label: 'Go to activity', group: 'Everywhere', run: () => { goTo('activity', tenant); } },
    { keys: 'g t', label: 'Go to the timeline', group: 'Everywhere', run: () => { goTo('timeline', tenant); } },
    { keys: 'g c', label: 'Go to the cohorts', group: 'Everywhere', run: () => { goTo('cohorts', tenant); } },
    { keys: 'g g', label: 'Go to growth', group: 'Everywhere', run: () => { goTo('growth', tenant); } },
    { keys: 'g u', label: 'Go to usage', group: 'Everywhere', run: () => { goTo('usage', tenant); } },
    { keys: 'g i', label: 'Import files', group: 'Everywhere', run: () => { navigate(toScreen('import')); } },
    { keys: 'g s', label: 'Go to the settings', group: 'Everywhere', run: () => { navigate(toSettings()); } },
    { keys: '/', label: 'Search', group: 'Everywhere', run: () => { document.querySelector<HTMLInputElement>('main input[type="search"]')?.focus(); } },
    { keys: 'Esc', label: 'Close what is open', group: 'Everywhere' },
  ]);
  return { open, close: useCallback(() => { setOpen(false); }, []) };
}
