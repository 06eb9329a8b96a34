/** The screen before anything of it is read, in the size it will have. */
import { ChartCard, plotHeight } from '../../charts';
import { Skeleton, VisuallyHidden } from '../../components';
import styles from './activity.module.css';
import { chartSpecs } from './chart-specs';
import { TilesSkeleton } from './tiles';

const legendHeight = 20;

export function ActivitySkeleton() {
  return (
    <div className={styles.screen} aria-busy="true">
      <VisuallyHidden>Reading the activity</VisuallyHidden>
      <div className={styles.toolbar}><Skeleton width="320px" /></div>
      <TilesSkeleton />
      <div className={styles.charts}>
        {chartSpecs.map(spec => <ChartCard key={spec.view.id} title={spec.title} state={{ kind: 'loading' }} contentHeight={plotHeight + legendHeight} />)}
      </div>
    </div>
  );
}
