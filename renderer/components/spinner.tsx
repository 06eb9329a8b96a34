/** A turning ring for what takes a moment; still when motion is reduced. */
import styles from './spinner.module.css';

export type SpinnerProps = {
  /** Pixels across. Default 16. */
  readonly size?: number;
  /** Announced where nothing beside it says what is going on. */
  readonly label?: string;
};

export function Spinner({ size = 16, label }: SpinnerProps) {
  return (
    <svg className={styles.spinner} width={size} height={size} viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="2"
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}>
      <circle cx="8" cy="8" r="6" opacity="0.25" />
      <path d="M14 8a6 6 0 0 0-6-6" strokeLinecap="round" />
    </svg>
  );
}
