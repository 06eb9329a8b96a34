import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const css = readFileSync(join(import.meta.dirname, '../../renderer/theme/tokens.css'), 'utf8');
const themes = { light: tokens(":root[data-theme='light'] {"), dark: tokens(":root[data-theme='dark'] {") };

function tokens(start: string): ReadonlyMap<string, string> {
  const from = css.indexOf(start);
  return new Map([...css.slice(from, css.indexOf('}', from)).matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(match => [match[1]!, match[2]!]));
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map(at => Number.parseInt(hex.slice(at, at + 2), 16) / 255).map(c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** As WCAG 2.2 defines it. */
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const surfaces = ['surface', 'surface-chrome', 'surface-raised', 'surface-hover', 'surface-sunken', 'accent-wash'];
const inks = ['text-ink', 'text-muted', 'success', 'failure', 'blocked', 'warning', 'info', 'accent-ink'];
const pairs: readonly (readonly [ink: string, on: string, least: number])[] = [
  ...inks.flatMap(ink => surfaces.map(on => [ink, on, 4.5] as const)),
  ...['surface', 'surface-chrome', 'surface-raised', 'surface-sunken'].map(on => ['text-faint', on, 4.5] as const),
  ...['success', 'failure', 'blocked', 'warning', 'info'].flatMap(outcome => [[outcome, `${outcome}-wash`, 4.5], ['text-ink', `${outcome}-wash`, 4.5], ['text-muted', `${outcome}-wash`, 4.5]] as const),
  ['on-accent', 'accent', 4.5], ['on-accent', 'accent-hover', 4.5], ['on-danger', 'danger', 4.5], ['on-danger', 'danger-hover', 4.5],
  ...['surface', 'surface-raised', 'surface-chrome'].flatMap(on => [['border-control', on, 3], ['focus', on, 3]] as const),
];

describe.each(Object.entries(themes))('the %s theme', (_name, theme) => {
  it.each(pairs)('shows %s on %s with a contrast of at least %d', (ink, on, least) => {
    expect(contrast(theme.get(ink)!, theme.get(on)!)).toBeGreaterThanOrEqual(least);
  });

  it('defines the same colours as the other', () => {
    expect([...theme.keys()].sort()).toEqual([...themes.light.keys()].sort());
  });
});
