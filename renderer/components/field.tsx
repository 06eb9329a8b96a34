/** The frame of a form field: label, control, hint, and what is wrong with it. */
import { Field as Base } from '@base-ui/react/field';
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names';
import styles from './field.module.css';

export type FieldFrameProps = {
  readonly label: string;
  /** A sentence under the control. */
  readonly hint?: ReactNode;
  /** What is wrong and how to put it right; marks the control invalid. */
  readonly error?: string | null;
  /** `hidden` keeps the label for screen readers only. Default: above. */
  readonly labelPlace?: 'above' | 'hidden';
  readonly className?: string | undefined;
};

export function FieldFrame({ label, hint, error = null, labelPlace = 'above', className, children }: FieldFrameProps & { readonly children: ReactNode }) {
  return (
    <Base.Root invalid={error !== null} className={classNames(styles.field, className)}>
      <Base.Label className={labelPlace === 'hidden' ? styles.hiddenLabel : styles.label}>{label}</Base.Label>
      {children}
      {hint !== undefined && <Base.Description className={styles.hint}>{hint}</Base.Description>}
      <Base.Error match={error !== null} className={styles.error}><CircleAlert size={14} aria-hidden="true" />{error}</Base.Error>
    </Base.Root>
  );
}
