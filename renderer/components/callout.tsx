/** A remark that must not be missed: information, a warning, a danger. */
import { CircleCheck, Info, OctagonAlert, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names';
import styles from './callout.module.css';

export type CalloutTone = 'info' | 'warning' | 'danger' | 'success';
const icons = { info: Info, warning: TriangleAlert, danger: OctagonAlert, success: CircleCheck } as const;

export type CalloutProps = {
  /** Default: info. */
  readonly tone?: CalloutTone;
  readonly title?: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
};

export function Callout({ tone = 'info', title, children, actions }: CalloutProps) {
  const Icon = icons[tone];
  return (
    <div className={classNames(styles.callout, styles[tone])} role={tone === 'danger' ? 'alert' : 'note'}>
      <Icon size={16} className={styles.icon} aria-hidden="true" />
      <div className={styles.words}>
        {title !== undefined && <p className={styles.title}>{title}</p>}
        {children}
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </div>
    </div>
  );
}
