/** Charts over time, rankings and small lines. */
export { axisTicks } from './axis-ticks';
export { bucketSentence, chartSentence, createBucketWords, grainWords, stateWords, valueWords } from './bucket-words';
export type { BucketWords } from './bucket-words';
export { ChartCard } from './chart-card';
export type { CardState, ChartCardProps } from './chart-card';
export { savePicture } from './chart-files';
export type { PictureFormat } from './chart-files';
export { bandsOf, bucketAfterKey, chartGrains, isAllZero, lonePoints, sumOf, withGaps } from './chart-model';
export type { ChartBucket, ChartGrain, ChartSeries, MarkedState, SeriesColour, TimeChart, Values } from './chart-model';
export { ChartTable } from './chart-table';
export type { PictureWords } from './picture-option';
export { RankedBars, rankedRowHeight } from './ranked-bars';
export type { RankedBarsProps, RankedRow } from './ranked-bars';
export { Sparkline, sparklinePaths } from './sparkline';
export type { SparklineProps } from './sparkline';
export { plotHeight, TimeSeriesChart } from './time-series-chart';
export type { TimeSeriesChartProps } from './time-series-chart';
