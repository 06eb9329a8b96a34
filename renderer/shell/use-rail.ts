/** How wide the navigation is: as the settings say, and narrow in a small window. */
import { useCallback } from 'react';
import type { Layout } from '../../shared/contract';
import { useLayout } from '../hooks/use-layout';
import { useSmallWindow } from '../hooks/use-small-window';

export type RailWidth = Layout['rail'];

/** `toggle` is null where there is no choice. */
export function useRail(): { readonly width: RailWidth; readonly toggle: (() => void) | null } {
  const { layout: { rail }, change } = useLayout();
  const isSmall = useSmallWindow();
  const toggle = useCallback(() => { change(layout => ({ ...layout, rail: layout.rail === 'wide' ? 'narrow' : 'wide' })); }, [change]);
  return isSmall ? { width: 'narrow', toggle: null } : { width: rail, toggle };
}
