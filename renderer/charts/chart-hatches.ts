/** Patterns that mark stretches of time; each differs from the others without colour. */
import type { MarkedState } from './chart-model';
import type { ChartPalette } from './chart-theme';

/** A tile that repeats, as ECharts takes it. */
export type Hatch = { readonly svgElement: object; readonly svgWidth: number; readonly svgHeight: number };

const tile = (size: number, attrs: Readonly<Record<string, string | number>>): Hatch => ({
  svgElement: { tag: 'path', key: 'hatch', attrs, children: [] }, svgWidth: size, svgHeight: size,
});

/** The strokes of a hatch in a tile of this many pixels: dense one way, sparse the other way, dots. */
export const hatchShapes = {
  uncovered: { size: 6, d: 'M-1.5 1.5l3-3M0 6l6-6M4.5 7.5l3-3' },
  partial: { size: 9, d: 'M-2 7l4 4M0 0l9 9M7 -2l4 4' },
  running: { size: 6, d: 'M2.2 3a0.8 0.8 0 1 0 1.6 0a0.8 0.8 0 1 0 -1.6 0' },
} as const satisfies Readonly<Record<MarkedState, { readonly size: number; readonly d: string }>>;

const stroked = (state: 'uncovered' | 'partial') => (palette: ChartPalette): Hatch =>
  tile(hatchShapes[state].size, { d: hatchShapes[state].d, stroke: palette['border-strong'], 'stroke-width': 1, fill: 'none' });

export const hatches: Readonly<Record<MarkedState, (palette: ChartPalette) => Hatch>> = {
  uncovered: stroked('uncovered'),
  partial: stroked('partial'),
  running: palette => tile(hatchShapes.running.size, { d: hatchShapes.running.d, fill: palette['border-control'] }),
};
