/** A few words about a control, on hover and on keyboard focus. */
import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ReactElement, ReactNode } from 'react';
import { KeyHint } from './key-hint';
import styles from './tooltip.module.css';

export type TooltipProps = {
  readonly text: ReactNode;
  readonly shortcut?: string;
  readonly side?: 'top' | 'bottom' | 'left' | 'right';
  /** One element that can take the focus and a ref. */
  readonly children: ReactElement<Record<string, unknown>>;
};

export function Tooltip({ text, shortcut, side = 'bottom', children }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger delay={400} render={children} />
      <Base.Portal>
        <section aria-label="Hint">
          <Base.Positioner side={side} sideOffset={6} className={styles.positioner}>
            <Base.Popup className={styles.popup}>
              {text}
              {shortcut !== undefined && <KeyHint keys={shortcut} />}
            </Base.Popup>
          </Base.Positioner>
        </section>
      </Base.Portal>
    </Base.Root>
  );
}
