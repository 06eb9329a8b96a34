/** Small labels: tags that only say something, and chips of filters that can be taken away. */
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names';
import { LogText } from './log-text';
import styles from './tag.module.css';

export type TagTone = 'neutral' | 'accent' | 'success' | 'failure' | 'warning';

export function Tag({ tone = 'neutral', children }: { readonly tone?: TagTone; readonly children: ReactNode }) {
  return <span className={classNames(styles.tag, styles[tone])}>{children}</span>;
}

export type FilterChipProps = {
  /** The field's name, such as `Connection`. */
  readonly field: string;
  readonly value: string;
  /** `not` leaves out what it names. Default: for. */
  readonly sense?: 'for' | 'not';
  readonly onRemove: () => void;
};

export function FilterChip({ field, value, sense = 'for', onRemove }: FilterChipProps) {
  const words = `${field}${sense === 'not' ? ' is not' : ''}`;
  return (
    <span className={classNames(styles.chip, sense === 'not' && styles.not)}>
      <span className={styles.field}>{words}</span>
      <span className={styles.value}><LogText text={value} max={120} /></span>
      <button type="button" className={styles.remove} aria-label={`Remove filter ${words} ${value.slice(0, 120)}`} onClick={onRemove}><X size={12} aria-hidden="true" /></button>
    </span>
  );
}
