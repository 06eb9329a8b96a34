/** Dialogs over the page: one to fill in or read, and one that asks before something cannot be undone. */
import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import { useState } from 'react';
import { Button } from './button';
import buttonStyles from './button.module.css';
import { classNames } from './class-names';
import styles from './dialog.module.css';
import { TextField } from './text-field';

export type DialogProps = {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly description?: ReactNode;
  /** Buttons at the bottom, the main one last. */
  readonly footer?: ReactNode;
  /** small 400, medium 560, large 800 pixels. Default: medium. */
  readonly size?: 'small' | 'medium' | 'large';
  /** Gets the focus at first; default the first control. */
  readonly initialFocus?: RefObject<HTMLElement | null>;
  readonly children?: ReactNode;
};

export function Dialog({ open, onClose, title, description, footer, size = 'medium', initialFocus, children }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={next => { if (!next) onClose(); }}>
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Popup className={classNames(styles.popup, styles[size])} {...(initialFocus === undefined ? {} : { initialFocus })}>
          <header className={styles.header}>
            <Base.Title className={styles.title}>{title}</Base.Title>
            <Base.Close className={classNames(buttonStyles.button, buttonStyles.quiet, buttonStyles.iconOnly)} aria-label="Close"><X size={16} aria-hidden="true" /></Base.Close>
          </header>
          <div className={styles.body}>
            {description !== undefined && <Base.Description className={styles.description}>{description}</Base.Description>}
            {children}
          </div>
          {footer !== undefined && <footer className={styles.footer}>{footer}</footer>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

export type ConfirmDialogProps = Pick<DialogProps, 'open' | 'onClose' | 'title' | 'children'> & {
  readonly description: ReactNode;
  /** The verb on the button, such as `Erase acme.eu.auth0.com`. */
  readonly action: string;
  readonly onConfirm: () => void;
  /** Default: danger. */
  readonly tone?: 'danger' | 'primary';
  /** Text to type before the button works; for what nothing brings back. */
  readonly typed?: string;
  readonly isBusy?: boolean;
};

export function ConfirmDialog({ open, onClose, title, description, action, onConfirm, tone = 'danger', typed, isBusy = false, children }: ConfirmDialogProps) {
  const [written, setWritten] = useState('');
  const close = (): void => { setWritten(''); onClose(); };
  const footer = (
    <>
      <Button onClick={close}>Cancel</Button>
      <Button variant={tone} isBusy={isBusy} disabled={typed !== undefined && written !== typed} onClick={() => { setWritten(''); onConfirm(); }}>{action}</Button>
    </>
  );
  return (
    <Dialog open={open} onClose={close} title={title} description={description} size="small" footer={footer}>
      {children}
      {typed !== undefined && <TextField label={`Type ${typed} to confirm`} value={written} onChange={setWritten} face="mono" autoComplete="off" spellCheck={false} />}
    </Dialog>
  );
}
