/** Turns a chart of time into what ECharts draws. */
import type { BarSeriesOption, LineSeriesOption } from 'echarts/charts';
import type { GraphicComponentOption, GridComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import { axisTicks } from './axis-ticks';
import { axisValueWords } from './bucket-words';
import { hatches } from './chart-hatches';
import { barWidthOf, labelsThatFit, narrowBucket, plotMargin, plotOf } from './chart-geometry';
import type { Size } from './chart-geometry';
import { bandsOf, isAllZero, lonePoints } from './chart-model';
import type { ChartSeries, TimeChart, Values } from './chart-model';
import type { ChartPalette } from './chart-theme';

export type ChartOption = ComposeOption<BarSeriesOption | LineSeriesOption | GridComponentOption | GraphicComponentOption>;

const nearlyWhole = 0.8;

const listOf = (values: Values): (number | '-')[] => values.map(value => value ?? '-');

function barSeries(series: ChartSeries, palette: ChartPalette, bucketWidth: number): BarSeriesOption {
  return {
    type: 'bar', id: series.id, name: series.label, data: listOf(series.values), stack: 'bars', silent: true, z: 2,
    barWidth: barWidthOf(bucketWidth),
    itemStyle: { color: palette[series.colour], borderColor: palette['surface-raised'], borderWidth: bucketWidth < 2 * narrowBucket ? 0 : 0.5 },
  };
}

function lineSeries(series: ChartSeries, palette: ChartPalette): LineSeriesOption {
  const lone = lonePoints(series.values);
  return {
    type: 'line', id: series.id, name: series.label, data: listOf(series.values), silent: true, z: 4,
    symbol: 'circle', showSymbol: true, showAllSymbol: true, symbolSize: (_value: unknown, { dataIndex }: { readonly dataIndex: number }) => (lone.has(dataIndex) ? 6 : 0),
    itemStyle: { color: palette[series.colour] }, lineStyle: { color: palette[series.colour], width: 1.75 },
    ...(series.form === 'area' ? { areaStyle: { color: palette[series.colour], opacity: 0.1 } } : {}),
  };
}

/** A dotted line, on a pale one that keeps it readable over bars. */
const previousSeries = (values: Values, palette: ChartPalette): readonly LineSeriesOption[] => {
  const line = (id: string, z: number, lineStyle: NonNullable<LineSeriesOption['lineStyle']>): LineSeriesOption =>
    ({ type: 'line', id, name: 'Period before', data: listOf(values), silent: true, z, symbol: 'none', lineStyle });
  return [
    line('previous-ground', 3, { color: palette['surface-raised'], width: 3.5, opacity: 0.6 }),
    line('previous', 3, { color: palette['text-muted'], width: 1.5, type: [1.5, 3] }),
  ];
};

/** Marked stretches lie behind the series, as wide as their buckets. */
function bandGraphics(chart: TimeChart, palette: ChartPalette, size: Size): GraphicComponentOption {
  const plot = plotOf(size, chart.buckets.length);
  const elements = bandsOf(chart.buckets).map(({ state, first, last }, index) => ({
    type: 'rect' as const, id: `band-${String(index)}`, silent: true, z: 0, zlevel: 0,
    shape: { x: plot.left + first * plot.bucketWidth, y: plot.top, width: (last - first + 1) * plot.bucketWidth, height: plot.height },
    style: { fill: hatches[state](palette) as never },
  }));
  return { elements } as GraphicComponentOption;
}

function valueAxis(chart: TimeChart, palette: ChartPalette): NonNullable<ChartOption['yAxis']> {
  const hasBelow = chart.series.some(series => series.values.some(value => (value ?? 0) < 0));
  const drawn = [chart.whole.values, ...chart.series.map(series => series.values), chart.previous ?? []];
  const isFlat = drawn.every(isAllZero);
  // No share is more than the whole, whatever round number comes next.
  const isWhole = chart.unit === 'share' && (isFlat || drawn.flat().some(value => (value ?? 0) > nearlyWhole));
  return {
    // What left is drawn below the line, and only then the axis begins below zero.
    type: 'value', ...(hasBelow ? {} : { min: 0 }), ...(isFlat || isWhole ? { max: 1 } : {}), ...(isWhole ? { interval: 0.25 } : {}), splitNumber: 3, ...(chart.unit === 'count' ? { minInterval: 1 } : {}),
    axisLabel: { color: palette['text-faint'], fontSize: 11, fontFamily: palette.font, margin: 8, formatter: (value: number) => axisValueWords(value, chart.unit) },
    splitLine: { lineStyle: { color: palette.border, width: 1 } }, axisLine: { show: false }, axisTick: { show: false },
  };
}

function timeAxis(chart: TimeChart, palette: ChartPalette, size: Size): NonNullable<ChartOption['xAxis']> {
  const ticks = axisTicks(chart.buckets, chart.grain, chart.timeZone, labelsThatFit(plotOf(size, chart.buckets.length)));
  return {
    type: 'category', data: chart.buckets.map((_bucket, index) => String(index)), boundaryGap: true,
    axisLine: { onZero: false, lineStyle: { color: palette['border-strong'] } }, axisTick: { show: false },
    axisLabel: {
      color: palette['text-faint'], fontSize: 11, fontFamily: palette.font, margin: 8, hideOverlap: true,
      interval: (index: number) => (ticks[index] ?? null) !== null, formatter: (_value: string, index: number) => ticks[index] ?? '',
    },
  };
}

export function chartOption(chart: TimeChart, palette: ChartPalette, size: Size): ChartOption {
  const { bucketWidth } = plotOf(size, chart.buckets.length);
  const drawn = chart.series.map(series => (series.form === 'bars' ? barSeries(series, palette, bucketWidth) : lineSeries(series, palette)));
  return {
    animation: false, backgroundColor: 'transparent', textStyle: { fontFamily: palette.font },
    grid: { ...plotMargin, containLabel: false },
    graphic: bandGraphics(chart, palette, size),
    xAxis: timeAxis(chart, palette, size), yAxis: valueAxis(chart, palette),
    series: chart.previous === null ? drawn : [...drawn, ...previousSeries(chart.previous, palette)],
  };
}
