/** What stands above the tiles: what the numbers cover, the grain, and the comparison. */
import { useAddress } from '../../address';
import { Button, formatCount, Segmented, Skeleton, SwitchField, useTimeFormat } from '../../components';
import { coverageWords } from '../timeline/count-words';
import { possibleGrains } from './activity-time';
import styles from './activity.module.css';
import type { ActivityQuestion } from './use-activity-question';
import type { FreshEvents } from './use-fresh-events';

const grainLabels = { hour: 'Hour', day: 'Day', week: 'Week', month: 'Month' } as const;

export type ActivityToolbarProps = { readonly question: ActivityQuestion; readonly total: number | null; readonly fresh: FreshEvents };

export function ActivityToolbar({ question, total, fresh }: ActivityToolbarProps) {
  const { setParams } = useAddress();
  const format = useTimeFormat(question.timeZone);
  const { span, grain, compare } = question;
  const range = span === null ? null : format.dateRange(span.from, Math.max(span.from, span.to - 1));
  return (
    <div className={styles.toolbar}>
      <span role="status" className={styles.coverage}>{total === null ? <Skeleton width="320px" /> : coverageWords(total, range, question.timeZone)}</span>
      {fresh.count > 0 && <Button size="small" onClick={fresh.show}>{formatCount(fresh.count)} new {fresh.count === 1 ? 'event' : 'events'} — show</Button>}
      <span className={styles.space} />
      {question.hasBefore && <span className={styles.compare}><SwitchField label="Compare with the period before" checked={compare === 'previous'} onChange={checked => { setParams({ compare: checked ? null : 'off' }); }} /></span>}
      {question.asked === null && question.isLive && <Button variant="quiet" onClick={() => { question.filters.setRange({ kind: 'relative', range: '30d' }); }}>Compare the last 30 days</Button>}
      {question.asked !== null && !question.hasBefore && <span className={styles.coverage}>Nothing is stored of the period before</span>}
      {span !== null && (
        <Segmented label="Grain" options={possibleGrains(span).map(value => ({ value, label: grainLabels[value] }))} value={grain} onChange={chosen => { setParams({ grain: chosen }); }} />
      )}
    </div>
  );
}
