/** A chart as a table, for whoever reads numbers better than pictures. */
import { Dialog } from '../components';
import { createBucketWords, stateWords, valueWords } from './bucket-words';
import type { TimeChart } from './chart-model';
import styles from './chart-table.module.css';

export type ChartTableProps = { readonly chart: TimeChart; readonly open: boolean; readonly onClose: () => void };

function Rows({ chart }: { readonly chart: TimeChart }) {
  const words = createBucketWords(chart.grain, chart.timeZone);
  const columns = [
    ...(chart.series.length > 1 ? [{ id: 'whole', label: chart.whole.label, values: chart.whole.values }] : []), ...chart.series,
    ...(chart.previous === null ? [] : [{ id: 'previous', label: 'Period before', values: chart.previous }]),
  ];
  return (
    <table className={styles.table}>
      <caption className={styles.caption}>{chart.title}, clocks of {chart.timeZone}</caption>
      <thead><tr><th scope="col">Time</th>{columns.map(column => <th key={column.id} scope="col" className={styles.number}>{column.label}</th>)}<th scope="col">State</th></tr></thead>
      <tbody>
        {chart.buckets.map((bucket, index) => (
          <tr key={bucket.startAt}>
            <th scope="row">{words(bucket)}</th>
            {columns.map(column => <td key={column.id} className={styles.number}>{valueWords(column.values[index] ?? null, chart.unit)}</td>)}
            <td>{bucket.state === 'complete' ? 'complete' : stateWords[bucket.state]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function ChartTable({ chart, open, onClose }: ChartTableProps) {
  return (
    <Dialog open={open} onClose={onClose} title={chart.title} size="large">
      {/* Focusable, so that it scrolls by keys. */}
      <div className={styles.scroll} role="region" aria-label={`${chart.title} as a table`} tabIndex={0}><Rows chart={chart} /></div>
    </Dialog>
  );
}
