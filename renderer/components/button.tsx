/** Buttons: words on a press, and icons alone with their words in a tooltip. */
import type { LucideIcon } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import styles from './button.module.css';
import { classNames } from './class-names';
import { Spinner } from './spinner';
import { Tooltip } from './tooltip';

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';
export type ButtonSize = 'medium' | 'small';

export type ButtonProps = Omit<ComponentProps<'button'>, 'children'> & {
  readonly children?: ReactNode;
  /** Default: secondary. */
  readonly variant?: ButtonVariant;
  /** medium is 28 px high, small 24. Default: medium. */
  readonly size?: ButtonSize;
  readonly icon?: LucideIcon;
  /** Shows a spinner in the icon's place and takes no press. */
  readonly isBusy?: boolean;
};

export function Button({ variant = 'secondary', size = 'medium', icon: Icon, isBusy = false, className, children, type = 'button', ...rest }: ButtonProps) {
  return (
    <button {...rest} type={type} disabled={rest.disabled === true || isBusy} aria-busy={isBusy || undefined}
      className={classNames(styles.button, styles[variant], styles[size], className)}>
      {isBusy ? <Spinner size={14} /> : Icon !== undefined && <Icon size={14} aria-hidden="true" />}
      {children}
    </button>
  );
}

export type IconButtonProps = Omit<ButtonProps, 'children' | 'icon' | 'aria-label'> & {
  readonly icon: LucideIcon;
  /** What it does: its accessible name and its tooltip. */
  readonly label: string;
  /** The key that does the same, such as `e`. */
  readonly shortcut?: string;
};

export function IconButton({ icon, label, shortcut, variant = 'quiet', className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} {...(shortcut === undefined ? {} : { shortcut })}>
      <Button {...rest} variant={variant} icon={icon} aria-label={label} className={classNames(styles.iconOnly, className)} />
    </Tooltip>
  );
}
