/** Where in a bucket each of its series is drawn, and which of them lies under a pixel or behind a key. */
import type { ChartSeries, TimeChart } from './chart-model';

/** The pixel, from the top of the box, at which a value is drawn. */
export type PixelOf = (value: number) => number;

/** Pixels from the top of the box; both ends of a line are one. */
export type SegmentBox = { readonly id: string; readonly form: ChartSeries['form']; readonly top: number; readonly bottom: number };

/** Boxes of the series that have a value in the bucket: bars stand on each other, above the line or below it. */
export function segmentBoxes(chart: TimeChart, bucket: number, pixelOf: PixelOf): readonly SegmentBox[] {
  let above = 0;
  let below = 0;
  return chart.series.flatMap(({ id, form, values }): readonly SegmentBox[] => {
    const value = values[bucket] ?? 0;
    if (value === 0) return [];
    if (form !== 'bars') return [{ id, form, top: pixelOf(value), bottom: pixelOf(value) }];
    const from = value > 0 ? above : below;
    if (value > 0) above += value;
    else below += value;
    const ends = [pixelOf(from), pixelOf(from + value)];
    return [{ id, form, top: Math.min(...ends), bottom: Math.max(...ends) }];
  });
}

/** How far from a line it is still meant. */
const lineReach = 4;

/** The series under a pixel; null where there is none. Lines are drawn over bars. */
export function segmentAt(boxes: readonly SegmentBox[], y: number): string | null {
  const line = boxes.find(({ form, top }) => form !== 'bars' && Math.abs(y - top) <= lineReach);
  return (line ?? boxes.find(({ form, top, bottom }) => form === 'bars' && y >= top && y < bottom))?.id ?? null;
}

/** Where Up and Down lead: from the whole bucket down through those of its series that are among `ids` and have a value, and back. */
export function segmentAfterKey(key: string, segment: string | null, chart: TimeChart, { bucket, ids }: { readonly bucket: number; readonly ids: readonly string[] }): string | null {
  const places = [null, ...chart.series.filter(series => ids.includes(series.id) && (series.values[bucket] ?? 0) !== 0).map(series => series.id)];
  const at = Math.max(0, places.indexOf(segment));
  return places[Math.min(places.length - 1, Math.max(0, at + (key === 'ArrowDown' ? 1 : -1)))] ?? null;
}
