/** A failure of the catalogue as a person reads it: what happened, whether the data is safe, what to do. */
import { CircleAlert, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { errorCatalogue } from '../../shared/errors';
import type { Failure } from '../../shared/errors';
import { Button } from './button';
import { CopyButton } from './copy-button';
import styles from './error-panel.module.css';
import { LogText } from './log-text';

export type ErrorPanelProps = {
  readonly failure: Failure;
  /** Shown as a button unless trying again cannot help. */
  readonly onRetry?: () => void;
  readonly isRetrying?: boolean;
  /** More ways out, beside the retry. */
  readonly actions?: ReactNode;
  /** Said instead of the general words about safety. */
  readonly safety?: string;
  /** `page` stands alone in the middle, `inline` within a form or list. Default: page. */
  readonly form?: 'page' | 'inline';
};

const generalSafety = 'What is stored is safe; nothing was lost.';
/** Codes whose own words say what became of the data, or that are about the data itself. */
const saysSafety = /safe|lost|nothing was|is stored|intact|untouched/i;

/** The text for a report: code, words and details; never data of the archive. */
export function failureDetails(failure: Failure): string {
  const details = Object.entries(failure.details).map(([name, value]) => `${name}: ${String(value)}`);
  return [`${failure.message} (${failure.code})`, failure.hint, ...details].join('\n');
}

export function ErrorPanel({ failure, onRetry, isRetrying = false, actions, safety, form = 'page' }: ErrorPanelProps) {
  const safe = safety ?? (saysSafety.test(failure.hint) ? null : generalSafety);
  const canRetry = onRetry !== undefined && errorCatalogue[failure.code].retry !== 'never';
  return (
    <div className={styles[form]} role="alert">
      <CircleAlert size={form === 'page' ? 20 : 16} className={styles.icon} aria-hidden="true" />
      <div className={styles.words}>
        <p className={styles.title}><LogText text={failure.message} max={1000} /></p>
        <p><LogText text={failure.hint} max={2000} /></p>
        {safe !== null && <p className={styles.safe}>{safe}</p>}
        <p className={styles.code}><code>{failure.code}</code></p>
        <div className={styles.actions}>
          {canRetry && <Button icon={RotateCw} isBusy={isRetrying} onClick={onRetry}>Try again</Button>}
          {actions}
          <CopyButton text={failureDetails(failure)} what="details" form="words" />
        </div>
      </div>
    </div>
  );
}
