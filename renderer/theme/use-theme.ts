/** Puts the chosen theme on the document; `system` follows the system as it changes. */
import { useEffect } from 'react';
import type { Settings } from '../../shared/contract';

export function useTheme(theme: Settings['theme']): void {
  useEffect(() => {
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    const apply = (): void => {
      document.documentElement.dataset.theme = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme;
    };
    apply();
    dark.addEventListener('change', apply);
    return () => { dark.removeEventListener('change', apply); };
  }, [theme]);
}
