/** A small layer beside a button, for a few controls or facts. */
import { Popover as Base } from '@base-ui/react/popover';
import type { ReactElement, ReactNode } from 'react';
import { classNames } from './class-names';
import popup from './popup.module.css';
import styles from './popover.module.css';

export type PopoverProps = {
  /** The button: one element that can take the focus and a ref. */
  readonly trigger: ReactElement<Record<string, unknown>>;
  /** Its accessible name. */
  readonly label: string;
  readonly align?: 'start' | 'center' | 'end';
  readonly side?: 'bottom' | 'top' | 'left' | 'right';
  /** Controlled where the content closes it; else it opens and closes by itself. */
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  readonly className?: string | undefined;
  readonly children: ReactNode;
};

export function Popover({ trigger, label, align = 'start', side = 'bottom', open, onOpenChange, className, children }: PopoverProps) {
  return (
    <Base.Root {...(open === undefined ? {} : { open })} onOpenChange={next => { onOpenChange?.(next); }}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className={popup.positioner} sideOffset={4} align={align} side={side} collisionPadding={8}>
          <Base.Popup className={classNames(popup.popup, styles.popover, className)} aria-label={label}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
