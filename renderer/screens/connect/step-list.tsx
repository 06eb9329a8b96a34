/** The steps of the wizard, where one stands, and the way back to those that are done. */
import { Check } from 'lucide-react';
import { VisuallyHidden } from '../../components';
import styles from './connect.module.css';
import { stepTitles } from './wizard';
import type { Step } from './wizard';

export type StepListProps = {
  readonly steps: readonly Step[];
  readonly current: Step;
  /** Null where there is no way back any more. */
  readonly onGo: ((step: Step) => void) | null;
};

export function StepList({ steps, current, onGo }: StepListProps) {
  const at = steps.indexOf(current);
  return (
    <ol className={styles.steps} aria-label="Steps">
      {steps.map((step, index) => {
        const state = index < at || current === 'done' ? 'past' : index === at ? 'current' : 'ahead';
        const words = <><span className={styles.mark}>{state === 'past' ? <Check size={12} strokeWidth={3} aria-hidden="true" /> : index + 1}</span>{stepTitles[step]}{state === 'past' && <VisuallyHidden>, done</VisuallyHidden>}</>;
        return (
          <li key={step} className={styles.step} data-state={state} aria-current={state === 'current' ? 'step' : undefined}>
            {state === 'past' && onGo !== null ? <button type="button" className={styles.stepButton} onClick={() => { onGo(step); }}>{words}</button> : <span className={styles.stepButton}>{words}</span>}
          </li>
        );
      })}
    </ol>
  );
}
