/** The exact numbers of one bucket, beside the cursor; screen readers are told the same by the chart itself. */
import type { BucketWords } from './bucket-words';
import { stateWords, valueWords } from './bucket-words';
import type { Plot } from './chart-geometry';
import { Swatch } from './chart-legend';
import type { TimeChart } from './chart-model';
import styles from './chart-tooltip.module.css';
import type { Cursor } from './use-chart-cursor';

export type ChartTooltipProps = {
  readonly chart: TimeChart;
  readonly cursor: Pick<Cursor, 'bucket' | 'segment'>;
  readonly words: BucketWords;
  readonly plot: Plot;
  readonly boxWidth: number;
  readonly hint: 'open' | null;
};

const distance = 8;

/** On the side of the cursor that has more room. */
function placeOf({ plot, cursor: { bucket }, boxWidth }: ChartTooltipProps): { readonly left: number } | { readonly right: number } {
  const left = plot.left + bucket * plot.bucketWidth;
  return left + plot.bucketWidth / 2 < boxWidth / 2 ? { left: left + plot.bucketWidth + distance } : { right: boxWidth - left + distance };
}

export function ChartTooltip(props: ChartTooltipProps) {
  const { chart, cursor: { bucket, segment }, words, hint } = props;
  const at = chart.buckets[bucket];
  if (at === undefined) return null;
  const chosen = chart.series.find(series => series.id === segment);
  return (
    <div className={styles.tooltip} style={placeOf(props)} aria-hidden="true">
      <p className={styles.title}>{words(at)}</p>
      <dl className={styles.values}>
        {chart.series.length > 1 && <div className={styles.line}><dt className={styles.name}>{chart.whole.label}</dt><dd className={styles.value}>{valueWords(chart.whole.values[bucket] ?? null, chart.unit)}</dd></div>}
        {chart.series.map(series => (
          <div key={series.id} className={styles.line} data-chosen={series.id === segment || undefined}><dt className={styles.name}><Swatch kind={series.form} colour={series.colour} />{series.label}</dt><dd className={styles.value}>{valueWords(series.values[bucket] ?? null, chart.unit)}</dd></div>
        ))}
        {chart.previous !== null && <div className={styles.line}><dt className={styles.name}><Swatch kind="previous" />Period before</dt><dd className={styles.value}>{valueWords(chart.previous[bucket] ?? null, chart.unit)}</dd></div>}
      </dl>
      {at.state !== 'complete' && <p className={styles.note}>This bucket is {stateWords[at.state]}.</p>}
      {hint === 'open' && <p className={styles.note}>Click or Enter opens the events behind {chosen === undefined ? 'it' : `“${chosen.label}”`}.</p>}
    </div>
  );
}
