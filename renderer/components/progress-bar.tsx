/** How far something has come, or that it is under way where nobody knows how far. */
import { Progress } from '@base-ui/react/progress';
import styles from './progress-bar.module.css';

export type ProgressBarProps = {
  readonly label: string;
  /** 0 to 1; null while it cannot be known. */
  readonly value: number | null;
  /** `hidden` keeps the label for screen readers. Default: hidden. */
  readonly labelPlace?: 'above' | 'hidden';
  /** Words at the end of the label's line, such as `12,431 of 60,123`. */
  readonly detail?: string;
};

export function ProgressBar({ label, value, labelPlace = 'hidden', detail }: ProgressBarProps) {
  return (
    <Progress.Root value={value === null ? null : Math.round(Math.min(1, Math.max(0, value)) * 100)} className={styles.progress} aria-label={label}>
      {labelPlace === 'above' && <span className={styles.line}><span>{label}</span>{detail !== undefined && <span className={styles.detail}>{detail}</span>}</span>}
      <Progress.Track className={styles.track}><Progress.Indicator className={styles.indicator} /></Progress.Track>
    </Progress.Root>
  );
}
