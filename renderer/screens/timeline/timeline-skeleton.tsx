/** The list before its first page is there, in the size it will have. */
import { Skeleton, VisuallyHidden } from '../../components';
import { columnTracks, shownColumns, widthOf } from './column-model';
import type { ColumnChoice } from './column-model';
import styles from './timeline-grid.module.css';

const lines = 40;

export function TimelineSkeleton({ choice }: { readonly choice: ColumnChoice }) {
  const shown = shownColumns(choice);
  return (
    <div className={styles.frame} aria-busy="true">
      <VisuallyHidden>Reading events</VisuallyHidden>
      <div className={styles.still} style={{ ['--columns' as string]: columnTracks(shown.map(column => widthOf(choice, column))) }} aria-hidden="true">
        <div className={styles.head}><div className={styles.row}>{shown.map(column => <div key={column.id} className={styles.headCell}>{column.header}</div>)}</div></div>
        {Array.from({ length: lines }, (_, line) => (
          <div key={line} className={styles.row}>{shown.map((column, at) => <div key={column.id} className={styles.cell}><Skeleton width={`${String(85 - ((line * 7 + at * 13) % 40))}%`} height="10px" /></div>)}</div>
        ))}
      </div>
      <div className={styles.foot} />
    </div>
  );
}
