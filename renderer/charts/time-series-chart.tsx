/** A chart of time that is read by eye, by pointer, by keys and by ear: a cursor moves over its buckets, and what lies behind one opens. */
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import { bucketSentence, chartSentence, createBucketWords } from './bucket-words';
import { barWidthOf, plotOf } from './chart-geometry';
import type { Plot, Size } from './chart-geometry';
import { ChartLegend } from './chart-legend';
import { isAllZero } from './chart-model';
import type { TimeChart } from './chart-model';
import { chartOption } from './chart-option';
import type { ChartOption } from './chart-option';
import { segmentBoxes } from './chart-segments';
import type { PixelOf } from './chart-segments';
import { readPalette, useThemeName } from './chart-theme';
import { ChartTooltip } from './chart-tooltip';
import styles from './time-series-chart.module.css';
import { useChartCursor } from './use-chart-cursor';
import type { Cursor, Opening } from './use-chart-cursor';
import { useWidth } from './use-width';

const EchartsSurface = lazy(async () => ({ default: (await import('./echarts-surface')).EchartsSurface }));

export const plotHeight = 184;

/** Pixels: thinner parts of a bar are marked this high. */
const leastMark = 3;
const segmentKeys = 'Left and Right move through time, Up and Down through the parts of a bar, Enter opens what is behind it.';

export type TimeSeriesChartProps = Opening & {
  /** Keep the same object while it shows the same. */
  readonly chart: TimeChart;
  /** Said over the plot where every value is zero, such as `No logins in this range`. */
  readonly zeroText?: string;
};

/** The style sheet answers with the colours of the theme that holds. */
const themedOption = (chart: TimeChart, size: Size, _theme: string): ChartOption => chartOption(chart, readPalette(document.documentElement), size);

/** The part of a bucket that opens on its own, drawn round where the cursor is on one. */
function SegmentMark({ chart, cursor, plot, pixelOf }: { readonly chart: TimeChart; readonly cursor: Cursor; readonly plot: Plot; readonly pixelOf: PixelOf }) {
  const box = segmentBoxes(chart, cursor.bucket, pixelOf).find(({ id }) => id === cursor.segment);
  if (box === undefined) return null;
  const width = barWidthOf(plot.bucketWidth);
  return <div className={styles.segment} style={{ left: plot.left + (cursor.bucket + 0.5) * plot.bucketWidth - width / 2, width, top: box.top, height: Math.max(leastMark, box.bottom - box.top) }} />;
}

export function TimeSeriesChart(props: TimeSeriesChartProps) {
  const { chart, segments = [], zeroText } = props;
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const theme = useThemeName();
  const [pixelOf, setPixelOf] = useState<PixelOf | null>(null);
  const drawn = useCallback((scale: PixelOf) => { setPixelOf(() => scale); }, []);
  const words = useMemo(() => createBucketWords(chart.grain, chart.timeZone), [chart.grain, chart.timeZone]);
  const size = useMemo(() => ({ width, height: plotHeight }), [width]);
  const option = useMemo(() => (size.width === 0 ? null : themedOption(chart, size, theme)), [chart, size, theme]);
  const plot = plotOf(size, chart.buckets.length);
  const { cursor, opens, press, point, leave, focus, blur, open } = useChartCursor(chart, props, { plot, pixelOf });
  const shown = cursor?.bucket ?? chart.buckets.length - 1;
  const isZero = zeroText !== undefined && chart.series.every(series => isAllZero(series.values)) && isAllZero(chart.whole.values);
  return (
    <div ref={frame} className={styles.frame}>
      <div role="slider" tabIndex={0} aria-label={chartSentence(chart, words)} aria-orientation="horizontal" aria-valuemin={0} aria-valuemax={Math.max(0, chart.buckets.length - 1)}
        aria-valuenow={Math.max(0, shown)} aria-valuetext={bucketSentence(chart, shown, words, cursor?.segment)} {...(segments.length === 0 ? {} : { 'aria-description': segmentKeys })} className={styles.plot} data-opens={opens || undefined}
        onKeyDown={press} onPointerMove={point} onPointerLeave={leave} onFocus={event => { if (event.currentTarget.matches(':focus-visible')) focus(); }} onBlur={blur} onClick={open}>
        {cursor !== null && <div className={styles.cursor} style={{ left: plot.left + cursor.bucket * plot.bucketWidth, width: plot.bucketWidth, top: plot.top, height: plot.height }} />}
        <Suspense fallback={<div className={styles.wait} />}>
          {option !== null && <EchartsSurface option={option} size={size} className={styles.surface} onDrawn={drawn} />}
        </Suspense>
        {cursor !== null && cursor.segment !== null && pixelOf !== null && <SegmentMark chart={chart} cursor={cursor} plot={plot} pixelOf={pixelOf} />}
        {isZero && <p className={styles.zero}><span>{zeroText}</span></p>}
      </div>
      {cursor !== null && <ChartTooltip chart={chart} cursor={cursor} words={words} plot={plot} boxWidth={width} hint={opens ? 'open' : null} />}
      <ChartLegend chart={chart} />
    </div>
  );
}
