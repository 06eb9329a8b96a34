/** Where in its box a chart draws what: the one place that knows, so that what lies over it fits. */

export type Size = { readonly width: number; readonly height: number };

/** Pixels around the plot: values at the left, time below. */
export const plotMargin = { left: 40, right: 12, top: 10, bottom: 24 } as const;
/** A label of the time axis and the air around it. */
const labelWidth = 76;

export type Plot = { readonly left: number; readonly top: number; readonly width: number; readonly height: number; readonly bucketWidth: number };

export function plotOf({ width, height }: Size, buckets: number): Plot {
  const inner = Math.max(0, width - plotMargin.left - plotMargin.right);
  return { left: plotMargin.left, top: plotMargin.top, width: inner, height: Math.max(0, height - plotMargin.top - plotMargin.bottom), bucketWidth: buckets === 0 ? inner : inner / buckets };
}

/** Bars narrower than this have no room for a gap or an edge. */
export const narrowBucket = 5;
const widestBar = 36;
const barShare = 0.72;
/** Narrow bars overlap a little: edges between pixels would show as stripes. */
const overlap = 0.6;

/** Pixels of the bar in the middle of a bucket. */
export const barWidthOf = (bucketWidth: number): number => (bucketWidth < narrowBucket ? bucketWidth + overlap : Math.min(widestBar, bucketWidth * barShare));

/** The bucket under a pixel from the left edge of the box; the nearest one where none is. */
export const bucketAtPixel = (x: number, plot: Plot, buckets: number): number =>
  Math.min(buckets - 1, Math.max(0, Math.floor((x - plot.left) / Math.max(plot.bucketWidth, 1e-6))));

export const labelsThatFit = ({ width }: Plot): number => Math.max(2, Math.floor(width / labelWidth));
