/** One step of the wizard: its heading, its content, and the buttons that lead back and on. */
import type { FormEvent, ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { Button } from '../../components';
import styles from './connect.module.css';

export type StepFrameProps = {
  readonly title: string;
  readonly text?: ReactNode;
  readonly children: ReactNode;
  /** The main button's words; without them the step has no button of its own. */
  readonly action?: string;
  readonly isBusy?: boolean;
  readonly onSubmit?: () => void;
  readonly onBack?: () => void;
  /** Behind the buttons. */
  readonly extra?: ReactNode;
};

/** Takes the focus to the heading when the step opens, unless a field of the step has it already. */
export function StepFrame({ title, text, children, action, isBusy = false, onSubmit, onBack, extra }: StepFrameProps) {
  const frame = useRef<HTMLFormElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (frame.current?.contains(document.activeElement) !== true) heading.current?.focus();
  }, []);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSubmit?.();
  };
  return (
    <form ref={frame} className={styles.frame} onSubmit={submit} noValidate autoComplete="off">
      <header className={styles.stepHeader}>
        <h2 ref={heading} tabIndex={-1}>{title}</h2>
        {text !== undefined && <p className={styles.muted}>{text}</p>}
      </header>
      {children}
      {(action !== undefined || onBack !== undefined) && (
        <div className={styles.buttons}>
          {onBack !== undefined && <Button onClick={onBack}>Back</Button>}
          {action !== undefined && <Button type="submit" variant="primary" isBusy={isBusy}>{action}</Button>}
          {extra}
        </div>
      )}
    </form>
  );
}
