/** A chart of time that is read by eye, by pointer, by keys and by ear: a cursor moves over its buckets, and what lies behind one opens. */
import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { bucketSentence, chartSentence, createBucketWords } from './bucket-words';
import { bucketAtPixel, plotOf } from './chart-geometry';
import type { Plot, Size } from './chart-geometry';
import { ChartLegend } from './chart-legend';
import { bucketAfterKey, isAllZero } from './chart-model';
import type { TimeChart } from './chart-model';
import { chartOption } from './chart-option';
import type { ChartOption } from './chart-option';
import { readPalette, useThemeName } from './chart-theme';
import { ChartTooltip } from './chart-tooltip';
import styles from './time-series-chart.module.css';
import { useWidth } from './use-width';

const EchartsSurface = lazy(async () => ({ default: (await import('./echarts-surface')).EchartsSurface }));

export const plotHeight = 184;

export type TimeSeriesChartProps = {
  /** Keep the same object while it shows the same. */
  readonly chart: TimeChart;
  /** A click or Enter on a bucket. */
  readonly onOpen?: (bucket: number) => void;
  /** Whether anything lies behind a bucket that could open. Default: always. */
  readonly canOpen?: (bucket: number) => boolean;
  /** Said over the plot where every value is zero, such as `No logins in this range`. */
  readonly zeroText?: string;
};

/** The style sheet answers with the colours of the theme that holds. */
const themedOption = (chart: TimeChart, size: Size, _theme: string): ChartOption => chartOption(chart, readPalette(document.documentElement), size);

type Cursor = { readonly bucket: number; readonly by: 'pointer' | 'key' } | null;

type Control = {
  readonly cursor: Cursor;
  readonly press: (event: KeyboardEvent) => void;
  readonly point: (event: PointerEvent<HTMLElement>) => void;
  readonly leave: () => void;
  readonly focus: () => void;
  readonly blur: () => void;
  readonly open: () => void;
};

function useCursor({ chart, onOpen, canOpen = () => true }: TimeSeriesChartProps, plot: Plot): Control {
  const [cursor, setCursor] = useState<Cursor>(null);
  const count = chart.buckets.length;
  // After the range became shorter the cursor must not stand behind its end.
  const held = cursor === null || cursor.bucket >= count ? null : cursor;
  const open = (): void => { if (held !== null && canOpen(held.bucket)) onOpen?.(held.bucket); };
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter') { event.preventDefault(); return open(); }
    if (event.key === 'Escape') return setCursor(null);
    const to = bucketAfterKey(event.key, held?.bucket ?? count, count);
    if (to === null) return;
    event.preventDefault();
    setCursor({ bucket: to, by: 'key' });
  };
  return {
    cursor: held, press, open,
    point: event => {
      const bucket = bucketAtPixel(event.clientX - event.currentTarget.getBoundingClientRect().left, plot, count);
      setCursor(before => (count === 0 ? null : before?.bucket === bucket && before.by === 'pointer' ? before : { bucket, by: 'pointer' }));
    },
    leave: () => { setCursor(before => (before?.by === 'pointer' ? null : before)); },
    focus: () => { setCursor(before => before ?? (count === 0 ? null : { bucket: count - 1, by: 'key' })); },
    blur: () => { setCursor(null); },
  };
}

export function TimeSeriesChart(props: TimeSeriesChartProps) {
  const { chart, onOpen, canOpen, zeroText } = props;
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const theme = useThemeName();
  const words = useMemo(() => createBucketWords(chart.grain, chart.timeZone), [chart.grain, chart.timeZone]);
  const size = useMemo(() => ({ width, height: plotHeight }), [width]);
  const option = useMemo(() => (size.width === 0 ? null : themedOption(chart, size, theme)), [chart, size, theme]);
  const plot = plotOf(size, chart.buckets.length);
  const { cursor, press, point, leave, focus, blur, open } = useCursor(props, plot);
  const shown = cursor?.bucket ?? chart.buckets.length - 1;
  const opens = cursor !== null && onOpen !== undefined && (canOpen?.(cursor.bucket) ?? true);
  const isZero = zeroText !== undefined && chart.series.every(series => isAllZero(series.values)) && isAllZero(chart.whole.values);
  return (
    <div ref={frame} className={styles.frame}>
      <div role="slider" tabIndex={0} aria-label={chartSentence(chart, words)} aria-orientation="horizontal" aria-valuemin={0} aria-valuemax={Math.max(0, chart.buckets.length - 1)}
        aria-valuenow={Math.max(0, shown)} aria-valuetext={bucketSentence(chart, shown, words)} className={styles.plot} data-opens={opens || undefined}
        onKeyDown={press} onPointerMove={point} onPointerLeave={leave} onFocus={event => { if (event.currentTarget.matches(':focus-visible')) focus(); }} onBlur={blur} onClick={open}>
        {cursor !== null && <div className={styles.cursor} style={{ left: plot.left + cursor.bucket * plot.bucketWidth, width: plot.bucketWidth, top: plot.top, height: plot.height }} />}
        <Suspense fallback={<div className={styles.wait} />}>
          {option !== null && <EchartsSurface option={option} size={size} className={styles.surface} />}
        </Suspense>
        {isZero && <p className={styles.zero}>{zeroText}</p>}
      </div>
      {cursor !== null && <ChartTooltip chart={chart} bucket={cursor.bucket} words={words} plot={plot} boxWidth={width} hint={opens ? 'open' : null} />}
      <ChartLegend chart={chart} />
    </div>
  );
}
