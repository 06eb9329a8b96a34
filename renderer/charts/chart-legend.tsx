/** What the colours, lines and hatches of a chart mean; only what occurs in it. */
import { classNames } from '../components';
import { stateTitles } from './bucket-words';
import { hatchShapes } from './chart-hatches';
import { bandsOf } from './chart-model';
import type { ChartSeries, MarkedState, TimeChart } from './chart-model';
import styles from './chart-legend.module.css';

export type SwatchProps = { readonly kind: ChartSeries['form'] | 'previous'; readonly colour?: ChartSeries['colour'] };

/** A line for lines and a box for bars. */
export function Swatch({ kind, colour }: SwatchProps) {
  const ink = colour === undefined ? 'var(--text-muted)' : `var(--${colour})`;
  return (
    <svg viewBox="0 0 14 12" width={14} height={12} aria-hidden="true" className={styles.swatch}>
      {kind === 'bars'
        ? <rect x="2" y="1" width="10" height="10" rx="1" fill={ink} />
        : <path d="M0 6h14" stroke={ink} strokeWidth="2" {...(kind === 'previous' ? { strokeDasharray: '1.5 2.5' } : {})} />}
    </svg>
  );
}

function Hatch({ state }: { readonly state: MarkedState }) {
  const { d, size } = hatchShapes[state];
  const tiles = [0, 1, 2].flatMap(column => [0, 1, 2].map(row => ({ x: column * size, y: row * size })));
  return (
    <svg viewBox="0 0 14 12" width={14} height={12} aria-hidden="true" className={classNames(styles.swatch, styles.hatch)}>
      {tiles.map(({ x, y }) => <path key={`${String(x)} ${String(y)}`} d={d} transform={`translate(${String(x)} ${String(y)})`} {...(state === 'running' ? { fill: 'var(--border-control)' } : { fill: 'none', stroke: 'var(--border-strong)' })} />)}
    </svg>
  );
}

export function ChartLegend({ chart }: { readonly chart: TimeChart }) {
  const states = [...new Set(bandsOf(chart.buckets).map(band => band.state))];
  const names = chart.series.length > 1 ? chart.series : [];
  return (
    <ul className={styles.legend} aria-label="Legend">
      {names.map(series => <li key={series.id} className={styles.entry}><Swatch kind={series.form} colour={series.colour} />{series.label}</li>)}
      {chart.previous !== null && <li className={styles.entry}><Swatch kind="previous" />Period before</li>}
      {states.map(state => <li key={state} className={styles.entry}><Hatch state={state} />{stateTitles[state]}</li>)}
    </ul>
  );
}
