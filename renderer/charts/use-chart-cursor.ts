/** The cursor of a chart: a bucket, perhaps one series of it, moved by pointer and keys, and what opens there. */
import { useState } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { bucketAtPixel } from './chart-geometry';
import type { Plot } from './chart-geometry';
import { bucketAfterKey } from './chart-model';
import type { TimeChart } from './chart-model';
import { segmentAfterKey, segmentAt, segmentBoxes } from './chart-segments';
import type { PixelOf } from './chart-segments';

/** `segment`: the id of a series, or null for the bucket as a whole. */
export type Cursor = { readonly bucket: number; readonly segment: string | null; readonly by: 'pointer' | 'key' };

export type Opening = {
  /** A click or Enter on a bucket, or on one of the `segments` of it. */
  readonly onOpen?: (bucket: number, segment: string | null) => void;
  /** Whether anything lies there that could open. Default: always. */
  readonly canOpen?: (bucket: number, segment: string | null) => boolean;
  /** Ids of the series that open on their own. Default: none. */
  readonly segments?: readonly string[];
};

export type CursorControl = {
  readonly cursor: Cursor | null;
  /** Whether a click or Enter opens something now. */
  readonly opens: boolean;
  readonly press: (event: KeyboardEvent) => void;
  readonly point: (event: PointerEvent<HTMLElement>) => void;
  readonly leave: () => void;
  readonly focus: () => void;
  readonly blur: () => void;
  readonly open: () => void;
};

const noSegments: readonly string[] = [];
const isVertical = (key: string): boolean => key === 'ArrowUp' || key === 'ArrowDown';

function segmentUnder(chart: TimeChart, bucket: number, y: number, { segments, pixelOf }: { readonly segments: readonly string[]; readonly pixelOf: PixelOf | null }): string | null {
  if (pixelOf === null || segments.length === 0) return null;
  const found = segmentAt(segmentBoxes(chart, bucket, pixelOf), y);
  return found !== null && segments.includes(found) ? found : null;
}

const isSame = (a: Cursor | null, b: Cursor): boolean => a !== null && a.bucket === b.bucket && a.segment === b.segment && a.by === b.by;

/** The bucket and series a key leads to; null for keys that lead nowhere. */
function cursorAfterKey(key: string, held: Cursor | null, chart: TimeChart, segments: readonly string[]): Cursor | null {
  const count = chart.buckets.length;
  if (segments.length > 0 && held !== null && isVertical(key)) return { ...held, segment: segmentAfterKey(key, held.segment, chart, { bucket: held.bucket, ids: segments }), by: 'key' };
  const to = bucketAfterKey(key, held?.bucket ?? count, count);
  return to === null ? null : { bucket: to, segment: held?.segment ?? null, by: 'key' };
}

/** `pixelOf` is null until the chart is drawn. */
export function useChartCursor(chart: TimeChart, { onOpen, canOpen = () => true, segments = noSegments }: Opening, { plot, pixelOf }: { readonly plot: Plot; readonly pixelOf: PixelOf | null }): CursorControl {
  const [cursor, setCursor] = useState<Cursor | null>(null);
  const count = chart.buckets.length;
  // After the range became shorter the cursor must not stand behind its end.
  const held = cursor === null || cursor.bucket >= count ? null : cursor;
  const opens = held !== null && onOpen !== undefined && canOpen(held.bucket, held.segment);
  const open = (): void => { if (opens) onOpen(held.bucket, held.segment); };
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter') { event.preventDefault(); return open(); }
    if (event.key === 'Escape') return setCursor(null);
    const to = cursorAfterKey(event.key, held, chart, segments);
    if (to === null) return;
    event.preventDefault();
    setCursor(to);
  };
  return {
    cursor: held, opens, press, open,
    point: event => {
      const box = event.currentTarget.getBoundingClientRect();
      const bucket = bucketAtPixel(event.clientX - box.left, plot, count);
      const to: Cursor = { bucket, segment: segmentUnder(chart, bucket, event.clientY - box.top, { segments, pixelOf }), by: 'pointer' };
      setCursor(before => (count === 0 ? null : before !== null && isSame(before, to) ? before : to));
    },
    leave: () => { setCursor(before => (before?.by === 'pointer' ? null : before)); },
    focus: () => { setCursor(before => before ?? (count === 0 ? null : { bucket: count - 1, segment: null, by: 'key' })); },
    blur: () => { setCursor(null); },
  };
}
