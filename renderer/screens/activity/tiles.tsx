/** The tiles: one number each, its change, and where there is a series its line. */
import { useMemo } from 'react';
import { formatAddress, toTimeline } from '../../address';
import type { Params } from '../../address';
import { formatCount, Skeleton } from '../../components';
import { isAllZero, Sparkline } from '../../charts';
import type { SeriesColour } from '../../charts';
import { activitySummary } from '../../../shared/views/activity-summary';
import type { SummaryMetric } from '../../../shared/views/activity-summary';
import { auth0Definitions } from './auth0-definitions';
import { ChangeMark } from './change';
import type { ChangeMarkProps } from './change';
import { specOf } from './chart-specs';
import type { ChartSpec } from './chart-specs';
import { paramsBehind, sharedParams } from './click-through';
import type { Counted } from './click-through';
import { Counting } from './counting';
import styles from './tiles.module.css';
import type { ActivityQuestion } from './use-activity-question';
import { useChartData } from './use-activity-rows';
import type { SummaryRow } from './use-activity-rows';

type TileSpec = { readonly metric: SummaryMetric; readonly label: string; readonly good: ChangeMarkProps['good']; readonly counted: Counted | null; readonly colour: SeriesColour };

const large: readonly (TileSpec & { readonly counted: Counted })[] = [
  { metric: 'activeUsers', label: 'Active users', good: 'up', counted: 'active-users', colour: 'series-1' },
  { metric: 'logins', label: 'Logins', good: 'up', counted: 'logins', colour: 'series-1' },
  { metric: 'failedLogins', label: 'Failed logins', good: 'down', counted: 'failed-logins', colour: 'failure' },
  { metric: 'signups', label: 'Signups', good: 'up', counted: 'signups', colour: 'series-3' },
];
const small: readonly TileSpec[] = [
  { metric: 'users', label: 'Users', good: 'up', counted: null, colour: 'series-1' },
  { metric: 'applications', label: 'Applications', good: 'none', counted: null, colour: 'series-1' },
  { metric: 'apis', label: 'APIs', good: 'none', counted: null, colour: 'series-1' },
  { metric: 'connections', label: 'Connections', good: 'none', counted: null, colour: 'series-1' },
  { metric: 'organizations', label: 'Organizations', good: 'none', counted: null, colour: 'series-1' },
];

export type TilesProps = {
  readonly question: ActivityQuestion;
  /** Undefined until they are read. */
  readonly rows: readonly SummaryRow[] | undefined;
};

type TileProps = TilesProps & { readonly tile: TileSpec };

/** What is only named in events is named in those that the filters let through. */
const behindTile = ({ counted }: TileSpec, { address, timeZone }: ActivityQuestion): Params | null =>
  (counted === null ? sharedParams(address) : paramsBehind(address, { counted, definition: 'tenantscope', span: null, timeZone }));

/** The number, which leads to the events behind it where it counts any. */
function Value({ tile, question, rows }: TileProps) {
  const row = rows?.find(known => known.metric === tile.metric);
  if (rows === undefined) return <span className={styles.value}><Skeleton width="72px" height="20px" /></span>;
  const value = row?.value ?? 0;
  const behind = value === 0 ? null : behindTile(tile, question);
  const number = <span className={styles.value} data-metric={tile.metric}>{formatCount(value)}</span>;
  return (
    <span className={styles.numbers}>
      {behind === null ? number : <a href={formatAddress(toTimeline(question.tenant, behind))} className={styles.link} aria-label={`${tile.label}: ${formatCount(value)}. Open the events ${tile.counted === null ? 'that name them' : 'behind it'}`}>{number}</a>}
      {question.compare === 'previous' && <ChangeMark value={value} previous={row?.previous ?? null} good={tile.good} />}
    </span>
  );
}

const Head = ({ tile }: Pick<TileProps, 'tile'>) => (
  <div className={styles.head}>
    <h2 className={styles.label}>{tile.label}</h2>
    <Counting name={tile.label} ours={(tile.counted === null ? undefined : specOf(tile.counted))?.view.definition ?? activitySummary.definition} auth0={auth0Definitions[tile.metric]} />
  </div>
);

function Line({ spec, question, colour }: { readonly spec: ChartSpec; readonly question: ActivityQuestion; readonly colour: SeriesColour }) {
  const { chart } = useChartData(spec, question);
  return <div className={styles.line}>{chart !== null && chart.buckets.length > 1 && !isAllZero(chart.whole.values) && <Sparkline values={chart.whole.values} colour={colour} />}</div>;
}

export function Tiles(props: TilesProps) {
  // The tiles always count as we do: Auth0's definitions are for the charts.
  const ours = useMemo((): ActivityQuestion => ({ ...props.question, definition: 'tenantscope' }), [props.question]);
  return (
    <div className={styles.tiles}>
      <ul className={styles.large} aria-label="Activity">
        {large.map(tile => {
          const spec = specOf(tile.counted);
          return (
            <li key={tile.metric} className={styles.tile}>
              <Head tile={tile} />
              <Value {...props} tile={tile} />
              {spec !== undefined && <Line spec={spec} question={ours} colour={tile.colour} />}
            </li>
          );
        })}
      </ul>
      <ul className={styles.small} aria-label="Seen in these events">
        {small.map(tile => <li key={tile.metric} className={styles.smallTile}><Head tile={tile} /><Value {...props} tile={tile} /></li>)}
      </ul>
    </div>
  );
}

/** The tiles before their numbers, as high as with them. */
export function TilesSkeleton() {
  const number = <span className={styles.value}><Skeleton width="72px" height="20px" /></span>;
  const label = (text: string) => <div className={styles.head}><span className={styles.label}>{text}</span></div>;
  return (
    <div className={styles.tiles}>
      <ul className={styles.large}>{large.map(tile => <li key={tile.metric} className={styles.tile}>{label(tile.label)}{number}<div className={styles.line} /></li>)}</ul>
      <ul className={styles.small}>{small.map(tile => <li key={tile.metric} className={styles.smallTile}>{label(tile.label)}{number}</li>)}</ul>
    </div>
  );
}
