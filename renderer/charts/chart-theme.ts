/** Colours of the theme for what is drawn outside style sheets; they change with the theme. */
import { useSyncExternalStore } from 'react';

const names = [
  'series-1', 'series-2', 'series-3', 'series-4', 'series-5', 'success', 'failure', 'blocked', 'warning',
  'surface', 'surface-raised', 'border', 'border-strong', 'border-control', 'text-ink', 'text-muted', 'text-faint', 'font',
] as const;

export type ChartPalette = Readonly<Record<(typeof names)[number], string>>;

export function readPalette(element: Element): ChartPalette {
  const style = getComputedStyle(element);
  // Double quotes, as around names of fonts, would end the attributes that they are written into.
  return Object.fromEntries(names.map(name => [name, style.getPropertyValue(`--${name}`).trim().replaceAll('"', "'")])) as ChartPalette;
}

const subscribe = (listener: () => void): (() => void) => {
  const watch = new MutationObserver(listener);
  watch.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => { watch.disconnect(); };
};

const themeNow = (): string => document.documentElement.dataset.theme ?? 'light';

/** The name of the theme that holds now: whoever read colours before reads them again when it changes. */
export const useThemeName = (): string => useSyncExternalStore(subscribe, themeNow, () => 'light');
