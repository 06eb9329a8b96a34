/** What stands where there is nothing: why, and what to do about it. */
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

export type EmptyStateProps = {
  readonly icon?: LucideIcon;
  readonly title: string;
  readonly text?: ReactNode;
  /** Buttons, the main one first. */
  readonly actions?: ReactNode;
};

export function EmptyState({ icon: Icon, title, text, actions }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      {Icon !== undefined && <Icon size={24} strokeWidth={1.5} className={styles.icon} aria-hidden="true" />}
      <h2>{title}</h2>
      {text !== undefined && <div className={styles.text}>{text}</div>}
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
