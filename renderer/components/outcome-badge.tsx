/** What came of a log event, by shape and colour, so that neither is needed alone. */
import type { Outcome } from '../../shared/domain/event-types';
import { classNames } from './class-names';
import styles from './outcome-badge.module.css';

export const outcomeLabels: Readonly<Record<Outcome, string>> = { success: 'Success', failure: 'Failure', blocked: 'Blocked', warning: 'Warning', info: 'Info' };

/** In a box of 12 by 12. */
const shapes: Readonly<Record<Outcome, React.JSX.Element>> = {
  success: <circle cx="6" cy="6" r="4.25" fill="currentColor" />,
  failure: <path d="M2.5 2.5l7 7M9.5 2.5l-7 7" stroke="currentColor" strokeWidth="2.25" strokeLinecap="round" />,
  blocked: <rect x="1.75" y="1.75" width="8.5" height="8.5" rx="0.75" fill="currentColor" />,
  warning: <path d="M6 1.25 11.25 10.5H.75z" fill="currentColor" strokeLinejoin="round" />,
  info: <circle cx="6" cy="6" r="3.75" fill="none" stroke="currentColor" strokeWidth="1.75" />,
};

export function isOutcome(text: string): text is Outcome {
  return Object.hasOwn(outcomeLabels, text);
}

export type OutcomeShapeProps = { readonly outcome: Outcome; readonly size?: number };

/** The shape alone, for where the word stands elsewhere. */
export function OutcomeShape({ outcome, size = 12 }: OutcomeShapeProps) {
  return <svg viewBox="0 0 12 12" width={size} height={size} className={classNames(styles.shape, styles[outcome])} data-outcome={outcome} aria-hidden="true">{shapes[outcome]}</svg>;
}

export type OutcomeBadgeProps = {
  /** An outcome this version does not know shows as info, with its own word. */
  readonly outcome: string;
  /** `wash` draws a tinted box around it. Default: plain. */
  readonly form?: 'plain' | 'wash';
};

export function OutcomeBadge({ outcome, form = 'plain' }: OutcomeBadgeProps) {
  const known = isOutcome(outcome) ? outcome : 'info';
  return (
    <span className={classNames(styles.badge, styles[known], form === 'wash' && styles.wash)}>
      <OutcomeShape outcome={known} />
      {isOutcome(outcome) ? outcomeLabels[outcome] : outcome}
    </span>
  );
}
