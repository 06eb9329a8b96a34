/** A chart with everything that must go along when it leaves the page: title, what it is of, legend, background. */
import type { ChartOption } from './chart-option';
import { chartOption } from './chart-option';
import type { Size } from './chart-geometry';
import { bandsOf } from './chart-model';
import type { TimeChart } from './chart-model';
import type { ChartPalette } from './chart-theme';
import { stateTitles } from './bucket-words';
import { hatches } from './chart-hatches';

/** What stands under the title, such as the tenant and the range. */
export type PictureWords = { readonly subtitle: string };
export type Picture = { readonly option: ChartOption; readonly size: Size };

export const pictureSize: Size = { width: 960, height: 420 };
const headHeight = 56;
const lineHeight = 20;
const edge = 16;
const swatch = 12;
/** Of 12 pixel text, on the wide side: there is no page to measure it in. */
const characterWidth = 7.4;

type Entry = { readonly label: string; readonly fill: unknown; /** Pixels: boxes for what has an area, strokes for lines. */ readonly thickness: number };

function legendEntries(chart: TimeChart, palette: ChartPalette): readonly Entry[] {
  const states = [...new Set(bandsOf(chart.buckets).map(band => band.state))];
  return [
    ...chart.series.map((series): Entry => ({ label: series.label, fill: palette[series.colour], thickness: series.form === 'bars' ? swatch : 2 })),
    ...(chart.previous === null ? [] : [{ label: 'Period before (dotted)', fill: palette['text-muted'], thickness: 2 }]),
    ...states.map((state): Entry => ({ label: stateTitles[state], fill: hatches[state](palette), thickness: swatch })),
  ];
}

type Placed = Entry & { readonly x: number; readonly line: number };

/** One beside the other, in as many lines as they take. */
function placed(entries: readonly Entry[]): readonly Placed[] {
  let x = edge;
  let line = 0;
  return entries.map(entry => {
    const width = swatch + 6 + entry.label.length * characterWidth;
    if (x > edge && x + width > pictureSize.width - edge) {
      x = edge;
      line += 1;
    }
    const at = { ...entry, x, line };
    x += width + 16;
    return at;
  });
}

const legendElements = (entries: readonly Placed[], palette: ChartPalette, top: number): readonly object[] => entries.flatMap(({ label, fill, thickness, x, line }) => {
  const y = top + line * lineHeight;
  return [
    { type: 'rect', shape: { x, y: y + (swatch - thickness) / 2, width: swatch, height: thickness }, style: { fill, ...(thickness === swatch ? { stroke: palette['border-strong'], lineWidth: 0.5 } : {}) } },
    { type: 'text', style: { x: x + swatch + 6, y: y + swatch / 2, verticalAlign: 'middle', text: label, fill: palette['text-muted'], font: `12px ${palette.font}` } },
  ];
});

export function pictureOf(chart: TimeChart, { subtitle }: PictureWords, palette: ChartPalette): Picture {
  const { width, height } = pictureSize;
  const entries = placed(legendEntries(chart, palette));
  const footHeight = ((entries.at(-1)?.line ?? 0) + 1) * lineHeight + 12;
  const plotSize = { width, height: height - headHeight - footHeight };
  const drawn = chartOption(chart, palette, plotSize);
  const bands = ((drawn.graphic as { readonly elements?: readonly { readonly shape: { readonly y: number } }[] }).elements ?? [])
    .map(element => ({ ...element, shape: { ...element.shape, y: element.shape.y + headHeight } }));
  const text = (words: string, y: number, font: string, fill: string): object => ({ type: 'text', style: { x: 16, y, text: words, font: `${font} ${palette.font}`, fill } });
  const elements = [
    ...bands, text(chart.title, 14, '600 15px', palette['text-ink']), text(subtitle, 36, '12px', palette['text-muted']), ...legendElements(entries, palette, height - footHeight + 6),
  ];
  const grid = { left: 40, right: 12, top: headHeight + 10, bottom: footHeight + 24 };
  return { size: pictureSize, option: { ...drawn, backgroundColor: palette['surface-raised'], grid, graphic: { elements } as NonNullable<ChartOption['graphic']> } };
}
