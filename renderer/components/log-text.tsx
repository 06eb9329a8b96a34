/** Text that strangers wrote: always text nodes, never markup, with hidden and reordering characters as visible chips. */
import { Fragment, useMemo, useState } from 'react';
import { classNames } from './class-names';
import { formatCount } from './count';
import styles from './log-text.module.css';
import { cutText, visibleSegments } from './visible-characters';

/** Characters of one text that are drawn at once. */
export const maxShownCharacters = 65_536;

export type LogTextProps = {
  readonly text: string | null | undefined;
  /** Characters drawn at first. Default 65,536. In table cells a few hundred are enough. */
  readonly max?: number;
  /** What follows a cut: `button` to show more, `mark` an ellipsis. Default: mark. */
  readonly more?: 'button' | 'mark';
  /** Default: text. */
  readonly face?: 'text' | 'mono';
  /** Drawn, muted, where there is no text. Default: nothing. */
  readonly empty?: string;
  readonly className?: string | undefined;
};

export function LogText({ text, max = maxShownCharacters, more = 'mark', face = 'text', empty = '', className }: LogTextProps) {
  const [shown, setShown] = useState(max);
  const whole = text ?? '';
  const cut = cutText(whole, shown);
  const segments = useMemo(() => visibleSegments(cut), [cut]);
  const left = whole.length - cut.length;
  if (whole === '') return empty === '' ? null : <span className={styles.empty}>{empty}</span>;
  return (
    <bdi className={classNames(styles.text, face === 'mono' && styles.mono, className)}>
      {segments.map((segment, index) => (segment.kind === 'text'
        ? <Fragment key={index}>{segment.text}</Fragment>
        : <span key={index} className={styles.chip} title={segment.title}>{segment.label}</span>))}
      {left > 0 && more === 'mark' && <span className={styles.empty} title={`${formatCount(left)} more characters`}>…</span>}
      {left > 0 && more === 'button' && (
        <button type="button" className={styles.more} onClick={() => { setShown(shown + maxShownCharacters); }}>Show more ({formatCount(left)} characters left)</button>
      )}
    </bdi>
  );
}
